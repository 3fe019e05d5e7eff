"""Reports made on different days: nobody falls between them, nobody stands in two (§C.6 cases 1, 2, 5, 13, 18)."""

import random
from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ...models.ledger.submission import REPORTED, TO_MAKE
from .common import LedgerCase


@tagged("post_install", "-at_install")
@freeze_time("2026-09-05 04:00:00")
class TestEarly(LedgerCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger(day="2026-05-01")
        self.quarter = self.open_quarter()
        self.here = self.submission_of(self.quarter)
        self.there = self.submission_of(self.quarter, self.township_b)

    def move(self, child, village, day):
        """Move a child as civil affairs does, on a true day."""
        transfer = self.env["lbc.transfer"].with_user(self.users["civil_affairs"])
        child = self.as_role(child, "civil_affairs")
        transfer = transfer._propose(child, village, date.fromisoformat(day), "搬家")
        if transfer.state == "proposed":
            transfer.action_accept()

    def test_a_report_is_as_of_the_day_on_which_it_is_made(self):
        turns = self.make_on_ledger(day="2026-05-01", birth_date=date(2010, 9, 15))
        version = self.submit(self.quarter).current_version_id
        self.assertEqual(version.cutoff, date(2026, 9, 5))
        self.assertEqual(self.frozen_ids(self.here), {self.child.id, turns.id})
        papers = version._paper_lines()
        self.assertIn("数据截至：2026年9月5日", "".join(papers))
        with freeze_time("2026-09-25 04:00:00"):
            late = self.submit(self.quarter, self.township_b).current_version_id
        self.assertEqual(late.cutoff, self.quarter.cutoff)

    def test_the_page_of_submitting_says_its_day(self):
        page = self.env["lbc.quarter.submit"].with_user(self.users["township_leader"])
        page = page.create({"submission_id": self.here.id})
        self.assertEqual(page.cutoff, date(2026, 9, 5))
        with freeze_time("2026-10-05 04:00:00"):
            page.invalidate_recordset()
            self.assertEqual(page.cutoff, date(2026, 9, 20))

    def test_a_move_after_an_early_report_keeps_its_true_day(self):
        self.submit(self.quarter, self.township_b)
        with freeze_time("2026-09-12 04:00:00"):
            self.move(self.child, self.village_b1, "2026-09-12")
        with freeze_time("2026-09-20 04:00:00"):
            self.submit(self.quarter)
        self.assertEqual(self.frozen_ids(self.here), {self.child.id})
        self.assertEqual(self.here.snapshot_ids.area_id, self.village_a1)
        with freeze_time("2026-12-20 04:00:00"):
            fourth = self.open_quarter(2026, 4)
            here, there = self.submit(fourth), self.submit(fourth, self.township_b)
        self.assertEqual((here.opening_count, here.moved_out_count, here.child_count), (1, 1, 0))
        self.assertEqual((there.opening_count, there.moved_in_count, there.child_count), (0, 1, 1))
        line = here.current_version_id.change_ids.filtered(lambda one: one.kind == "moved_out")
        self.assertEqual(line.day, date(2026, 9, 12))

    def test_a_move_while_the_report_is_returned_keeps_its_true_day(self):
        self.submit(self.quarter)
        self.submit(self.quarter, self.township_b)
        with freeze_time("2026-09-25 04:00:00"):
            self.as_role(self.here, "leading_office")._return("该童已搬走")
            self.move(self.child, self.village_b1, "2026-09-12")
            self.submit(self.quarter)
        self.assertEqual(self.frozen_ids(self.here) | self.frozen_ids(self.there), {self.child.id})
        self.assertEqual(self.frozen_ids(self.here), {self.child.id})

    def test_a_village_merged_between_two_reports_is_in_one(self):
        there = self.make_on_ledger(area=self.village_b1, day="2026-05-01")
        self.submit(self.quarter)
        with freeze_time("2026-09-11 04:00:00"):
            self.village_b1._merge_into(self.village_a1, date(2026, 9, 10))
        with freeze_time("2026-09-20 04:00:00"):
            self.submit(self.quarter, self.township_b)
        self.assertEqual(self.frozen_ids(self.here), {self.child.id})
        self.assertEqual(self.frozen_ids(self.there), {there.id})
        self.assertEqual(self.there.snapshot_ids.area_id, self.village_b1)

    def test_a_village_that_is_hung_elsewhere_is_reported_where_the_quarter_was_opened(self):
        self.village_a1.parent_id = self.township_b
        with freeze_time("2026-09-20 04:00:00"):
            self.submit(self.quarter)
            self.submit(self.quarter, self.township_b)
        self.assertEqual(self.frozen_ids(self.here), {self.child.id})
        self.assertFalse(self.frozen_ids(self.there))

    def test_a_move_before_the_child_was_there_is_refused(self):
        with self.assertRaisesRegex(UserError, "2026-05-01"):
            self.move(self.child, self.village_b1, "2026-04-30")


@tagged("post_install", "-at_install")
class TestAnyOrder(LedgerCase):
    """Entries, moves, exits, early and late reports in an order that nobody thought of."""

    def setUp(self):
        super().setUp()
        self.township_c = self._area("990113103000", "丙镇", "township", self.county)
        self.village_c1 = self._area("990113103200", "山村", "village", self.township_c)
        self.villages = [self.village_a1, self.village_b1, self.village_c1]
        self.townships = [self.township_a, self.township_b, self.township_c]

    def test_everybody_on_the_ledger_stands_in_exactly_one_report(self):
        for seed in range(4):
            with self.subTest(seed=seed), self.cr.savepoint() as savepoint:
                self._play(random.Random(seed))
                self.env.flush_all()
                savepoint.rollback()
                self.env.invalidate_all()

    def _play(self, dice):
        self.children = []
        with freeze_time("2026-06-01 04:00:00"):
            for number in range(4):
                self._enter(self.villages[number % 3], date(2026, 5, 1))
        with freeze_time("2026-06-20 04:00:00"):
            self._report_all(self.open_quarter(2026, 2))
        with freeze_time("2026-09-01 04:00:00"):
            quarter = self.open_quarter()
        for day in sorted(dice.sample(range(1, 29), 9)):
            today = date(2026, 9, day)
            with freeze_time(f"{today} 04:00:00"):
                self._happen(dice, today, quarter)
        with freeze_time("2026-09-30 04:00:00"):
            self._report_all(quarter)
        self._check(quarter)
        with freeze_time("2026-12-20 04:00:00"):
            fourth = self.open_quarter(2026, 4)
            self._report_all(fourth)
        self._check(fourth)

    def _happen(self, dice, today, quarter):
        what = dice.choice(["move", "move", "report", "report", "return", "enter", "leave"])
        child = dice.choice(self.children)
        submission = self.submission_of(quarter, dice.choice(self.townships))
        if what == "move" and child.state == "on_ledger":
            day = max(child.date_entry, today - timedelta(days=dice.choice([0, 0, 3, 8])))
            transfer = self.env["lbc.transfer"]._propose(
                child,
                dice.choice([one for one in self.villages if one != child.area_id]),
                day,
                "搬",
            )
            transfer.action_accept()
        elif what == "report":
            self._report(submission)
        elif what == "return" and submission.state in REPORTED:
            submission._return("再核")
        elif what == "enter":
            self._enter(dice.choice(self.villages), today)
        elif what == "leave" and child.state == "on_ledger":
            child._propose_exit("parent_returned", today, "核实")
            child.action_confirm_exit()

    def _enter(self, village, day):
        self.children.append(self.make_on_ledger(area=village, day=day.isoformat()))

    def _report(self, submission):
        if submission.state in TO_MAKE:
            self.explain(submission.sudo())
            submission.sudo().action_check()
            self.assertFalse(submission.sudo()._submit())

    def _report_all(self, quarter):
        for township in self.townships:
            self._report(self.submission_of(quarter, township))

    def _check(self, quarter):
        versions = quarter.submission_ids.current_version_id
        held = {}
        for row in versions.snapshot_ids:
            held.setdefault(row.child_ref, []).append(row.township_id.name)
        first = min(versions.mapped("cutoff"))
        for child in self.children:
            places = held.pop(child.id, [])
            self.assertLessEqual(len(places), 1, "nobody stands in two reports")
            ever = child.episode_ids
            entered = min(ever.mapped("date_entry"))
            stayed = child.state == "on_ledger" or child.date_exit > quarter.cutoff
            if entered <= first and stayed:
                self.assertEqual(len(places), 1, "nobody falls between two reports")
        self.assertFalse(held)
        for version in versions:
            came = version.opening_count + version.joined_count + version.moved_in_count
            gone = version.left_count + version.moved_out_count
            self.assertEqual(came - gone, len(version.snapshot_ids))
            self.assertEqual(version.closing_count, len(version.snapshot_ids))
            before = [one for one, _digest in version.compared_refs or ()]
            before = versions.browse(before)
            self.assertEqual(version.opening_count, sum(before.mapped("closing_count")))
            self.assertFalse(version._verify())
