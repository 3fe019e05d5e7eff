"""Duties of every period and subject follow from their kinds alone, on time, late or twice (B-3.1d, L-1g)."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time
from odoo.tools import mute_logger

from ..common import XMLID, CareCase

FAILURES = "odoo.addons.left_behind_children.models.duties.duty_failure"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestKinds(CareCase):
    roles = ("village", "township", "civil_affairs", "form_admin")

    def _kind(self, **vals):
        kinds = self.env["lbc.duty.kind"].with_user(self.users["form_admin"])
        values = {"name": "Kind", "subject_type": "child", "evidence_model": "lbc.activity"}
        return kinds.create({**values, "period": "year", **vals})

    def _night(self, day="2026-11-21"):
        with freeze_time(day):
            self.env["lbc.duty"]._cron_generate()

    def _duties(self, kind, **states):
        domain = [("kind_id", "=", kind.id), ("state", "!=", "cancelled")]
        return self.env["lbc.duty"].search(domain, order="slot_start, id")

    def _visit(self, household, **vals):
        values = {
            "household_id": household.id,
            "met_carer": True,
            "family_note": "家中平安",
            "care_quality": "good",
            "schooling": "attending",
            "danger": "no",
            **vals,
        }
        visit = self.env["lbc.visit"].with_user(self.users["village"]).create(values)
        visit.action_submit()
        return visit

    def test_each_township_once_a_quarter(self):
        kind = self._kind(subject_type="township", period="quarter", name="法治宣传")
        self._night()
        self._night()
        duties = self._duties(kind)
        self.assertEqual(duties.place_id, self.township_a | self.township_b)
        self.assertEqual(duties.township_id, self.township_a | self.township_b)
        self.assertEqual(set(duties.mapped("due_date")), {date(2026, 12, 31)})
        own = duties.with_user(self.users["township"]).search([("kind_id", "=", kind.id)])
        self.assertEqual(own.place_id, self.township_a)

    def test_each_child_once_a_year_and_who_enters_later(self):
        first = self.make_on_ledger()
        kind = self._kind(due_rule="month_day", due_value=15)
        self._night()
        second = self.make_on_ledger(day="2026-11-21")
        self._night("2026-11-22")
        duties = self._duties(kind)
        self.assertEqual(duties.child_id, first | second)
        self.assertEqual(set(duties.mapped("due_date")), {date(2026, 12, 15)})

    def test_organisations_of_one_kind(self):
        kind = self._kind(
            subject_type="organization",
            period="school_year",
            subject_domain="[('kind_code', '=', 'school')]",
        )
        self._night()
        duty = self._duties(kind)
        self.assertEqual(duty.organization_id, self.school)
        self.assertEqual((duty.slot_start, duty.due_date), (date(2026, 9, 1), date(2027, 8, 31)))

    def test_days_come_from_the_profile(self):
        kind = self._kind(
            subject_type="village",
            period="quarter",
            due_rule="month_day",
            due_parameter="quarter_cutoff_day",
        )
        self.profile.quarter_cutoff_day = 20
        self._night()
        self.assertEqual(set(self._duties(kind).mapped("due_date")), {date(2026, 12, 20)})

    def test_kinds_hold_where_the_profile_is_based_on_the_preset(self):
        banan = self.env.ref(f"{XMLID}.profile_banan_2016")
        kind = self._kind(subject_type="township", profile_ids=[(6, 0, banan.ids)])
        self._night()
        self.assertFalse(self._duties(kind))
        self.profile.based_on_id = banan
        self._night()
        self.assertEqual(len(self._duties(kind)), 2)

    def test_an_event_sets_a_duty_off_and_a_correction_moves_it(self):
        kind = self._kind(
            period="event",
            event_date="child:date_entry",
            due_rule="after_start",
            due_value=30,
            date_from="2026-11-01",
        )
        self.make_on_ledger(day="2026-10-05")
        child = self.make_on_ledger(day="2026-11-10")
        self._night()
        duty = self._duties(kind)
        self.assertEqual((duty.child_id, duty.due_date), (child, date(2026, 12, 10)))
        child.episode_id.date_entry = "2026-11-12"
        self._night()
        self.assertEqual(self._duties(kind).slot_start, date(2026, 11, 12))
        self.assertEqual((duty.state, duty.cancel_reason), ("cancelled", "event"))

    def test_a_kind_that_fails_stops_no_other_one(self):
        child = self.make_on_ledger()
        bad, good = self._kind(name="Broken"), self._kind()
        self.env.flush_all()
        self.cr.execute(
            "UPDATE lbc_duty_kind SET subject_domain = %s WHERE id = %s",
            ["[('date_entry', '>', 5)]", bad.id],
        )
        self.env.invalidate_all()
        with mute_logger("odoo.sql_db", FAILURES), self.assertLogs(FAILURES, "ERROR"):
            self._night()
        self.assertEqual(self._duties(good).child_id, child)
        self.assertTrue(child.household_id.duty_ids)
        keeper = self.users["form_admin"].partner_id
        told = self.env["mail.message"].search(
            [("partner_ids", "in", keeper.ids), ("body", "ilike", bad.name)]
        )
        self.assertEqual(len(told), 1)
        bad.subject_domain = False
        self._night("2027-01-05")
        years = [duty.slot_start.year for duty in self._duties(bad)]
        self.assertEqual(years[-1], 2027)

    def test_missed_periods_are_caught_up_from_who_was_there(self):
        kind = self._kind(period="month")
        with freeze_time("2026-08-20"):
            kind.date_from = "2026-08-01"
            stays, leaves = (
                self.make_on_ledger(day="2026-08-01"),
                self.make_on_ledger(self.village_b1, day="2026-08-01"),
            )
            self._night("2026-08-20")
        leaves._propose_exit("other", date(2026, 10, 10), "x")
        leaves.action_confirm_exit()
        self._night()
        months = {
            child: [duty.slot_start.month for duty in self._duties(kind) if duty.child_id == child]
            for child in (stays, leaves)
        }
        self.assertEqual(months, {stays: [8, 9, 10, 11], leaves: [8, 9]})

    def test_what_was_filed_before_the_kind_existed_proves_it(self):
        child = self.make_on_ledger()
        self._visit(child.household_id, date="2026-11-20")
        kind = self._kind(evidence_model="lbc.visit", evidence_date="lbc.visit:date")
        self._night()
        self.assertEqual(self._duties(kind).done_on, date(2026, 11, 20))

    def test_conditions_on_the_evidence(self):
        child = self.make_on_ledger()
        kind = self._kind(
            evidence_model="lbc.visit", evidence_domain="[('channel', '=', 'school')]"
        )
        self._night()
        self._visit(child.household_id)
        self.assertEqual(self._duties(kind).state, "open")
        visit = self._visit(child.household_id, channel="school")
        self.assertEqual(self._duties(kind).state, "done")
        visit._withdraw("误填")
        self.assertEqual(self._duties(kind).state, "open")

    def test_another_visit_takes_the_place_of_one_withdrawn(self):
        child = self.make_on_ledger()
        self._night()
        first, second = (self._visit(child.household_id) for _serial in range(2))
        duty = child.household_id.duty_ids
        self.assertEqual(duty.evidence_id, first.id)
        first._withdraw("误填")
        self.assertEqual((duty.state, duty.evidence_id), ("done", second.id))

    def test_archiving_a_kind_cancels_what_lies_ahead_and_back(self):
        kind = self._kind(subject_type="township", period="quarter")
        self._night()
        duties = self._duties(kind)
        kind.active = False
        self.assertEqual(set(duties.mapped("cancel_reason")), {"kind"})
        kind.active = True
        self.assertEqual(set(duties.mapped("state")), {"open"})

    def test_what_duties_are_made_of_is_not_changed_under_them(self):
        kind = self._kind(subject_type="township", period="quarter")
        kind.period = "year"
        self._night()
        with self.assertRaisesRegex(UserError, "Archive"):
            kind.period = "quarter"

    def test_the_visitor_is_the_households_or_the_villages(self):
        child = self.make_on_ledger()
        self._night()
        duty = child.household_id.duty_ids
        self.assertEqual(duty.user_id, self.users["village"])
        other = self.make_user("other", "child_director", self.village_a1)
        self.assertFalse(duty.user_id)
        self.as_role(child.household_id, "township").visitor_id = other
        self.assertEqual(duty.user_id, other)

    def test_visitors_are_named_by_supervisors_and_work_there(self):
        household = self.make_on_ledger().household_id
        with self.assertRaises(AccessError):
            self.as_role(household, "village").visitor_id = self.users["village"]
        with self.assertRaises(AccessError):
            self.as_role(household, "village").create(
                {"area_id": self.village_a1.id, "visitor_id": self.users["village"].id}
            )
        elsewhere = self.make_user("elsewhere", "child_director", self.village_b1)
        for user in (elsewhere, self.users["form_admin"], self.env.ref("base.public_user")):
            with self.assertRaisesRegex(ValidationError, "does not visit"), self.cr.savepoint():
                self.as_role(household, "township").visitor_id = user
        for post, area in (("child_director", self.village_a1), ("social_worker", None)):
            user = self.make_user(post, post, area)
            self.as_role(household, "township").visitor_id = user
            self.assertEqual(household.visitor_id, user)

    def test_a_visitor_stays_behind_when_the_household_moves(self):
        household = self.env["lbc.household"].create({"area_id": self.village_a1.id})
        household.visitor_id = self.users["village"]
        household.area_id = self.village_a2
        self.assertFalse(household.visitor_id)

    def test_the_page_tells_how_many_would_be_due(self):
        self.make_on_ledger()
        texts = {}
        for role in ("civil_affairs", "form_admin"):
            form = Form(self.env["lbc.duty.kind"].with_user(self.users[role]))
            form.name, form.subject_type, form.period = "接种", "child", "year"
            form.evidence_model = "lbc.activity"
            texts[role] = form.preview
            form.save()
        self.assertIn("1 duties", texts["civil_affairs"])
        self.assertIn("fewer than 10", texts["form_admin"])

    def test_who_keeps_kinds_learns_no_number(self):
        for _serial in range(12):
            self.make_on_ledger()
        kind = self._kind()
        self.assertIn("10 duties or more", kind.preview)
        self.assertFalse(self.as_role(kind, "village").preview)

    def test_statements_do_not_grow_with_the_district(self):
        for more in (6, 12):
            for _serial in range(more):
                self.make_on_ledger()
            if more == 6:
                self._kind(period="month")
            self._night()
            self.env.flush_all()
            with self.assertQueryCount(151):  # fourteen kinds, guardians of today
                self.env["lbc.duty"]._cron_generate()
        children = self.env["lbc.child"].search([("state", "=", "on_ledger")])
        children.risk_level = "high"
        self.env.flush_all()
        with self.assertQueryCount(19):
            self.env["lbc.duty"]._replan(children)
        self.assertEqual(len(children[0].household_id.duty_ids), 2)
