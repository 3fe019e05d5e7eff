"""A month of duties: made in sets, resolved by evidence, taken back with it (architecture, idea 2)."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import mute_logger

from ..common import CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestDuties(CareCase):
    def _generate(self, role="civil_affairs", day=None):
        if day:  # the page plans this month and the next
            return self.env["lbc.duty"]._generate_visits(self.county, date.fromisoformat(day))
        wizard = self.env["lbc.visit.generate"].with_user(self.users[role])
        wizard = wizard.create({"county_id": self.county.id, "month": "2026-11-21"})
        wizard.action_generate()
        return wizard

    def _duties(self, household):
        return self.env["lbc.duty"].search([("household_id", "=", household.id)])

    def _visit(self, household, role="village", **vals):
        values = {
            "household_id": household.id,
            "met_carer": True,
            "family_note": "家中平安",
            "care_quality": "good",
            "schooling": "attending",
            "danger": "no",
            **vals,
        }
        visit = self.env["lbc.visit"].with_user(self.users[role]).create(values)
        visit.action_submit()
        return visit

    def test_one_duty_per_household_and_month(self):
        child = self.make_on_ledger()
        self.make_on_ledger(name="张小弟", household_id=child.household_id.id)
        self._generate()
        duty = self._duties(child.household_id)
        self.assertEqual((len(duty), duty.subject_count), (1, 2))
        self.assertEqual(
            (duty.window_start, duty.due_date), (date(2026, 11, 1), date(2026, 11, 30))
        )

    def test_generating_twice_makes_nothing_twice(self):
        self.make_on_ledger()
        self.assertEqual(self._generate().made_count, 1)
        self.assertEqual(self._generate().made_count, 0)

    def test_the_preview_counts_before_it_writes(self):
        self.make_on_ledger()
        self.make_on_ledger(self.village_b1)
        wizard = self.env["lbc.visit.generate"].with_user(self.users["civil_affairs"])
        wizard = wizard.create({"county_id": self.county.id})
        self.assertEqual(
            (wizard.child_count, wizard.subject_count, wizard.missing_count), (2, 2, 2)
        )
        self.assertFalse(self.env["lbc.duty"].search([]))

    def test_a_supervisor_plans_only_his_own_township(self):
        here, there = self.make_on_ledger(), self.make_on_ledger(self.village_b1)
        self._generate("township")
        self.assertTrue(self._duties(here.household_id))
        self.assertFalse(self._duties(there.household_id))

    def test_profiles_may_ask_for_a_visit_per_child(self):
        self.profile.visit_unit = "child"
        child = self.make_on_ledger()
        self.make_on_ledger(name="张小弟", household_id=child.household_id.id)
        self.assertEqual(self._generate().made_count, 2)
        self._visit(child.household_id)
        self.assertEqual(set(self.env["lbc.duty"].search([]).mapped("state")), {"done"})

    def test_profiles_may_ask_for_a_visit_every_second_month(self):
        self.profile.visit_interval_months = 2
        self.make_on_ledger()
        self.assertEqual(self._generate(day="2026-11-15"), 1)
        self.assertEqual(self._generate(day="2026-12-15"), 0)
        self.assertEqual(self._generate(day="2027-01-15"), 1)

    def test_children_who_are_not_on_the_ledger_owe_no_visit(self):
        self.make_child()
        left = self.make_on_ledger()
        left._propose_exit("other", date(2026, 11, 20), "x")
        left.action_confirm_exit()
        with self.assertRaises(UserError):
            self._generate()

    def test_a_filed_visit_resolves_the_duty_and_withdrawing_takes_it_back(self):
        child = self.make_on_ledger()
        self._generate()
        duty = self._duties(child.household_id)
        visit = self._visit(child.household_id)
        self.assertEqual((duty.state, duty.done_on), ("done", date(2026, 11, 21)))
        self.assertEqual((duty.evidence_model, duty.evidence_id), ("lbc.visit", visit.id))
        visit._withdraw("填错家庭")
        self.assertEqual((duty.state, duty.done_on), ("open", False))

    def test_nobody_met_does_not_count(self):
        child = self.make_on_ledger()
        self._generate()
        visit = self._visit(
            child.household_id,
            met_carer=False,
            family_note=False,
            not_met_reason="家中无人",
            next_visit_date="2026-11-25",
        )
        self.assertEqual(visit.state, "not_met")
        self.assertEqual(self._duties(child.household_id).state, "open")

    def test_the_telephone_counts_only_where_the_profile_says_so(self):
        child = self.make_on_ledger()
        self._generate()
        self._visit(child.household_id, channel="phone")
        duty = self._duties(child.household_id)
        self.assertEqual(duty.state, "open")
        self.profile.visit_phone_counts = True
        self._visit(child.household_id, channel="phone")
        self.assertEqual(duty.state, "done")

    def test_late_is_possible_and_visible(self):
        child = self.make_on_ledger()
        self._generate(day="2026-10-15")
        self._generate()
        october, november = self._duties(child.household_id)
        self.assertTrue(october.is_overdue)
        self._visit(child.household_id)
        self.assertEqual((november.state, october.state), ("done", "open"))
        self._visit(child.household_id)
        self.assertTrue(october.is_late)
        self.assertEqual(self.env["lbc.duty"].search([("is_late", "=", True)]), october)
        self.assertFalse(self.env["lbc.duty"].search([("is_overdue", "=", True)]))

    def test_progress_counts_done_late_open_and_overdue(self):
        children = [self.make_on_ledger() for _serial in range(3)]
        self._generate(day="2026-10-15")
        self._generate()
        for _month in range(2):
            self._visit(children[0].household_id)
        self._visit(children[1].household_id)
        report = self.env["lbc.duty.report"].with_user(self.users["township"])
        counts = dict(report._read_group([], ["status"], ["__count"]))
        self.assertEqual(counts, {"done": 2, "late": 1, "open": 1, "overdue": 2})
        elsewhere = self.make_user("village_b1", "child_director", self.village_b1)
        self.assertFalse(report.with_user(elsewhere).search([]))

    def test_leaving_the_ledger_cancels_what_lies_ahead(self):
        child = self.make_on_ledger()
        self._generate(day="2026-10-15")
        self._generate()
        october, november = self._duties(child.household_id)
        child._propose_exit("parent_returned", date(2026, 11, 20), "返乡")
        child.action_confirm_exit()
        self.assertEqual((october.state, november.state), ("open", "cancelled"))

    def test_a_sibling_who_stays_keeps_the_duty_open(self):
        child = self.make_on_ledger()
        self.make_on_ledger(name="张小弟", household_id=child.household_id.id)
        self._generate()
        child._propose_exit("parent_returned", date(2026, 11, 20), "返乡")
        child.action_confirm_exit()
        self.assertEqual(self._duties(child.household_id).state, "open")

    def test_moving_out_and_back_loses_nothing(self):
        family, others = self.make_on_ledger(), self.make_on_ledger()
        home, other = family.household_id, others.household_id
        self._generate(day="2026-10-15")
        self._generate()
        october, november = self._duties(home)
        child = self.as_role(family, "village")
        child.write({"household_id": other.id})
        self.assertEqual((october.state, october.is_overdue), ("open", True))
        self.assertEqual((november.state, november.cancel_reason), ("cancelled", "moved"))
        child.write({"household_id": home.id})
        self.assertEqual((october.state, november.state), ("open", "open"))
        self.assertEqual((october | november).household_id, home)

    def test_moving_out_for_the_last_day_loses_nothing(self):
        family, others = self.make_on_ledger(), self.make_on_ledger()
        home, other = family.household_id, others.household_id
        self._generate()
        self._visit(other)
        with freeze_time("2026-11-30"):
            self.as_role(family, "village").write({"household_id": other.id})
        with freeze_time("2026-12-01"):
            self.as_role(family, "village").write({"household_id": home.id})
            duty = self._duties(home)
            self.assertEqual((duty.state, duty.is_overdue), ("open", True))

    def test_nobody_ticks_a_duty_off(self):
        child = self.make_on_ledger()
        self._generate()
        for role in ("village", "township", "civil_affairs"):
            with self.assertRaises(AccessError):
                self.as_role(self._duties(child.household_id), role).write({"state": "done"})

    def test_the_database_knows_whom_a_duty_concerns(self):
        child = self.make_on_ledger()
        self._generate()
        duty = self._duties(child.household_id)
        for column, value in (("subject_key", "household:0"), ("child_id", child.id)):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.cr.execute(
                    f"UPDATE lbc_duty SET {column} = %s WHERE id = %s", [value, duty.id]
                )

    def test_my_work_shows_whom_and_the_way_to_the_visit(self):
        child = self.make_on_ledger()
        self._generate()
        duty = self.as_role(self._duties(child.household_id), "village")
        self.assertEqual(duty.children_names, "张三丰")
        action = duty.action_fulfil()
        self.assertEqual(action["context"]["default_household_id"], child.household_id.id)
        self.assertEqual(child.with_user(self.users["village"]).due_urgency, "later")
        self.assertEqual(child.search([("has_open_duty", "=", True)]).with_env(self.env), child)

    def test_statements_do_not_grow_with_the_district(self):
        for serial in range(8):
            self.make_on_ledger([self.village_a1, self.village_b1][serial % 2])
        self.env.flush_all()
        with self.assertQueryCount(9):
            self.env["lbc.duty"]._generate_visits(self.county, date(2026, 11, 1))
