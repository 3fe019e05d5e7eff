"""What is to do is counted for the report's own quarter, on the district's day, until the days of grace are over."""

import re
from datetime import date, datetime
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import mute_logger

from .common import LedgerCase

ROOT = Path(__file__).resolve().parents[2]
OPENING = "odoo.addons.left_behind_children.models.ledger.quarter_opening"


@tagged("post_install", "-at_install")
class TestToDo(LedgerCase):
    def test_numbers_are_those_of_the_reports_quarter(self):
        child = self.make_on_ledger(day="2026-05-01")
        with freeze_time("2026-09-10 04:00:00"):
            self.as_role(child, "village").action_mark_verified()
            quarter = self.open_quarter()
        with freeze_time("2026-10-05 04:00:00"):  # late, in the next quarter
            self.make_on_ledger(day="2026-09-25")
            late = self.as_role(self.submission_of(quarter), "township_leader")
            self.assertEqual((late.current_count, late.unverified_count), (1, 0))
            fourth = self.open_quarter(2026, 4)
            next_one = self.as_role(self.submission_of(fourth), "township_leader")
            self.assertEqual((next_one.current_count, next_one.unverified_count), (2, 2))
            page = self.env["lbc.quarter.submit"].with_user(self.users["township_leader"])
            page = page.create({"submission_id": late.id})
            self.assertEqual((page.child_count, page.unverified_count), (1, 0))
            part = late.sudo().village_ids.filtered(lambda one: one.area_id == self.village_a1)
            self.assertEqual((part.current_count, part.open_count), (1, 0))
            found = self.env["lbc.child"].with_user(self.users["township_leader"])
            self.assertEqual(found.search(late.action_view_current()["domain"]), child)

    def test_numbers_of_what_is_reported_are_those_of_the_report(self):
        child = self.make_on_ledger(day="2026-05-01")
        with freeze_time("2026-09-20 04:00:00"):
            submission = self.submit(self.open_quarter())
        with freeze_time("2026-09-25 04:00:00"):
            self.leave(child, "2026-09-24", "parent_returned")
            submission.invalidate_recordset()
            self.assertEqual((submission.current_count, submission.unverified_count), (1, 1))

    def test_days_are_those_of_the_district_whatever_the_users_zone(self):
        user = self.users["village"]
        user.tz = "UTC"
        child = self.make_on_ledger(day="2026-05-01")
        with freeze_time("2026-06-30 16:30:00"):  # 00:30 on 1 July in China
            child.with_user(user).action_mark_verified()
            self.assertEqual(child.verified_on, date(2026, 7, 1))
            quarter = self.open_quarter()
            part = self.submission_of(quarter).village_ids
            part = part.filtered(lambda one: one.area_id == self.village_a1).with_user(user)
            part.with_context(tz="UTC")._confirm()
            self.assertEqual(part.confirmed_on, date(2026, 7, 1))
        own = self.submission_of(quarter).with_context(tz="UTC")
        with freeze_time("2026-09-19 16:30:00"):
            own.invalidate_recordset()
            self.assertEqual(own.days_left, 0)

    def test_no_day_of_the_ledger_follows_the_users_own_zone(self):
        rooms = ("models/ledger", "wizards/ledger", "reports/ledger")
        found = [
            path.name
            for room in rooms
            for path in (ROOT / room).rglob("*.py")
            if re.search(r"context_today|date\.today\(\)|Date\.today\(\)", path.read_text())
        ]
        self.assertEqual(found, [])

    def test_overdue_begins_after_the_days_of_grace(self):
        quarter = self.open_quarter()
        submission = self.submission_of(quarter)
        overdue = [("id", "=", submission.id), ("is_overdue", "=", True)]
        self.profile.quarter_on_time_days = 2
        for moment, expected in (("2026-09-22 15:59:00", False), ("2026-09-22 16:01:00", True)):
            with freeze_time(moment):
                submission.invalidate_recordset()
                self.assertEqual(submission.is_overdue, expected, moment)
                self.assertEqual(bool(submission.search_count(overdue)), expected, moment)
                not_yet = [("id", "=", submission.id), ("is_overdue", "=", False)]
                self.assertEqual(bool(submission.search_count(not_yet)), not expected, moment)

    def test_somebody_higher_is_told_after_the_days_of_grace(self):
        self.open_quarter()
        with freeze_time("2026-09-02 18:00:00"):
            self.env["lbc.duty"]._cron_generate()
        self.profile.quarter_on_time_days = 2
        duties = self.env["lbc.duty"].search(
            [("kind_id.code", "=", "quarter_submit"), ("county_id", "=", self.county.id)]
        )
        for day, level in ((21, 0), (22, 0), (23, 3)):
            self.env["lbc.duty"]._escalate(date(2026, 9, day))
            self.assertEqual(set(duties.mapped("escalation_level")), {level}, day)


@tagged("post_install", "-at_install")
class TestMissedOpening(LedgerCase):
    def setUp(self):
        super().setUp()
        self._exists_since(datetime(2026, 8, 1))

    def _exists_since(self, moment):
        self.env.flush_all()
        self.cr.execute(
            "UPDATE lbc_profile SET create_date = %s WHERE id = %s", [moment, self.profile.id]
        )
        self.profile.invalidate_recordset(["create_date"])

    def opened(self):
        quarters = self.env["lbc.quarter"].search([("county_id", "=", self.county.id)])
        return quarters.mapped("display_name")

    def test_a_quarter_that_passed_unopened_is_opened_afterwards(self):
        with freeze_time("2026-10-05 17:00:00"):
            self.env["lbc.quarter"]._cron_open()
            self.assertEqual(self.opened(), ["2026Q3"])
            self.env["lbc.quarter"]._cron_open()
            self.assertEqual(self.opened(), ["2026Q3"])

    def test_but_none_that_ended_before_the_county_was_there(self):
        self._exists_since(datetime(2026, 9, 25))
        with freeze_time("2026-10-05 17:00:00"):
            self.env["lbc.quarter"]._cron_open()
        self.assertEqual(self.opened(), [])

    @mute_logger("odoo.sql_db")
    def test_a_county_that_fails_leaves_the_others_alone(self):
        preset = self.profile.based_on_id
        other = self._area("990114000000", "邻区", "county", self.county.parent_id)
        values = {"name": "邻区", "county_id": other.id, "based_on_id": preset.id}
        self.env["lbc.profile"].create(values)
        quarters = self.env.registry["lbc.quarter"]
        find = quarters._create_of

        def fail(model, county, period):
            if county == other:
                model.env.cr.execute("SELECT 1 / 0")
            return find(model, county, period)

        with (
            freeze_time("2026-09-05 17:00:00"),
            patch.object(quarters, "_create_of", fail),
            self.assertLogs(OPENING, "ERROR") as logs,
        ):
            self.env["lbc.quarter"]._cron_open()
        self.assertIn("990114000000", logs.output[0])
        self.assertEqual(self.opened(), ["2026Q3"])
