"""Duties follow when families move, divisions merge, kinds change, days are corrected and nights fall."""

from datetime import date

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import XMLID
from .common import DutyCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestChanges(DutyCase):
    roles = ("village", "township", "township_leader", "civil_affairs", "form_admin")

    def _night(self, day="2026-11-21"):
        with freeze_time(day):
            self.env["lbc.duty"]._cron_generate()

    def _kind(self, **vals):
        kinds = self.env["lbc.duty.kind"].with_user(self.users["form_admin"])
        values = {"name": "Kind", "subject_type": "child", "period": "quarter"}
        proof = {"evidence_model": "lbc.activity"}
        return kinds.create({**values, **proof, **vals}).with_env(self.env)

    def _duties(self, kind, **words):
        domain = [("kind_id", "=", kind.id), *((name, "=", value) for name, value in words.items())]
        return self.env["lbc.duty"].search(domain, order="slot_start, id")

    def _visits(self, home, **words):
        kind = self.env.ref(f"{XMLID}.duty_kind_monthly_visit")
        return self._duties(kind, household_id=home.id, **words)

    def _visit(self, home, **vals):
        values = {
            "household_id": home.id,
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

    def _activity(self, **vals):
        kind = self.env.ref(f"{XMLID}.activity_kind_law_publicity")
        values = {"kind_id": kind.id, "guardian_count": 3, "minutes": 60, **vals}
        activity = self.env["lbc.activity"].with_user(self.users["village"]).create(values)
        activity.action_file()
        return activity

    # -- evidence

    def test_one_activity_for_siblings_resolves_one_duty(self):
        child = self.make_on_ledger()
        other = self.make_on_ledger(name="张小弟", household_id=child.household_id.id)
        kind = self._kind(
            subject_type="household", evidence_model="lbc.activity", date_from="2026-01-01"
        )
        past = self.make_duty(kind, child.household_id, due="2026-09-30", start="2026-07-01")
        present = self.make_duty(kind, child.household_id, due="2026-12-31", start="2026-10-01")
        self._activity(child_ids=[(6, 0, (child | other).ids)])
        self.assertEqual((past.state, present.state), ("open", "done"))

    def test_a_duty_taken_back_has_the_deadline_of_the_present_plan(self):
        child = self.make_on_ledger()
        self._night()
        duty = self._visits(child.household_id)
        visit = self._visit(child.household_id)
        child.risk_level = "high"
        self.env["lbc.duty"]._replan(child)
        self.assertEqual((duty.state, duty.due_date), ("done", date(2026, 11, 30)))
        visit._withdraw("误填")
        self.assertEqual(duty.state, "open")
        self.assertLess(duty.due_date, date(2026, 11, 30))

    # -- families

    def test_two_families_become_one_by_one_write(self):
        children = self.make_on_ledger() | self.make_on_ledger()
        self._night()
        old, new = (
            children.household_id,
            self.env["lbc.household"].create({"area_id": self.village_a1.id}),
        )
        first, second = (old[0].duty_ids | old[1].duty_ids).sorted("id")
        children.write({"household_id": new.id})
        self.assertEqual(self._visits(new), first)
        self.assertEqual((second.state, second.cancel_reason), ("cancelled", "moved"))

    def test_who_moves_in_sets_the_pace(self):
        calm, risky = self.make_on_ledger(), self.make_on_ledger()
        risky.risk_level = "high"
        self._night()
        home = calm.household_id
        self.assertEqual(self._visits(home).due_date, date(2026, 11, 30))
        risky.household_id = home
        self.assertGreater(len(self._visits(home, state="open")), 1)
        self.assertLess(self._visits(home, state="open")[0].due_date, date(2026, 11, 30))

    def test_who_moves_out_leaves_the_others_pace(self):
        calm = self.make_on_ledger()
        risky = self.make_on_ledger(name="张小弟", household_id=calm.household_id.id)
        risky.risk_level = "high"
        self._night("2026-11-01")
        home = calm.household_id
        before = len(self._visits(home, state="open"))
        risky.household_id = self.env["lbc.household"].create({"area_id": self.village_a1.id})
        self.assertLess(len(self._visits(home, state="open")), before)

    def test_a_home_that_is_empty_owes_nothing_when_a_visit_is_withdrawn(self):
        child = self.make_on_ledger()
        self._night()
        home = child.household_id
        duty, visit = self._visits(home), self._visit(home)
        child.household_id = self.env["lbc.household"].create({"area_id": self.village_a1.id})
        visit._withdraw("误填")
        self.assertEqual((duty.state, duty.cancel_reason), ("cancelled", "left"))

    def test_the_childrens_own_duties_move_in_one_statement(self):
        children = self.env["lbc.child"].concat(*(self.make_on_ledger() for _one in range(3)))
        duties = [self.make_duty(self._kind(), child) for child in children]
        self.env["lbc.duty"]._take_keys("child_id", children.ids)
        with self.assertQueryCount(1):
            self.env["lbc.duty"]._take_keys("child_id", children.ids)
        children.write({"area_id": self.village_b1.id})
        for duty in duties:
            self.assertEqual((duty.area_id, duty.township_id), (self.village_b1, self.township_b))

    def test_what_is_overdue_follows_the_child_and_is_settled_where_it_lives(self):
        child, there = self.make_on_ledger(), self.village_b1
        duty = self.make_duty(self._kind(), child, due="2026-11-20", start="2026-10-01")
        child.write({"area_id": there.id})
        self.assertEqual((duty.area_id, duty.township_id), (there, self.township_b))
        director = self.make_user("director_b1", "child_director", there)
        activity = self.env["lbc.activity"].with_user(director)
        session = self.env.ref(f"{XMLID}.activity_kind_vaccination")
        activity = activity.create({"kind_id": session.id, "child_ids": [(6, 0, child.ids)]})
        activity.action_file()
        self.assertEqual((duty.state, duty.is_late), ("done", True))

    def test_the_old_place_reads_its_done_duties_without_the_name_of_who_moved_away(self):
        child = self.make_on_ledger()
        duty = self.make_duty(
            self._kind(),
            child,
            due="2026-11-20",
            start="2026-10-01",
            state="done",
            done_on="2026-11-02",
        )
        self.env.flush_all()
        child.write({"area_id": self.village_b1.id})
        names = ("display_name", "children_label", "children_names", "address")
        for role in ("village", "township"):
            for asked in (names, names[:2], names[2:], names[::-1]):
                self.env.invalidate_all()
                rows = self.env["lbc.duty"].with_user(self.users[role])
                [row] = rows.search_read([("id", "=", duty.id)], list(asked))
                self.assertNotIn(child.name, str(row))
                if "children_label" in asked:
                    self.assertEqual(row["children_label"], child.file_number)

    def test_an_archived_category_sets_no_pace(self):
        self.profile.key_visit_interval_days = 7
        tag = self.env["lbc.key.tag"].create({"name": "试", "code": "try", "is_key": True})
        child = self.make_on_ledger()
        child.tag_ids = tag
        tag.active = False
        self._night("2026-11-01")
        self.assertEqual(len(self._visits(child.household_id)), 1)

    # -- places

    def test_open_duties_follow_a_merged_township(self):
        child = self.make_on_ledger(self.village_b1)
        self._night()
        duty = self._visits(child.household_id)
        done = self.make_duty(
            self._kind(), child, state="done", done_on="2026-11-03", township_id=self.township_b.id
        )
        self.township_b._merge_into(self.township_a, date(2026, 11, 20))
        self.assertEqual((duty.area_id, duty.township_id), (self.village_b1, self.township_a))
        self.assertEqual(done.township_id, self.township_b)
        self.assertTrue(self.as_role(duty, "township").has_access("read"))

    def test_places_that_have_ended_owe_what_is_due_until_then(self):
        kind = self._kind(subject_type="village")
        self._night()
        merged, closing = self.village_a2, self.village_b2
        merged._merge_into(self.village_a1, date(2026, 11, 20))
        closing.valid_to = "2026-12-31"
        self._night("2026-11-22")
        states = {duty.place_id: duty.state for duty in self._duties(kind)}
        self.assertEqual((states[merged], states[closing]), ("cancelled", "open"))
        self.assertEqual(states[self.village_a1], "open")

    # -- kinds

    def test_who_no_longer_meets_the_condition_owes_nothing(self):
        boy = self.make_on_ledger(
            no_id_reason="未登记户口", id_number=False, sex="male", birth_date="2016-08-18"
        )
        kind = self._kind(subject_domain="[('sex', '=', 'male')]")
        self._night()
        duty = self._duties(kind)
        self.assertEqual(duty.child_id, boy)
        boy.sex = "female"
        self._night("2026-11-22")
        self.assertEqual((duty.state, duty.cancel_reason), ("cancelled", "kind"))
        boy.sex = "male"
        self._night("2026-11-23")
        self.assertEqual(duty.state, "open")

    def test_other_days_of_a_kind_hold_for_what_lies_ahead(self):
        self.make_on_ledger()
        kind = self._kind(date_from="2026-07-01")
        with freeze_time("2026-09-20"):
            self._night("2026-09-20")
        self._night()
        past, ahead = self._duties(kind)
        kind.with_user(self.users["form_admin"]).write(
            {"due_rule": "month_day", "due_value": 15, "early_days": 10}
        )
        self.assertEqual(
            (ahead.window_start, ahead.due_date), (date(2026, 9, 21), date(2026, 12, 15))
        )
        self.assertEqual(past.due_date, date(2026, 9, 30))
        kind.write({"due_rule": "after_start", "due_value": 20})
        self.assertEqual(ahead.due_date, date(2026, 11, 21))  # never late by a change

    def test_a_parameter_of_the_profile_moves_the_days_ahead(self):
        self.make_on_ledger()
        kind = self._kind(due_rule="after_start", due_parameter="key_visit_interval_days")
        self.profile.key_visit_interval_days = 60
        self._night()
        duty = self._duties(kind)
        self.assertEqual(duty.due_date, date(2026, 11, 30))
        self.as_role(self.profile, "civil_affairs").sudo().key_visit_interval_days = 70
        self.assertEqual(duty.due_date, date(2026, 12, 10))

    def test_evidence_that_is_accepted_later_proves_what_is_open(self):
        child = self.make_on_ledger()
        kind = self._kind()
        self._night()
        self._visit(child.household_id)
        duty = self._duties(kind)
        self.assertEqual(duty.state, "open")
        kind.with_user(self.users["form_admin"]).write(
            {"evidence_model": "lbc.visit", "evidence_date": "lbc.visit:date"}
        )
        self.assertEqual(duty.state, "done")

    def test_what_comes_back_with_its_kind_is_proved_by_what_was_filed_meanwhile(self):
        child = self.make_on_ledger()
        kind = self._kind(evidence_model="lbc.visit", evidence_date="lbc.visit:date")
        self._night()
        duty = self._duties(kind)
        kind.active = False
        self._visit(child.household_id)
        self.assertEqual(duty.state, "cancelled")
        kind.active = True
        self.assertEqual(duty.state, "done")

    # -- events

    def test_a_day_put_back_brings_its_duty_back(self):
        kind = self._kind(
            period="event",
            event_date="child:date_entry",
            due_rule="after_start",
            due_value=30,
            date_from="2026-11-01",
        )
        child = self.make_on_ledger(day="2026-11-10")
        self._night()
        first = self._duties(kind)
        for day in ("2026-11-12", "2026-11-10"):
            child.episode_id.date_entry = day
            self._night()
        self.assertEqual(self._duties(kind, state="open"), first)

    def test_overdue_work_does_not_vanish_with_the_plan(self):
        child = self.make_on_ledger(day="2026-08-01")
        kind = self.env.ref(f"{XMLID}.duty_kind_risk")
        kind.date_from = "2026-08-01"
        self.profile.risk_months = "3,9"
        self.env["lbc.child"]._cron_risk()
        self._night("2026-09-05")
        duty = self._duties(kind, child_id=child.id)
        self.assertEqual(duty.slot_start, date(2026, 9, 1))
        self.profile.risk_months = "4,10"
        self._night()
        self.assertEqual(duty.state, "open")

    # -- nights

    def test_the_night_has_the_districts_day(self):
        second = self.make_user("second", "child_director", self.village_a2)
        child = self.make_on_ledger()
        self._night()
        duty = self._visits(child.household_id)
        director = self.users["village"]
        self.assertEqual((duty.user_id, duty.due_date), (director, date(2026, 11, 30)))
        self.env["lbc.leave"].with_user(self.users["township"]).create(
            {
                "posting_id": director.lbc_posting_ids.id,
                "substitute_id": second.id,
                "date_from": "2026-12-01",
                "date_to": "2026-12-05",
            }
        )
        step = duty.kind_id.step_ids.filtered(lambda one: one.whom != "visitor")[0]
        step.days = 1
        root = self.env["lbc.duty"].with_user(self.env.ref("base.user_root"))
        with freeze_time("2026-11-30 18:00:00"):  # two o'clock at night, on the first of December
            root.with_context(tz=False)._cron_escalate()
        duty.invalidate_recordset()
        self.assertEqual(duty.user_id, second)
        self.assertTrue(duty.escalation_level)

    def test_what_is_handed_over_or_taken_back_is_news_once(self):
        kind = self._kind(subject_type="household")
        child = self.make_on_ledger()
        duty = self.make_duty(kind, child.household_id, due="2026-11-25")
        self.env["lbc.duty"]._assign_users([("id", "=", duty.id)])
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE lbc_duty SET create_date = '2026-11-01' WHERE id = %s", [duty.id]
        )
        second = self.make_user("second", "child_director", self.village_a1)

        def told(day):
            with freeze_time(day):
                known = self.env["mail.message"].search([])
                self.env["lbc.duty"]._cron_escalate()
                return (self.env["mail.message"].search([]) - known).partner_ids.user_ids

        self.assertIn(self.users["village"], told("2026-11-21"))
        child.household_id.visitor_id = second  # after today's digest
        self.assertEqual(duty.user_id, second)
        self.assertFalse(told("2026-11-21"))
        self.assertEqual(told("2026-11-22"), second)
        self.assertFalse(told("2026-11-23"))
        with freeze_time("2026-11-23"):
            duty.write({"state": "done", "done_on": "2026-11-23"})
            duty._reopen()
        self.assertEqual(told("2026-11-24"), second)
        self.assertFalse(told("2026-11-24"))
