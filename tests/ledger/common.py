"""What the tests of the ledger room share: quarters, submissions, workbooks read back."""

import base64
import io
from datetime import date

from openpyxl import load_workbook

from odoo.tests.common import freeze_time

from ...lib.periods import Quarter
from ..common import CareCase


class LedgerCase(CareCase):
    """A district with quarters to open and workbooks to read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader_b = cls.make_user("leader_b", "township_leader", cls.township_b)

    def open_quarter(self, year=2026, number=3):
        """Open a quarter of the county as civil affairs does."""
        wizard = self.env["lbc.quarter.open"].with_user(self.users["civil_affairs"])
        wizard.create({"year": year, "number": str(number)}).action_open()
        return self.env["lbc.quarter"].search(
            [("county_id", "=", self.county.id), ("year", "=", year), ("number", "=", number)]
        )

    def submission_of(self, quarter, township=None):
        """Return the submission of a township (default: the first one) for the quarter."""
        township = township or self.township_a
        return quarter.submission_ids.filtered(lambda one: one.township_id == township)

    def submit(self, quarter, township=None):
        """Submit as the leader of the township does; returns the submission.

        On the cut-off day, when filling-in has not begun on the day of the test.
        """
        if date.today() < self.period(quarter.year, quarter.number).last_month_start:
            with freeze_time(f"{quarter.cutoff} 04:00:00"):
                return self._submit_now(quarter, township)
        return self._submit_now(quarter, township)

    def _submit_now(self, quarter, township):
        submission = self.submission_of(quarter, township)
        leader = self.leader_b if township == self.township_b else self.users["township_leader"]
        wizard = self.env["lbc.quarter.submit"].with_user(leader)
        wizard.create({"submission_id": submission.id}).action_submit()
        return submission

    def leave(self, child, day, reason="age"):
        """Let a child leave the ledger on `day`, proposed by the village, confirmed by the township."""
        self.as_role(child, "village")._propose_exit(reason, date.fromisoformat(day), "核实")
        self.as_role(child, "township").action_confirm_exit()

    def export(self, role="civil_affairs", user=None, **values):
        """Write a workbook as a user does; returns the wizard."""
        wizard = self.env["lbc.ledger.export"].with_user(user or self.users[role]).create(values)
        wizard.action_export()
        return wizard

    def sheet_of(self, wizard):
        """Return the worksheet (openpyxl) of an export."""
        return load_workbook(io.BytesIO(base64.b64decode(wizard.file))).active

    def rows_of(self, wizard):
        """Return the workbook's cells as tuples of values, empty ones as None."""
        return list(self.sheet_of(wizard).iter_rows(values_only=True))

    def frozen_ids(self, submission):
        """Return the ids of the children in a submission."""
        return set(submission.snapshot_ids.mapped("child_ref"))

    def period(self, year=2026, number=3):
        """Return a `lib.periods.Quarter`."""
        return Quarter(year, number)
