"""A quarter is opened once, submitted by the township's leader, and numbers follow from each other."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .common import LedgerCase


@tagged("post_install", "-at_install")
@freeze_time("2026-09-15")
class TestOpening(LedgerCase):
    def test_opening_expects_every_township_and_twice_nothing_more(self):
        quarter = self.open_quarter()
        self.assertEqual(quarter.cutoff, date(2026, 9, 20))
        self.assertEqual(quarter.submission_ids.township_id, self.township_a | self.township_b)
        self.assertEqual(self.open_quarter(), quarter)
        self.assertEqual(len(quarter.submission_ids), 2)

    def test_cutoff_follows_the_profile(self):
        self.profile.quarter_cutoff_day = 31
        self.assertEqual(self.open_quarter().cutoff, date(2026, 9, 30))

    def test_a_township_that_ended_before_the_cutoff_is_not_expected(self):
        self.township_b.valid_to = "2026-06-30"
        self.assertEqual(self.open_quarter().submission_ids.township_id, self.township_a)

    def test_a_township_founded_later_is_added_by_opening_again(self):
        quarter = self.open_quarter()
        new = self._area("990113102000", "丙镇", "township", self.county)
        self.open_quarter()
        self.assertIn(new, quarter.submission_ids.township_id)

    def test_townships_and_villages_cannot_open_a_quarter(self):
        for role in ("village", "township", "township_leader", "education", "leader"):
            with self.assertRaises(AccessError, msg=role):
                self.env["lbc.quarter"].with_user(self.users[role])._open(
                    self.county, self.period()
                )

    def test_nobody_opens_a_quarter_of_another_county(self):
        other = self._area("990114000000", "邻区", "county", self.county.parent_id)
        quarters = self.env["lbc.quarter"].with_user(self.users["civil_affairs"])
        with self.assertRaises(UserError):
            quarters._open(other, self.period())

    def test_year_and_number_are_not_changed_by_hand(self):
        quarter = self.as_role(self.open_quarter(), "civil_affairs")
        for values in ({"year": 2025}, {"number": 1}, {"county_id": self.county.id}):
            with self.assertRaises(AccessError):
                quarter.write(values)

    def test_the_day_stays_once_somebody_has_reported(self):
        quarter = self.open_quarter()
        self.as_role(quarter, "civil_affairs").cutoff = "2026-09-25"
        self.submit(quarter)
        with self.assertRaises(UserError):
            self.as_role(quarter, "civil_affairs").cutoff = "2026-09-28"

    def test_the_day_lies_in_the_quarter(self):
        quarter = self.open_quarter()
        with self.assertRaises(UserError):
            self.as_role(quarter, "civil_affairs").cutoff = "2026-10-01"


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20 10:00:00")
class TestSubmitting(LedgerCase):
    def test_the_leader_submits_and_the_rows_are_frozen(self):
        child = self.make_on_ledger()
        submission = self.submit(self.open_quarter())
        self.assertEqual(submission.state, "submitted")
        self.assertEqual(submission.child_count, 1)
        self.assertEqual(submission.submitted_by, self.users["township_leader"])
        self.assertEqual(submission.snapshot_ids.child_ref, child.id)
        self.assertEqual(submission.snapshot_ids.name, "张三丰")

    def test_only_the_leader_of_the_township_submits(self):
        submission = self.submission_of(self.open_quarter())
        others = [user for role, user in self.users.items() if role != "township_leader"]
        for user in (*others, self.leader_b):
            with self.assertRaises(AccessError, msg=user.login):
                submission.with_user(user)._submit()
        self.assertEqual(submission.state, "filling")

    def test_the_page_of_another_township_says_nothing(self):
        submission = self.submission_of(self.open_quarter())
        wizard = self.env["lbc.quarter.submit"].with_user(self.leader_b)
        with self.assertRaises(AccessError):
            wizard.create({"submission_id": submission.id}).read(["child_count"])

    def test_nothing_is_submitted_twice(self):
        submission = self.submit(self.open_quarter())
        with self.assertRaises(UserError):
            self.as_role(submission, "township_leader")._submit()

    def test_no_role_writes_a_submission_by_hand(self):
        submission = self.submission_of(self.open_quarter())
        for role in self.users:
            with self.assertRaises(AccessError, msg=role):
                self.as_role(submission, role).write({"state": "submitted"})

    def test_until_midnight_in_the_district_is_on_time(self):
        quarter = self.open_quarter()
        with freeze_time("2026-09-20 15:59:00"):  # 23:59 in China
            self.assertTrue(self.submit(quarter).is_on_time)
        with freeze_time("2026-09-20 16:01:00"):
            self.assertFalse(self.submit(quarter, self.township_b).is_on_time)

    def test_filling_in_begins_with_the_last_month(self):
        submission = self.submission_of(self.open_quarter())
        self.check(submission)
        leader = self.as_role(submission, "township_leader")
        with freeze_time("2026-08-31 15:59:00"), self.assertRaisesRegex(UserError, "2026-09-01"):
            leader._submit()  # 23:59 in China
        with freeze_time("2026-08-31 16:01:00"):
            leader._submit()
        self.assertEqual(submission.state, "submitted")

    def test_an_earlier_quarter_comes_first(self):
        second, third = self.open_quarter(2026, 2), self.open_quarter(2026, 3)
        with self.assertRaisesRegex(UserError, "2026Q2"):
            self.submit(third)
        self.submit(second)
        self.assertEqual(self.submit(third).state, "submitted")

    def test_what_is_left_to_do_is_counted(self):
        waiting = self.make_child()
        self.as_role(waiting, "village").action_submit()
        checked = self.make_on_ledger()
        self.make_on_ledger()
        self.as_role(checked, "village").action_mark_verified()
        submission = self.submission_of(self.open_quarter())
        submission = self.as_role(submission, "township_leader")
        self.assertEqual(submission.current_count, 2)
        self.assertEqual(submission.unverified_count, 1)
        self.assertEqual(submission.waiting_count, 1)
        action = submission.action_view_unverified()
        found = self.env["lbc.child"].with_user(self.users["township_leader"])
        self.assertEqual(found.search_count(action["domain"]), 1)

    def test_the_county_sees_who_has_not_submitted(self):
        quarter = self.as_role(self.open_quarter(), "leading_office")
        self.submit(quarter.sudo())
        self.assertEqual((quarter.expected_count, quarter.submitted_count), (2, 1))
        self.assertEqual((quarter.on_time_count, quarter.missing_count), (1, 1))
        missing = self.env["lbc.submission"].search(quarter.action_view_missing()["domain"])
        self.assertEqual(missing.township_id, self.township_b)

    def test_a_leader_sees_counts_and_no_rows(self):
        self.make_on_ledger()
        submission = self.as_role(self.submit(self.open_quarter()), "leader")
        self.assertEqual(submission.child_count, 1)
        with self.assertRaises(AccessError):
            submission.read(["snapshot_ids"])
        with self.assertRaises(AccessError):
            self.env["lbc.snapshot"].with_user(self.users["leader"]).search_count([])

    def test_a_submission_takes_the_same_queries_for_one_child_and_for_many(self):
        quarters = ((2025, 4), (2026, 1), (2026, 2), (2026, 3))
        *warm, first, second = (self.open_quarter(*one) for one in quarters)
        for quarter in warm:  # the first report of all has nothing to be compared with
            self._queries_of(self.submission_of(quarter))
        self.make_on_ledger(day="2026-05-01")
        few = self._queries_of(self.submission_of(first))
        for _one in range(6):
            self.make_on_ledger(day="2026-08-01")
        self.assertEqual(self._queries_of(self.submission_of(second)), few)

    def _queries_of(self, submission):
        self.check(submission)
        submission = self.as_role(submission, "township_leader")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        submission._submit()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
