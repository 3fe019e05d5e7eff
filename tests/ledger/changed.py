"""A quarter in which everything changed: what the tests of copies and of the sheets behind a report share."""

import io
from datetime import date

from openpyxl import load_workbook

from odoo.tests.common import freeze_time

from ...lib import workbook
from ...reports.ledger import changes
from .common import LedgerCase

BASIS = "父亲因盗窃被羁押"


class ChangedQuarter(LedgerCase):
    """A second quarter that was reported, and every kind of change since."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile.write(
            {"report_to": "both", "report_cc_education": True, "report_cc_police": True}
        )
        with freeze_time("2026-06-10 04:00:00"):
            carer = cls.make_guardian(name="李外婆", phone="13800138000")
            cls.child = cls.make_on_ledger(
                carer=carer, address="东村三组12号", school_name="甲镇小学", day="2026-06-01"
            )
            cls.leaver = cls.make_on_ledger(cls.village_a2, name="王小明", day="2026-06-01")
            cls.goer = cls.make_on_ledger(cls.village_a2, name="赵小红", day="2026-06-01")
            cls.comer = cls.make_on_ledger(cls.village_b1, name="钱小蓝", day="2026-06-01")
            cls.mover = cls.make_on_ledger(cls.village_a2, name="孙小绿", day="2026-06-01")

    def setUp(self):
        super().setUp()
        self.patch(workbook, "can_encrypt", lambda: False)
        with freeze_time("2026-06-20 04:00:00"):
            earlier = self.open_quarter(2026, 2)
            for township in (self.township_a, self.township_b):
                self._submit_now(earlier, township)
        with freeze_time("2026-08-01 04:00:00"):
            self.change_everything()

    def change_everything(self):
        """Let every kind of change happen in the first township."""
        day = date(2026, 8, 1)
        self.child.write({"name": "张无忌", "address": "东村五组9号", "school_name": "乙镇小学"})
        line = self.child.guardianship_ids.filtered(lambda one: one.role == "carer")
        line.date_to = day
        carer = self.make_guardian(name="陈伯伯")
        self.env["lbc.guardianship"].create(
            {
                "child_id": self.child.id,
                "guardian_id": carer.id,
                "role": "carer",
                "date_from": day,
                "basis": BASIS,
            }
        )
        spell = self.child.father_id.migration_ids
        spell.date_to = day
        spell.create(
            {
                "guardian_id": self.child.father_id.id,
                "date_from": day,
                "place": "浙江省宁波市",
                "cross_county": "yes",
            }
        )
        leaver = self.as_role(self.leaver, "civil_affairs")
        leaver._propose_exit("parent_returned", date(2026, 7, 20), "核实")
        leaver.action_confirm_exit()
        self.move(self.goer, self.village_b1, day)
        self.move(self.comer, self.village_a1, day)
        self.move(self.mover, self.village_a1, day)
        self.make_on_ledger(self.village_a1, name="周小新", day="2026-07-15")

    def move(self, child, village, day):
        transfer = self.env["lbc.transfer"].with_user(self.users["civil_affairs"])
        transfer = transfer._propose(self.as_role(child, "civil_affairs"), village, day, "搬家")
        if transfer.state == "proposed":
            transfer.action_accept()

    def report(self):
        """Report the third quarter of both townships; returns the first one's version."""
        with freeze_time("2026-09-20 04:00:00"):
            quarter = self.open_quarter()
            for township in (self.township_b, self.township_a):
                self._submit_now(quarter, township)
        return self.submission_of(quarter).current_version_id

    def copy_of(self, version, recipient):
        return version.copy_ids.filtered(lambda one: one.recipient == recipient)

    def sheets(self, data):
        book = load_workbook(io.BytesIO(data))
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}

    def lines(self, stored):
        """Return the lines (list of tuples) of R1's list in a stored document."""
        rows = self.sheets(stored._stored_bytes())[changes.LINES]
        return [row for row in rows if isinstance(row[0], int)]

    def words(self, data):
        return {
            str(cell)
            for rows in self.sheets(data).values()
            for row in rows
            for cell in row
            if cell is not None
        }
