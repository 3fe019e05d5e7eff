"""The visit form: what must be filled in, who files, who withdraws (L-2d, L-2e)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time

from ..common import CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestVisit(CareCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger()

    def _draft(self, role="village", **vals):
        visits = self.env["lbc.visit"].with_user(self.users[role])
        values = {"household_id": self.child.household_id.id, "not_met_reason": "家中无人", **vals}
        return visits.create(values)

    def test_the_form_comes_filled_in(self):
        visits = self.env["lbc.visit"].with_user(self.users["village"])
        form = Form(visits.with_context(default_household_id=self.child.household_id.id))
        self.assertEqual(form.child_ids.ids, self.child.ids)
        self.assertEqual(form.area_id, self.village_a1)
        self.assertEqual(form.visitor_id, self.users["village"])

    def test_the_three_blocks_are_asked_for_by_name(self):
        with self.assertRaises(UserError) as refused:
            self._draft(met_child=True).action_submit()
        for word in ("Family", "Guardianship Is", "School", "Immediate Danger"):
            self.assertIn(word, str(refused.exception))

    def test_nobody_met_asks_why(self):
        with self.assertRaisesRegex(UserError, "Why Nobody Was Met"):
            self._draft(not_met_reason=False).action_submit()

    def test_a_visit_entered_late_asks_why(self):
        visit = self._draft(date="2026-11-01")
        with self.assertRaisesRegex(UserError, "Why Entered Late"):
            visit.action_submit()
        visit.late_reason = "山洪断路"
        visit.action_submit()
        self.assertEqual(visit.state, "not_met")

    def test_a_visit_in_the_future_is_refused(self):
        with self.assertRaisesRegex(UserError, "future"):
            self._draft(date="2026-11-22").action_submit()

    def test_a_filed_visit_is_neither_changed_nor_deleted(self):
        visit = self._draft()
        visit.action_submit()
        with self.assertRaises(UserError):
            visit.needs = "改写"
        with self.assertRaises(UserError):
            visit.unlink()
        with self.assertRaises(UserError):
            visit.write({"state": "draft"})

    def test_the_state_is_not_entered_by_hand(self):
        with self.assertRaises(AccessError):
            self._draft(state="submitted")

    def test_another_visitors_visit_is_withdrawn_by_the_township(self):
        colleague = self.make_user("colleague", "child_director", self.village_a1)
        visit = self._draft()
        visit.action_submit()
        with self.assertRaises(AccessError):
            visit.with_user(colleague).action_withdraw()
        visit.with_user(self.users["township"]).action_withdraw()
        self.assertEqual(visit.state, "withdrawn")

    def test_another_village_neither_sees_nor_files(self):
        other = self.make_user("other_village", "child_director", self.village_b1)
        visit = self._draft()
        with self.assertRaises(AccessError):
            visit.with_user(other).action_submit()
        with self.assertRaises(AccessError):
            self.env["lbc.visit"].with_user(other).create(
                {"household_id": self.child.household_id.id}
            )

    def test_a_visit_stays_where_it_happened(self):
        visit = self._draft()
        visit.action_submit()
        self.child.household_id.area_id = self.village_a2
        self.assertEqual(visit.area_id, self.village_a1)

    def test_the_file_knows_its_last_visit(self):
        visit = self._draft(
            met_child=True,
            family_note="好",
            care_quality="good",
            schooling="attending",
            danger="no",
        )
        visit.action_submit()
        child = self.as_role(self.child, "township")
        self.assertEqual((child.visit_count, child.last_visit_date), (1, visit.date))
