"""A township becomes part of another one while reports are due: nothing is lost, nothing waits for ever (case 18)."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .common import LedgerCase

LAST_DAY = date(2026, 9, 10)


@tagged("post_install", "-at_install")
@freeze_time("2026-09-15 04:00:00")
class TestMergedUnits(LedgerCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger(area=self.village_b1, day="2026-05-01")
        self.second, self.third = self.open_quarter(2026, 2), self.open_quarter()
        self.supervisor, self.leader = self.users["township"], self.users["township_leader"]

    def merge(self):
        self.township_b._merge_into(self.township_a, LAST_DAY)

    def report(self, submission):
        """Check and submit as the people of the first township do."""
        own = submission.with_user(self.supervisor)
        if submission.state != "checked":
            self.explain(own)
            own.action_check()
        self.assertFalse(submission.with_user(self.leader)._submit())

    def test_what_was_owed_before_stays_and_is_made_by_the_successors_people(self):
        self.merge()
        self.assertEqual(self.third.submission_ids.township_id, self.township_a)
        owed = self.submission_of(self.second, self.township_b)
        self.assertEqual((owed.state, owed.merged_into_id), ("filling", self.township_a))
        self.report(self.submission_of(self.second))
        with self.assertRaisesRegex(UserError, "乙镇"):
            self.report(self.submission_of(self.third))
        self.report(owed)
        self.assertEqual(self.frozen_ids(owed), {self.child.id})
        self.assertFalse(self.frozen_ids(self.submission_of(self.second)))
        self.report(self.submission_of(self.third))
        self.assertEqual(self.frozen_ids(self.submission_of(self.third)), {self.child.id})
        self.assertEqual(self.submission_of(self.third).opening_count, 1)

    def test_what_was_begun_goes_with_its_steps_and_nothing_is_missed(self):
        begun = self.submission_of(self.third, self.township_b)
        self.check(begun)
        self.assertEqual(begun.step_ids.kind, "checked")
        self.merge()
        self.assertFalse(begun.exists())
        owed = self.submission_of(self.second, self.township_b)
        owed.with_user(self.users["leading_office"])._close("已并入甲镇")
        for quarter in (self.second, self.third):
            self.assertEqual(quarter.submission_ids._verify([quarter.id]), [])

    def test_the_recipient_closes_what_nobody_makes_any_more(self):
        owed = self.submission_of(self.second, self.township_b)
        office = self.users["leading_office"]
        with self.assertRaises(UserError):
            owed.with_user(office)._close("已并入甲镇")
        self.merge()
        for user in (self.leader, self.supervisor):
            with self.assertRaises(AccessError):
                owed.with_user(user)._close("已并入甲镇")
        page = self.env["lbc.quarter.decide"].with_user(office)
        values = {"submission_id": owed.id, "decision": "close", "reason": "已并入甲镇"}
        page.create(values).action_decide()
        self.assertEqual((owed.state, owed.step_ids.kind), ("closed", "closed"))
        self.assertEqual((self.second.expected_count, self.second.submitted_count), (2, 0))
        self.report(self.submission_of(self.second))  # what lay there is reported here
        self.assertEqual(self.frozen_ids(self.submission_of(self.second)), {self.child.id})
        self.report(self.submission_of(self.third))

    def test_what_villages_confirmed_goes_with_them(self):
        part = self.submission_of(self.third, self.township_b).village_ids
        part = part.filtered(lambda one: one.area_id == self.village_b1)
        part.with_user(self.supervisor_b)._confirm("已核")
        self.merge()
        here = self.submission_of(self.third)
        self.assertEqual(part.submission_id, here)
        self.assertEqual((part.state, part.note), ("confirmed", "已核"))
        self.assertEqual(len(here.village_ids), 4)
        self.open_quarter()
        self.assertEqual(len(here.village_ids), 4)

    def test_a_quarter_that_the_successor_has_reported_stays_with_the_old_township(self):
        for submission in (*self.second.submission_ids, self.submission_of(self.third)):
            self.submit(submission.quarter_id, submission.township_id)
        self.merge()
        owed = self.submission_of(self.third, self.township_b)
        self.report(owed)
        self.assertEqual(self.frozen_ids(owed), {self.child.id})

    def test_a_report_on_which_the_successors_rests_is_returned_after_it(self):
        for township in (self.township_a, self.township_b):
            self.submit(self.second, township)
        self.merge()
        self.report(self.submission_of(self.third))
        office = self.users["leading_office"]
        there = self.submission_of(self.second, self.township_b).with_user(office)
        with self.assertRaisesRegex(UserError, "2026Q3"):
            there._return("有误")
        self.submission_of(self.third).with_user(office)._return("有误")
        there._return("有误")
        self.assertEqual(there.state, "returned")

    def test_an_ended_village_waits_no_more_and_keeps_what_it_confirmed(self):
        parts = self.submission_of(self.third).village_ids
        self.village_a2._merge_into(self.village_a1, LAST_DAY)
        self.assertEqual(self.submission_of(self.third).village_ids.area_id, self.village_a1)
        there = self.submission_of(self.third, self.township_b).village_ids
        there.with_user(self.supervisor_b)._confirm()
        self.village_b2._merge_into(self.village_b1, LAST_DAY)
        self.assertEqual(set(there.exists().mapped("state")), {"confirmed"})
        self.assertEqual(len(there.exists()), 2)
        self.assertEqual(len(parts.exists()), 1)
