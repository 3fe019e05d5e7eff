"""What the tests of the ledger room share: quarters, submissions, workbooks read back."""

import io
from datetime import date
from typing import NamedTuple

from openpyxl import load_workbook

from odoo.tests.common import freeze_time

from ...lib import workbook
from ...lib.periods import Quarter
from ..common import XMLID, CareCase


class Made(NamedTuple):
    """What a user got: the request, and the file as it is before the password."""

    export: object
    filename: str
    file: bytes

    @property
    def row_count(self):
        return self.export.record_count


class LedgerCase(CareCase):
    """A district with quarters to open and workbooks to read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader_b = cls.make_user("leader_b", "township_leader", cls.township_b)
        cls.supervisor_b = cls.make_user("supervisor_b", "child_supervisor", cls.township_b)
        cls.approver = cls.make_user("approver", "civil_affairs_officer", cls.county)
        cls.approver.group_ids += cls.env.ref(f"{XMLID}.group_approve")

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
        self.check(submission)
        leader = self.leader_b if township == self.township_b else self.users["township_leader"]
        wizard = self.env["lbc.quarter.submit"].with_user(leader)
        wizard.create({"submission_id": submission.id}).action_submit()
        return submission

    def check(self, submission):
        """Check as the supervisor of the township does, who explains what looks wrong."""
        if submission.state in ("filling", "returned"):
            own = submission.with_user(self.supervisor_of(submission))
            self.explain(own)
            own.action_check()

    def supervisor_of(self, submission):
        """Return the supervisor (`res.users`) of the submission's township."""
        here = submission.township_id == self.township_b
        return self.supervisor_b if here else self.users["township"]

    def explain(self, submission):
        """Explain all contradictions as the supervisor in whose environment the submission is."""
        submission.action_view_findings()
        found = submission.env["lbc.submission.finding"]
        found = found.search([("submission_id", "=", submission.id), ("state", "=", "open")])
        found = found.filtered("blocks")
        for one in found._to_decide():
            one._explain("已核实，情况属实")
        (found - found._to_decide())._explain("已核实，情况属实")

    def leave(self, child, day, reason="age"):
        """Let a child leave the ledger on `day`, proposed by the village, confirmed by the township."""
        self.as_role(child, "village")._propose_exit(reason, date.fromisoformat(day), "核实")
        self.as_role(child, "township").action_confirm_exit()

    def ask(self, role="civil_affairs", user=None, **values):
        """Ask for a workbook as a user does; returns the request (`lbc.export`) as that user."""
        values = {"purpose": "季度核查", "recipient": "测试区民政局", **values}
        wizard = self.env["lbc.ledger.export"].with_user(user or self.users[role]).create(values)
        action = wizard.action_export()
        return self.env["lbc.export"].with_user(user or self.users[role]).browse(action["res_id"])

    def export(self, role="civil_affairs", user=None, **values):
        """Ask for a workbook, have it approved if need be, and download it; returns `Made`."""
        export = self.ask(role, user, **values)
        if export.state == "waiting":
            export.with_user(self.approver).action_approve()
        self.patch(workbook, "can_encrypt", lambda: False)  # encryption has its own tests
        return Made(export, *export._deliver())

    def sheet_of(self, made):
        """Return the worksheet (openpyxl) of an export."""
        return load_workbook(io.BytesIO(made.file)).active

    def rows_of(self, made):
        """Return the workbook's cells as tuples of values, empty ones as None."""
        return list(self.sheet_of(made).iter_rows(values_only=True))

    def unmarked(self, made):
        """Return the rows without the one of the watermark, which is another in every copy."""
        return [row for row in self.rows_of(made) if "严禁外传" not in str(row[0])]

    def frozen_ids(self, submission):
        """Return the ids of the children in a submission."""
        return set(submission.snapshot_ids.mapped("child_ref"))

    def period(self, year=2026, number=3):
        """Return a `lib.periods.Quarter`."""
        return Quarter(year, number)
