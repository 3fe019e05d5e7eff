"""An afternoon's round on one page: late ones first, good rows are filed, bad ones kept (L-2e)."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time

from .common import COMPLETE, VisitCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestVisitRecord(VisitCase):
    def _open(self, role="village"):
        rounds = self.env["lbc.visit.record"].with_user(self.users[role])
        return rounds.browse(rounds.action_open_round()["res_id"])

    def _type(self, line, **vals):
        line.write({**COMPLETE, **vals})

    def _households(self, count):
        return [self.make_on_ledger(name=f"孩子{n}").household_id for n in range(count)]

    def test_families_due_come_late_ones_first(self):
        late = self._households(1)[0]
        self.plan("2026-10-01")
        other = self.env["lbc.duty"].search([("household_id", "=", self.home.id)])
        other.sudo().write({"state": "cancelled"})
        self.plan("2026-11-01")
        record = self._open()
        self.assertEqual(record.area_id, self.village_a1)
        self.assertEqual(record.line_ids.household_id.ids, [late.id, self.home.id])
        self.assertEqual(record.line_ids.mapped("due_count"), [2, 1])
        self.assertEqual((record.due_count, record.overdue_count), (2, 1))
        self.assertEqual(record.line_ids[1].children_names, "张三丰")

    def test_only_the_own_villages_families(self):
        elsewhere = self.make_on_ledger(self.village_b1)
        self.plan()
        self.assertNotIn(elsewhere.household_id, self._open().line_ids.household_id)

    def test_facts_come_from_the_last_visit(self):
        with freeze_time("2026-10-21"):
            self.filed()
        self.plan()
        line = self._open().line_ids
        self.assertEqual((line.family_note, line.schooling), (COMPLETE["family_note"], "attending"))
        self.assertFalse(line.met_carer or line.danger)

    def test_complete_rows_are_filed_and_bad_ones_kept(self):
        homes = self._households(3)
        self.plan()
        record = self._open()
        good, bad, late, untouched = record.line_ids
        self._type(good)
        self._type(bad, care_quality=False)
        self._type(late, date="2026-11-02")
        record.action_file()
        self.assertEqual(record.line_ids.mapped("state"), ["filed", "draft", "draft", "todo"])
        self.assertEqual((record.filed_count, record.draft_count), (1, 2))
        self.assertIn("Guardianship", bad.problem)
        self.assertIn("Why Entered Late", late.problem)
        self.assertFalse(untouched.visit_id)
        duties = self.env["lbc.duty"].search(
            [("household_id", "in", [self.home.id, *[h.id for h in homes]])]
        )
        self.assertEqual(sorted(duties.mapped("state")), ["done", "open", "open", "open"])
        bad.care_quality = "fair"
        record.action_file()
        self.assertEqual((bad.state, bad.problem), ("filed", False))
        self.assertEqual(bad.visit_id.care_quality, "fair")

    def test_a_row_of_the_future_does_not_stop_the_others(self):
        self._households(1)
        self.plan()
        record = self._open()
        first, second = record.line_ids
        self._type(first, date="2026-11-30")
        self._type(second)
        record.action_file()
        self.assertEqual((first.state, second.state), ("draft", "filed"))
        self.assertIn("future", first.problem)

    def test_nobody_met_is_filed_as_an_attempt(self):
        duty = self.plan()
        line = self._open().line_ids
        line.write({"remark": "家中无人", "next_visit_date": "2026-11-25"})
        line.record_id.action_file()
        self.assertEqual((line.state, duty.attempt_count), ("not_met", 1))
        self.assertEqual(line.visit_id.not_met_reason, "家中无人")

    def test_a_danger_is_told_though_the_row_is_incomplete(self):
        self.plan()
        line = self._open().line_ids
        line.danger = "yes"
        line.record_id.action_file()
        self.assertEqual((line.state, line.visit_id.danger_state), ("draft", "alarm"))
        self.assertEqual(line.record_id.alarm_count, 1)

    def test_a_round_is_opened_again_where_it_was_left(self):
        self._households(1)
        self.plan()
        record = self._open()
        record.line_ids[0].met_carer = True
        later = self.make_on_ledger(name="新来的").household_id
        self.plan()
        again = self._open()
        self.assertEqual(again, record)
        self.assertEqual(len(again.line_ids), 3)
        self.assertIn(later, again.line_ids.household_id.with_env(later.env))
        self.assertTrue(again.line_ids.filtered("met_carer"))

    def test_a_finished_round_is_followed_by_a_new_one(self):
        self.plan()
        record = self._open()
        self._type(record.line_ids)
        record.action_file()
        again = self._open()
        self.assertNotEqual(again, record)
        self.assertFalse(again.line_ids)

    def test_own_drafts_come_back_as_rows(self):
        draft = self.draft(family_note="只写了一半", met_child=True)
        self.plan()
        line = self._open().line_ids
        self.assertEqual((line.visit_id, line.family_note), (draft, "只写了一半"))
        self.assertEqual(line.record_id.draft_count, 0, "begun elsewhere, not kept here")
        self._type(line)
        line.record_id.action_file()
        self.assertEqual((draft.state, len(self.env["lbc.visit"].search([]))), ("submitted", 1))

    def test_a_family_is_finished_on_the_full_form(self):
        self.plan()
        line = self._open().line_ids
        line.met_child = True
        action = line.action_details()
        visit = self.env["lbc.visit"].browse(action["res_id"])
        self.assertTrue(visit.met_child)
        line.record_id.action_file()
        self.assertEqual(visit.state, "draft")

    def test_a_family_that_is_not_due_can_be_added(self):
        record = self._open()
        with Form(record) as form, form.line_ids.new() as line:
            line.household_id = self.home
            line.met_carer = True
        self.assertEqual(record.line_ids.household_id, self.home)

    def test_who_may_not_write_visits_has_no_round(self):
        for role in ("school", "education", "civil_affairs"):
            with self.assertRaisesRegex(UserError, "does not enter visits", msg=role):
                self._open(role)

    def test_rounds_are_private(self):
        self.plan()
        record = self._open()
        colleague = self.make_user("colleague", "child_director", self.village_a1)
        with self.assertRaises(AccessError):
            record.with_user(colleague).action_file()

    def test_what_was_typed_outlives_a_weekend(self):
        self.plan()
        record = self._open()
        record.line_ids.met_carer = True
        self.env.flush_all()
        old = fields.Datetime.now() - timedelta(days=4)
        for table in ("lbc_visit_record", "lbc_visit_record_line"):
            self.env.cr.execute(f"UPDATE {table} SET write_date = %s, create_date = %s", [old, old])
        record.sudo()._transient_vacuum()
        record.line_ids.sudo()._transient_vacuum()
        self.assertTrue(record.exists() and record.line_ids.exists())

    def test_forty_families_take_a_bounded_number_of_statements(self):
        self._households(39)
        self.plan()
        record = self._open()
        for line in record.line_ids:
            self._type(line)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        record.action_file()
        count = self.env.cr.sql_log_count - before
        self.assertEqual(record.filed_count, 40)
        self.assertLess(count, 40 * 40, "statements to file forty rows")
