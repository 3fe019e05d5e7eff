"""Planning a month shows first for whom, on whom and why not (L-2d, B-3.3d)."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .common import VisitCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestVisitGenerate(VisitCase):
    def _wizard(self, role="civil_affairs", **vals):
        wizards = self.env["lbc.visit.generate"].with_user(self.users[role])
        return wizards.create({"county_id": self.county.id, **vals})

    def _reasons(self, wizard):
        return {line.reason: line.number for line in wizard.reason_ids}

    def test_the_load_is_shown_by_village_and_visitor(self):
        self.make_on_ledger(name="张小弟", household_id=self.home.id)
        self.make_on_ledger(self.village_b1)
        wizard = self._wizard()
        rows = {
            load.area_id: (load.user_id, load.subject_count, load.child_count, load.missing_count)
            for load in wizard.load_ids
        }
        nobody = self.env["res.users"]
        self.assertEqual(
            rows,
            {
                self.village_a1: (self.users["village"], 1, 2, 1),
                self.village_b1: (nobody, 1, 1, 1),
            },
        )
        self.assertEqual((wizard.missing_count, wizard.unassigned_count), (2, 1))
        self.assertEqual(self._reasons(wizard), {"siblings": 1})
        self.assertFalse(self.env["lbc.duty"].search([]))

    def test_the_preview_is_what_planning_makes(self):
        self.make_on_ledger(self.village_b1)
        self.child.sudo().risk_level = "high"
        wizard = self._wizard()
        self.assertEqual((wizard.subject_count, wizard.missing_count), (2, 5))
        self.assertEqual(sum(wizard.load_ids.mapped("visit_count")), 5)
        wizard.action_generate()
        self.assertEqual(sum(wizard.load_ids.mapped("visit_count")), 5)
        self.assertEqual((wizard.made_count, wizard.missing_count), (5, 0))
        self.assertEqual((wizard.existing_count, self._reasons(wizard)), (5, {"planned": 2}))

    def test_a_household_takes_the_pace_of_a_sibling_whom_the_planner_does_not_meet(self):
        self.make_on_ledger(self.village_a2, name="张小弟", household_id=self.home.id)
        self.child.sudo().risk_level = "high"
        director = self.make_user("director_a2", "child_director", self.village_a2)
        wizards = self.env["lbc.visit.generate"].with_user(director)
        wizard = wizards.create({"county_id": self.county.id})
        self.assertEqual((wizard.subject_count, wizard.missing_count), (1, 4))
        wizard.action_generate()
        self.assertEqual(wizard.made_count, 4)

    def test_only_this_month_and_the_next(self):
        self._wizard(month="2026-11-01")
        self._wizard(month="2026-12-31")
        for month in ("2026-10-31", "2027-01-01", "2099-03-01", "9999-12-31"):
            with self.assertRaisesRegex(ValidationError, "this month or of the next"):
                self._wizard(month=month)
            page = self.env["lbc.visit.generate"].with_user(self.users["civil_affairs"])
            page.new({"county_id": self.county.id, "month": month})._compute_preview()

    def test_a_supervisor_sees_only_his_own_township(self):
        self.make_on_ledger(self.village_b1)
        wizard = self._wizard("township")
        self.assertEqual((wizard.subject_count, wizard.load_ids.area_id), (1, self.village_a1))

    def test_who_is_visited_every_second_month_is_covered(self):
        self.profile.visit_interval_months = 2
        self._wizard(month="2026-11-15").action_generate()
        wizard = self._wizard(month="2026-12-15")
        self.assertEqual((wizard.missing_count, self._reasons(wizard)), (0, {"interval": 1}))

    def test_households_without_a_child_on_the_ledger_are_named(self):
        self.make_child()
        self.assertEqual(self._reasons(self._wizard()), {"no_child": 1})

    def test_per_child_nobody_is_visited_with_a_sibling(self):
        self.profile.visit_unit = "child"
        self.make_on_ledger(name="张小弟", household_id=self.home.id)
        wizard = self._wizard()
        self.assertEqual((wizard.missing_count, self._reasons(wizard)), (2, {}))

    def test_the_preview_takes_the_same_statements_for_any_number(self):
        counts = []
        for _round in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            duties = self.env["lbc.duty"].with_user(self.users["civil_affairs"])
            duties._preview_visits(self.county, self.env["lbc.visit"].default_get(["date"])["date"])
            before = self.env.cr.sql_log_count
            duties._preview_visits(self.county, self.env["lbc.visit"].default_get(["date"])["date"])
            counts.append(self.env.cr.sql_log_count - before)
            for serial in range(6):
                self.make_on_ledger(name=f"孩子{serial}")
        self.assertEqual(counts[0], counts[1])
