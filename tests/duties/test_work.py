"""My work: whose a duty is, the late ones first, and no more than the data groups let one see."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import XMLID
from .common import DutyCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestWork(DutyCase):
    def _work(self, role_or_user, mine=True):
        user = self.users.get(role_or_user) if isinstance(role_or_user, str) else role_or_user
        domain = [("is_mine", "=", True)] if mine else []
        return self.env["lbc.work"].with_user(user).search(domain)

    def _visit_kind(self):
        return self.env.ref(f"{XMLID}.duty_kind_monthly_visit")

    def _kind_of(self, code, **vals):
        return self.make_kind(
            lead_kind_id=self.env.ref(f"{XMLID}.organization_kind_{code}").id, **vals
        )

    # -- whose it is

    def test_a_village_does_the_visits_of_its_families(self):
        here, there = self.make_on_ledger(), self.make_on_ledger(self.village_b1)
        own = self.make_duty(self._visit_kind(), here.household_id)
        self.make_duty(self._visit_kind(), there.household_id)
        self.assertEqual(self._work("village").ids, own.ids)

    def test_what_is_somebody_elses_is_not_mine(self):
        cadre = self.make_user("cadre", "resident_cadre", self.village_a1)
        child = self.make_on_ledger()
        duty = self.make_duty(self._visit_kind(), child.household_id, user_id=cadre.id)
        self.assertEqual(self._work(cadre).ids, duty.ids)
        self.assertFalse(self._work("village"))
        self.assertEqual(self._work("village", mine=False).ids, duty.ids)

    def test_a_township_does_what_concerns_the_township(self):
        duty = self.make_duty(self.make_kind(), self.township_a)
        self.make_duty(self.make_kind(), self.township_b)
        visit = self.make_duty(self._visit_kind(), self.make_on_ledger().household_id)
        self.assertEqual(self._work("township").ids, duty.ids)
        self.assertEqual(len(self._work("township", mine=False)), 2)
        self.assertEqual(self._work("village").ids, visit.ids)

    def test_an_organisation_does_its_own_and_what_it_leads(self):
        health = self.make_organization("区卫健委", "health_authority", self.county)
        user = self.make_user("health", "health_officer", self.county, health)
        other = self.make_user(
            "justice2",
            "justice_officer",
            self.county,
            self.make_organization("区司法局", "justice_authority", self.county),
        )
        child = self.make_on_ledger()
        led = self.make_duty(self._kind_of("health_authority", subject_type="child"), child)
        own = self.make_duty(self.make_kind("organization"), health)
        wider = self.make_duty(
            self._kind_of("department", subject_type="township"), self.township_a
        )
        self.assertEqual(set(self._work(user).ids), {led.id, own.id, wider.id})
        self.assertEqual(self._work(other, mine=False).ids, wider.ids)

    def test_who_helps_meets_it_without_owning_it(self):
        kind = self.make_kind(
            "child",
            helper_ids=[
                (
                    0,
                    0,
                    {
                        "organization_kind_id": self.env.ref(
                            f"{XMLID}.organization_kind_hospital"
                        ).id
                    },
                )
            ],
        )
        hospital = self.make_organization("甲镇卫生院", "hospital", self.township_a)
        user = self.make_user("doctor", "health_officer", self.county, hospital)
        here = self.make_duty(kind, self.make_on_ledger())
        self.make_duty(kind, self.make_on_ledger(self.village_b1))
        self.assertEqual(self._work(user, mine=False).ids, here.ids)
        self.assertFalse(self._work(user))
        helped = self.env["lbc.work"].with_user(user).search([("is_helping", "=", True)])
        self.assertEqual((helped.ids, helped.is_helping, helped.is_mine), (here.ids, True, False))
        self.assertFalse(helped.search([("is_helping", "=", True), ("is_mine", "=", True)]))

    def test_who_leads_or_is_named_does_not_co_operate(self):
        committee = {"organization_kind_id": self.organization.kind_id.id}
        kind = self.make_kind("village", helper_ids=[(0, 0, committee)])
        self.make_duty(kind, self.village_a1)
        helped = self.env["lbc.work"].with_user(self.users["village"])
        self.assertEqual(self._work("village").kind_id, kind)
        self.assertFalse(helped.search([("is_helping", "=", True)]))
        kind.lead_kind_id = self.env.ref(f"{XMLID}.organization_kind_township")
        self.assertEqual(helped.search([("is_helping", "=", True)]).kind_id, kind)
        self.assertFalse(self._work("village"))

    def test_names_follow_the_data_group(self):
        health = self.make_organization("区卫健委", "health_authority", self.county)
        user = self.make_user("health", "health_officer", self.county, health)
        self.make_duty(
            self._kind_of("health_authority", subject_type="child"), self.make_on_ledger()
        )
        work = self._work(user)
        self.assertIn("张*丰", work.children_label)
        self.assertNotIn("张三丰", str(work.read()))
        with self.assertRaises(AccessError):
            work.read(["children_names"])

    def test_a_row_names_whom_it_concerns_and_who_leads(self):
        kind = self._kind_of("health_authority", subject_type="township")
        self.make_duty(kind, self.township_a)
        self.make_duty(self._visit_kind(), self.make_on_ledger().household_id)
        work = self._work("township", mine=False)
        family, place = work.filtered("household_id"), work.filtered("place_id")
        self.assertIn("张*丰", family.display_name)
        self.assertNotIn("张三丰", family.display_name)
        self.assertIn(self.township_a.name, place.display_name)
        self.assertEqual(place.lead_kind_id, kind.lead_kind_id)

    def test_a_school_meets_duties_of_its_own_children_only(self):
        kind = self._kind_of("school", subject_type="child")
        own = self.make_on_ledger(school_id=self.school.id)
        duty = self.make_duty(kind, own)
        self.make_duty(kind, self.make_on_ledger(name="别校学生"))
        self.assertEqual(self._work("school").ids, duty.ids)

    def test_without_the_function_nothing(self):
        for role in ("leader", "data_officer", "form_admin"):
            with self.assertRaises(AccessError):
                self._work(role)

    # -- order and steps

    def test_late_ones_first_grouped_by_urgency(self):
        child = self.make_on_ledger()
        for due, start in (
            ("2026-12-31", "2026-12-01"),
            ("2026-11-20", "2026-10-01"),
            ("2026-11-28", "2026-11-01"),
        ):
            self.make_duty(self._visit_kind(), child.household_id, due=due, start=start)
        work = self._work("village")
        self.assertEqual(work.mapped("urgency"), ["1_overdue", "2_week", "3_later"])
        self.assertEqual(work[0].days_late, 1)
        groups = work._read_group([("is_mine", "=", True)], ["urgency"], ["__count"])
        self.assertEqual(groups, [("1_overdue", 1), ("2_week", 1), ("3_later", 1)])

    def test_one_button_for_every_evidence(self):
        visit = self.make_duty(self._visit_kind(), self.make_on_ledger().household_id)
        session = self.make_duty(
            self.make_kind("village", evidence_model="lbc.activity"), self.village_a1
        )
        models = {one.id: one.action_fulfil()["res_model"] for one in self._work("village")}
        self.assertEqual(models, {visit.id: "lbc.visit", session.id: "lbc.activity"})
        self.assertEqual(set(self._work("village").mapped("can_fulfil")), {True})
        self.assertEqual(
            set(self._work("township_leader", mine=False).mapped("can_fulfil")), {False}
        )

    def test_the_button_of_all_duties_follows_the_kind(self):
        visit = self.make_duty(self._visit_kind(), self.make_on_ledger().household_id)
        session = self.make_duty(
            self.make_kind("village", evidence_model="lbc.activity"), self.village_a1
        )
        may = {
            role: [self.as_role(duty, role).can_fulfil for duty in (visit, session)]
            for role in ("village", "civil_affairs", "township_leader")
        }
        self.assertEqual(
            may,
            {
                "village": [True, True],
                "civil_affairs": [False, True],  # reads visits, enters none
                "township_leader": [False, False],
            },
        )
        session.write({"state": "done", "done_on": "2026-11-20"})
        self.assertFalse(self.as_role(session, "village").can_fulfil)

    def test_done_leaves_the_page(self):
        helper = {"organization_kind_id": self.organization.kind_id.id}
        kind = self.make_kind("village", evidence_model="lbc.activity", helper_ids=[(0, 0, helper)])
        self.make_duty(kind, self.village_a1)
        activity = self.env["lbc.activity"].with_user(self.users["village"])
        session = self.env.ref(f"{XMLID}.activity_kind_law_publicity")
        activity.create({"kind_id": session.id, "guardian_count": 3}).action_file()
        self.assertFalse(self._work("village", mine=False))

    def test_acknowledged_rests_and_comes_back(self):
        duty = self.make_duty(
            self.make_kind(), self.township_a, due="2026-11-10", start="2026-10-01"
        )
        leader = self.users["township_leader"]
        self.env["lbc.duty"]._cron_escalate()
        work = self._work(leader)
        self.assertEqual(work.ids, duty.ids)
        work.action_acknowledge()
        self.assertEqual(
            (duty.acknowledged_by_id, str(duty.acknowledged_on)), (leader, "2026-11-21")
        )
        self.assertFalse(self._work(leader))
        with freeze_time("2026-11-29"):
            self.assertEqual(self._work(leader).ids, duty.ids)

    def test_only_supervisors_acknowledge_and_only_what_is_late(self):
        duty = self.make_duty(self.make_kind(), self.township_a)
        with self.assertRaises(UserError):
            self.as_role(duty, "township").action_acknowledge()
        for role in ("village", "health"):
            with self.assertRaises(AccessError):
                self.as_role(duty, role).action_acknowledge()

    def test_supervisors_see_their_area_by_village_and_visitor(self):
        for area in (self.village_a1, self.village_a2, self.village_b1):
            self.make_duty(self._visit_kind(), self.make_on_ledger(area).household_id)
        rows = self.env["lbc.work"].with_user(self.users["township"])
        rows = rows._read_group([], ["area_id", "user_id"], ["__count"])
        self.assertEqual([row[0] for row in rows], [self.village_a1, self.village_a2])

    def test_the_page_asks_a_constant_number_of_questions(self):
        for _number in range(12):
            self.make_duty(self._visit_kind(), self.make_on_ledger().household_id)
        names = {
            "due_date": {},
            "kind_id": {"fields": {"display_name": {}}},
            "children_label": {},
            "can_fulfil": {},
            "urgency": {},
        }
        page = self.env["lbc.work"].with_user(self.users["village"])
        counts = []
        for limit in (2, 2, 12):
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.cr.sql_log_count
            page.web_search_read([("is_mine", "=", True)], names, limit=limit)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
