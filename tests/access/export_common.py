"""What the tests of the export gate share: an approver, requests as users make them, workbooks read back."""

import io
from contextlib import contextmanager
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.fields import Command

from ...lib import workbook
from ..common import XMLID, CareCase

WORDS = {"purpose": "核对在校情况", "recipient": "测试区民政局"}


class GateCase(CareCase):
    """A district with children on the ledger, and people who ask for their data and approve it."""

    roles = ("village", "township", "township_leader", "civil_affairs", "education", "school")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.users.values():
            user.lang = "en_US"  # whatever language the database speaks
        cls.children = cls.env["lbc.child"]
        for area in (cls.village_a1, cls.village_a1, cls.village_b1):
            cls.children += cls.make_on_ledger(
                area,
                father=cls.make_guardian(area, "2024-01-05", name="张大山", phone="13900001111"),
                carer=cls.make_guardian(area, name="王奶奶", phone="13812345678"),
            )
        cls.approver = cls._approver("approver_a", "township_leader", cls.township_a)
        cls.approver_b = cls._approver("approver_b", "township_leader", cls.township_b)
        cls.approver_county = cls._approver("approver_c", "civil_affairs_officer", cls.county)

    @classmethod
    def _approver(cls, login, post, area):
        user = cls.make_user(login, post, area)
        return cls.give(user, "group_approve")

    @classmethod
    def give(cls, user, *names):
        """Give a user groups of the product beside his role; returns him."""
        user.group_ids = [Command.link(cls.env.ref(f"{XMLID}.{name}").id) for name in names]
        return user

    def request(self, user, records, columns=None, **words):
        """Ask for a list as a user does from the Actions menu; returns the request as that user."""
        context = {"active_model": records._name, "active_ids": records.ids}
        wizard = self.env["lbc.export.request"].with_user(user).with_context(**context)
        wizard = wizard.create({**WORDS, **words})
        if columns:
            with patch.object(type(wizard), "_columns", lambda _wizard: list(columns)):
                action = wizard.action_request()
        else:
            action = wizard.action_request()
        return self.env["lbc.export"].with_user(user).browse(action["res_id"])

    def approved(self, user, records, columns=None, approver=None, **words):
        """Ask, and have it approved if need be."""
        export = self.request(user, records, columns, **words)
        if export.state == "waiting":
            export.with_user(approver or self.approver).action_approve()
        return export

    def rows_of(self, data):
        """Return the rows of a workbook (bytes)."""
        sheet = load_workbook(io.BytesIO(data)).active
        return list(sheet.iter_rows(values_only=True))

    def without_password(self):
        """Switch encryption off for the rest of the test."""
        self.patch(workbook, "can_encrypt", lambda: False)

    @contextmanager
    def noted(self):
        """Collect what the journal is told: a list of (action, model, ids, groups, reason)."""
        rows = []

        def note(_journal, action, model=None, ids=(), groups=(), reason=None, changes=None):
            rows.append((action, model, list(ids), set(groups), reason))

        with patch.object(type(self.env["lbc.journal"]), "_note", note):
            yield rows
