"""The report is the ledger of the cut-off day and stays what it was (domain.md §C.6 cases 1, 2, 5, 16, 18)."""

from datetime import date

from psycopg2 import errors

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import mute_logger

from ...models.ledger.snapshot import FROZEN, MASKED, masked_name
from .common import LedgerCase


@tagged("post_install", "-at_install")
@freeze_time("2026-09-22")
class TestAsOf(LedgerCase):
    def _fifteen(self, birth_date):
        """Return a child that entered the ledger in May, at fifteen."""
        with freeze_time("2026-05-02"):
            return self.make_on_ledger(day="2026-05-01", birth_date=birth_date)

    def test_case_1_sixteen_before_the_cutoff_is_out_once_confirmed(self):
        child, pending = self._fifteen(date(2010, 9, 10)), self._fifteen(date(2010, 9, 11))
        self.submit(self.open_quarter(2026, 2))
        self.env["lbc.child"]._cron_review()
        self.assertEqual(pending.state, "exit_pending")
        self.as_role(child, "township").action_confirm_exit()
        submission = self.submit(self.open_quarter())
        self.assertEqual(self.frozen_ids(submission), {pending.id})
        numbers = (submission.opening_count, submission.left_count, submission.child_count)
        self.assertEqual(numbers, (2, 1, 1))

    def test_case_2_sixteen_after_the_cutoff_is_in_though_reported_later(self):
        child = self._fifteen(date(2010, 9, 21))
        self.env["lbc.child"]._cron_review()
        self.as_role(child, "township").action_confirm_exit()
        self.assertEqual(child.state, "exited")
        third = self.submit(self.open_quarter())
        self.assertEqual(self.frozen_ids(third), {child.id})
        self.assertFalse(third.is_on_time)
        fourth = self.submit(self.open_quarter(2026, 4))
        self.assertEqual((fourth.left_count, fourth.child_count), (1, 0))
        self.assertEqual(child.date_exit, date(2026, 9, 21))

    def test_who_entered_after_the_cutoff_waits_for_the_next_report(self):
        child = self.make_on_ledger(day="2026-09-21")
        self.assertFalse(self.frozen_ids(self.submit(self.open_quarter())))
        fourth = self.submit(self.open_quarter(2026, 4))
        self.assertEqual((fourth.joined_count, self.frozen_ids(fourth)), (1, {child.id}))

    def test_drafts_and_errors_are_never_reported(self):
        self.make_child()
        void = self.make_on_ledger()
        self.as_role(void, "civil_affairs")._void("录入错误")
        self.assertFalse(self.submit(self.open_quarter()).child_count)

    def test_case_5_a_move_after_the_cutoff_is_reported_where_the_child_was(self):
        child = self.make_on_ledger()
        receiver = self.make_user("receiver", "child_supervisor", self.township_b)
        transfer = self.env["lbc.transfer"].with_user(self.users["township"])
        transfer = transfer._propose(
            self.as_role(child, "township"), self.village_b1, date(2026, 9, 21), "搬家"
        )
        transfer.with_user(receiver).action_accept()
        quarter = self.open_quarter()
        here, there = self.submit(quarter), self.submit(quarter, self.township_b)
        self.assertEqual((here.child_count, there.child_count), (1, 0))
        self.assertEqual(here.snapshot_ids.area_id, self.village_a1)
        self.assertEqual((here.snapshot_ids.township, here.snapshot_ids.village), ("甲镇", "东村"))
        later = self.open_quarter(2026, 4)
        here, there = self.submit(later), self.submit(later, self.township_b)
        self.assertEqual((here.moved_out_count, there.moved_in_count), (1, 1))
        self.assertEqual((here.left_count, there.joined_count), (0, 0))
        self.assertEqual((here.child_count, there.child_count), (0, 1))

    def test_case_5_a_move_told_after_a_report_keeps_its_day_and_the_child_its_report(self):
        child = self.as_role(self.make_on_ledger(), "township")
        receiver = self.make_user("receiver", "child_supervisor", self.township_b)
        transfers = self.env["lbc.transfer"].with_user(self.users["township"])
        with self.assertRaisesRegex(UserError, "2026-09-01"), self.cr.savepoint():
            transfers._propose(child, self.village_b1, date(2026, 8, 31), "搬家")
        waiting = transfers._propose(child, self.village_b1, date(2026, 9, 10), "搬家")
        quarter = self.open_quarter()
        here = self.submit(quarter)
        waiting.with_user(receiver).action_accept()
        self.assertEqual(child.sudo().date_entry, date(2026, 9, 10))
        there = self.submit(quarter, self.township_b)
        self.assertEqual((here.child_count, there.child_count), (1, 0))

    def test_a_draft_corrected_before_it_was_verified_is_reported_where_it_lives(self):
        child = self.make_child()
        self.as_role(child, "civil_affairs").area_id = self.village_b2
        child.action_submit()
        child._verify(date(2026, 9, 1), "普查")
        quarter = self.open_quarter()
        here, there = self.submit(quarter), self.submit(quarter, self.township_b)
        self.assertEqual((here.child_count, there.child_count), (0, 1))
        self.assertEqual(there.snapshot_ids.area_id, self.village_b2)

    def test_a_move_inside_the_township_changes_the_village(self):
        child = self.as_role(self.make_on_ledger(), "township")
        transfer = self.env["lbc.transfer"].with_user(self.users["township"])
        transfer._propose(child, self.village_a2, date(2026, 9, 10), "实际居住")
        row = self.submit(self.open_quarter()).snapshot_ids
        self.assertEqual((row.area_id, row.village), (self.village_a2, "西村"))

    def test_case_18_a_merged_village_is_reported_by_its_successor(self):
        self.make_on_ledger(area=self.village_b1)
        self.village_b1._merge_into(self.village_a1, date(2026, 9, 10))
        quarter = self.open_quarter()
        here, there = self.submit(quarter), self.submit(quarter, self.township_b)
        self.assertEqual((here.child_count, there.child_count), (1, 0))
        self.assertEqual(here.snapshot_ids.area_id, self.village_a1)

    def test_case_18_a_merged_township_is_reported_by_its_successor_and_once(self):
        early, late = (self.make_on_ledger(area=self.village_b1) for _one in range(2))
        second = self.open_quarter(2026, 2)
        early.episode_id.sudo().date_entry = "2026-05-01"
        self.submit(second, self.township_b)
        third = self.open_quarter()
        self.township_b._merge_into(self.township_a, date(2026, 9, 19))
        self.assertEqual(third.submission_ids.township_id, self.township_a)
        self.assertFalse(self.submit(second).child_count)
        self.assertEqual(self.frozen_ids(self.submit(third)), {early.id, late.id})
        self.assertEqual(self.open_quarter().submission_ids.township_id, self.township_a)

    def test_case_18_before_the_merger_the_old_village_reports(self):
        self.make_on_ledger(area=self.village_b1)
        self.village_b1._merge_into(self.village_a1, date(2026, 9, 21))
        quarter = self.open_quarter()
        there = self.submit(quarter, self.township_b)
        self.assertEqual(there.snapshot_ids.area_id, self.village_b1)
        self.assertFalse(self.submit(quarter).child_count)


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20")
class TestTwoQuarters(LedgerCase):
    def test_opening_plus_joined_minus_left_is_closing(self):
        stay, leaver = self.make_on_ledger(day="2026-06-01"), self.make_on_ledger(day="2026-06-01")
        second = self.submit(self.open_quarter(2026, 2))
        self.assertEqual(self._numbers(second), (0, 2, 0, 2))
        self.leave(leaver, "2026-08-15", "parent_returned")
        joined = [self.make_on_ledger(day="2026-07-01") for _one in range(3)]
        third = self.submit(self.open_quarter())
        self.assertEqual(self._numbers(third), (2, 3, 1, 4))
        self.assertEqual(self.frozen_ids(third), {stay.id, *(child.id for child in joined)})

    def test_who_left_and_came_back_within_the_quarter_stayed(self):
        child = self.make_on_ledger(day="2026-06-01")
        self.submit(self.open_quarter(2026, 2))
        self.leave(child, "2026-07-15", "parent_returned")
        self.as_role(child, "township")._return(date(2026, 8, 15), "父亲再次外出")
        third = self.submit(self.open_quarter())
        self.assertEqual(self._numbers(third), (1, 0, 0, 1))

    def _numbers(self, submission):
        self.assertEqual(
            submission.opening_count + submission.joined_count - submission.left_count,
            submission.child_count,
        )
        return (
            submission.opening_count,
            submission.joined_count,
            submission.left_count,
            submission.child_count,
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20")
class TestFrozen(LedgerCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger(
            carer=self.make_guardian(name="王奶奶", phone="13812345678"), address="东村三组8号"
        )
        self.submission = self.submit(self.open_quarter())
        self.row = self.submission.snapshot_ids

    def test_case_16_a_corrected_birth_date_leaves_the_past_alone(self):
        self.child.write({"id_number": False, "no_id_reason": "待更正", "birth_date": "2010-01-01"})
        self.child.flush_recordset()
        self.env.invalidate_all()
        self.assertEqual(self.row.birth_date, date(2016, 8, 18))
        self.assertTrue(self.row.id_number)
        self.assertFalse(self.submission.current_version_id._verify())

    @mute_logger("odoo.sql_db")
    def test_orm_and_sql_are_refused_alike(self):
        attempts = {
            "write": lambda: (self.row.sudo().write({"name": "改"}), self.env.flush_all()),
            "unlink": lambda: self.row.sudo().unlink(),
            "update": lambda: self.env.cr.execute("UPDATE lbc_snapshot SET name = 'x'"),
            "delete": lambda: self.env.cr.execute("DELETE FROM lbc_snapshot"),
            "truncate": lambda: self.env.cr.execute("TRUNCATE lbc_snapshot"),
        }
        for name, attempt in attempts.items():
            with self.assertRaises(errors.RestrictViolation, msg=name), self.cr.savepoint():
                attempt()

    def test_no_role_may_even_try(self):
        for role in self.users:
            row = self.as_role(self.row, role)
            for attempt in (lambda row=row: row.write({"name": "改"}), row.unlink):
                with self.assertRaises(AccessError, msg=role):
                    attempt()

    @mute_logger("odoo.sql_db")
    def test_the_refusal_reaches_the_user_as_a_sentence(self):
        with self.assertRaises(errors.RestrictViolation) as refused, self.cr.savepoint():
            self.row.sudo().unlink()
        self.assertEqual(refused.exception.diag.table_name, "lbc_snapshot")
        message = self.env["lbc.snapshot"]._sql_error_to_message(refused.exception)
        self.assertIn("never changed or deleted", message)

    def test_every_column_of_the_rooms_above_is_frozen(self):
        declared = [column.code for column in self.env["lbc.child"]._ledger_columns()]
        self.assertEqual([column.code for column in FROZEN], declared)

    def test_what_is_masked_is_frozen_masked(self):
        row = self.as_role(self.row, "township_leader")
        self.assertEqual((row.name_masked, row.address_masked), ("张*丰", "东村"))
        self.assertEqual((row.carer_name_masked, row.carer_phone_masked), ("王*奶", "138****5678"))
        for column in MASKED:
            row.read([masked_name(column)])
            with self.assertRaises(AccessError, msg=column.code):
                row.read([column.code])

    def test_the_check_code_follows_from_every_word(self):
        self.assertRegex(self.submission.check_code, r"^\w{4}-\w{4}-\w{4}$")
        code = self.submission.check_code
        self.as_role(self.submission, "leading_office")._return("姓名有误")
        self.child.name = "张三风"  # one sign of the same report
        self.assertNotEqual(self.submit(self.submission.quarter_id).check_code, code)
        first = self.submission.version_ids.filtered(lambda one: one.number == 1)
        self.assertEqual(first.check_code, code)

    def test_rows_are_seen_in_ones_own_area_only(self):
        self.make_on_ledger(area=self.village_a2)
        fourth = self.submit(self.open_quarter(2026, 4))
        seen = {
            role: self.env["lbc.snapshot"]
            .with_user(self.users[role])
            .search_count([("submission_id", "=", fourth.id)])
            for role in (
                "village",
                "township",
                "township_leader",
                "civil_affairs",
                "leading_office",
            )
        }
        self.assertEqual(list(seen.values()), [1, 2, 2, 2, 2])
        rows = self.env["lbc.snapshot"].with_user(self.leader_b)
        self.assertFalse(rows.search_count([]))
