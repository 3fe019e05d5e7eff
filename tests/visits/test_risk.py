"""Risk by scorecard: who assesses, who puts in force, and what the level does (§B.11, §C.1.2 风险, §C.6 case 23)."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time

from ..common import XMLID, CareCase


class RiskCase(CareCase):
    roles = ("village", "township", "civil_affairs", "school", "form_admin", "provider", "health")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme = cls.env.ref(f"{XMLID}.risk_scheme_default")

    def answers(self, knock_out=None, **positions):
        """Return answers: the safest ones, but for items (by XML id) whose option is given by number."""
        found = {}
        for item in self.scheme.item_ids:
            none = item.option_ids.filtered("is_none")
            best = none or item.option_ids.sorted("points")[-1]
            found[str(item.id)] = best.ids
        for name, position in positions.items():
            item = self.env.ref(f"{XMLID}.risk_item_{name}")
            found[str(item.id)] = item.option_ids[position - 1].ids
        return found

    def assess(self, child, role="village", **positions):
        """Return a draft of the role with the safest answers, but for those given."""
        return (
            self.env["lbc.risk.assessment"]
            .with_user(self.users[role])
            .create({"child_id": child.id, "answers": self.answers(**positions)})
        )

    def put_in_force(self, child, **positions):
        """Return the child's assessment, handed in by the village and reviewed by the township."""
        assessment = self.assess(child, **positions)
        assessment.action_submit()
        self.as_role(assessment, "township").action_review()
        return assessment


MEDIUM = {"age": 1, "psychology": 2, "economy": 2, "body": 2, "parents": 2}
HIGH = {"age": 1, "body": 3, "economy": 3, "living": 1}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestRiskAssessment(RiskCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger()

    def test_score_and_level_follow_the_answers(self):
        for positions, level in (({}, "low"), (MEDIUM, "medium"), (HIGH, "high")):
            assessment = self.assess(self.child, **positions)
            self.assertEqual(assessment.proposed_level, level, assessment.score)
            self.assertFalse(assessment.missing)
        self.assertEqual(self.assess(self.child).score, 100)

    def test_a_knock_out_is_high_at_once_and_says_why(self):
        assessment = self.assess(self.child, care=1)
        self.assertEqual((assessment.score, assessment.level), (100, "high"))
        self.assertEqual(assessment.knock_outs, "无人监护或者独自居住")

    def test_score_and_level_are_shown_while_answering(self):
        assessments = self.env["lbc.risk.assessment"].with_user(self.users["village"])
        with Form(assessments.with_context(default_child_id=self.child.id)) as form:
            self.assertIn("年龄", form.missing)
            age = self.env.ref(f"{XMLID}.risk_item_age")
            form.answers = {str(age.id): age.option_ids[-1:].ids}
            self.assertNotIn("年龄", form.missing)
            self.assertEqual((form.score, form.proposed_level), (100, "low"))

    def test_what_is_missing_is_named(self):
        assessment = self.assess(self.child)
        answers = dict(assessment.answers)
        del answers[str(self.env.ref(f"{XMLID}.risk_item_living").id)]
        assessment.answers = answers
        assessment.is_relative = True
        with self.assertRaisesRegex(UserError, "居住环境隐患.*relative"):
            assessment.action_submit()

    def test_answers_of_another_card_are_refused(self):
        age = self.env.ref(f"{XMLID}.risk_item_age")
        living = self.env.ref(f"{XMLID}.risk_item_living")
        for wrong in (
            {str(age.id): age.option_ids.ids},
            {str(age.id): living.option_ids[:1].ids},
            {str(living.id): living.option_ids.ids},
            {"x": [1]},
            {str(age.id): age.option_ids[0].id},
            [1],
        ):
            with self.assertRaises(ValidationError):
                self.assess(self.child).answers = wrong

    def test_village_drafts_township_puts_in_force_level_follows(self):
        assessment = self.assess(self.child, **HIGH)
        with self.assertRaises(UserError):
            self.as_role(assessment, "township").action_review()
        assessment.action_submit()
        self.assertEqual((assessment.state, self.child.risk_level), ("to_review", False))
        with self.assertRaises(AccessError):
            assessment.action_review()
        self.as_role(assessment, "township").action_review()
        self.assertEqual((assessment.state, self.child.risk_level), ("in_force", "high"))
        self.assertEqual(assessment.reviewer_id, self.users["township"])

    def test_the_next_one_replaces_it(self):
        first = self.put_in_force(self.child, **HIGH)
        second = self.put_in_force(self.child)
        self.assertEqual((first.state, second.state), ("replaced", "in_force"))
        self.assertEqual(self.child.risk_level, "low")

    def test_nobody_reviews_what_he_assessed_himself(self):
        assessment = self.assess(self.child, "township", **HIGH)
        assessment.action_submit()
        self.assertFalse(assessment.can_review)
        with self.assertRaisesRegex(AccessError, "himself"):
            assessment.action_review()
        self.assertTrue(self.as_role(assessment, "civil_affairs").can_review)
        self.as_role(assessment, "civil_affairs").action_review()
        self.assertEqual(self.child.risk_level, "high")

    def test_who_hands_in_is_the_assessor(self):
        assessment = self.assess(self.child)
        self.as_role(assessment, "township").action_submit()
        with self.assertRaises(AccessError):
            self.as_role(assessment, "township").action_review()

    def test_a_relative_does_not_assess_alone(self):
        assessment = self.assess(self.child)
        assessment.is_relative = True
        with self.assertRaises(UserError):
            assessment.action_submit()
        assessment.participants = "驻村干部"
        assessment.action_submit()

    def test_the_township_returns_with_a_reason(self):
        assessment = self.assess(self.child)
        assessment.action_submit()
        township = self.as_role(assessment, "township")
        action = township.action_return()
        wizard = self.env["lbc.risk.return"].with_user(self.users["township"])
        wizard = wizard.with_context(**action["context"]).create({"reason": "隐患未核实"})
        wizard.action_return()
        self.assertEqual((assessment.state, assessment.return_reason), ("draft", "隐患未核实"))
        with self.assertRaises(UserError):
            township._return("再看")

    def test_what_was_handed_in_is_not_changed(self):
        assessment = self.assess(self.child)
        assessment.action_submit()
        for vals in ({"answers": self.answers(**HIGH)}, {"date": "2026-11-01"}):
            with self.assertRaises(UserError):
                assessment.write(vals)
            with self.assertRaises(UserError):
                self.as_role(assessment, "township").write(vals)
        with self.assertRaises(UserError):
            assessment.unlink()
        with self.assertRaises(AccessError):
            self.assess(self.child).write({"state": "in_force"})

    def test_a_draft_is_thrown_away(self):
        assessment = self.assess(self.child)
        assessment.unlink()
        self.assertFalse(assessment.exists())

    def test_the_future_is_not_assessed(self):
        assessment = self.assess(self.child)
        assessment.date = "2026-11-22"
        with self.assertRaisesRegex(UserError, "future"):
            assessment.action_submit()

    def test_other_villages_and_roles_neither_see_nor_assess(self):
        assessment = self.assess(self.child)
        other = self.make_user("other_village", "child_director", self.village_b1)
        with self.assertRaises(AccessError):
            assessment.with_user(other).read(["score"])
        with self.assertRaises(AccessError):
            assessment.with_user(other).create({"child_id": self.child.id})
        for role in ("school", "health"):
            with self.assertRaises(AccessError):
                self.as_role(assessment, role).write({"note": "改"})
        self.assertTrue(self.as_role(assessment, "health").score)

    def test_the_level_is_not_entered_by_hand(self):
        with self.assertRaises(AccessError):
            self.as_role(self.child, "township").risk_level = "high"

    def test_several_at_once_need_one_each(self):
        second = self.make_on_ledger()
        both = self.assess(self.child, **HIGH) | self.assess(second)
        both.action_submit()
        self.as_role(both, "township").action_review()
        self.assertEqual((self.child.risk_level, second.risk_level), ("high", "low"))
        twice = self.assess(self.child) | self.assess(self.child)
        twice.action_submit()
        with self.assertRaises(UserError):
            self.as_role(twice, "township").action_review()

    def test_the_page_continues_what_was_begun(self):
        child = self.as_role(self.child, "village")
        self.assertFalse(child.action_assess_risk()["res_id"])
        draft = self.assess(self.child)
        self.assertEqual(child.action_assess_risk()["res_id"], draft.id)

    def test_visits_are_planned_anew_when_the_level_changes(self):
        planned = []
        duties = self.env.registry["lbc.duty"]
        self.patch(duties, "_replan", lambda self, children, day=None: planned.append(children.ids))
        self.put_in_force(self.child, **HIGH)
        self.put_in_force(self.child, **HIGH)
        self.assertEqual(planned, [self.child.ids])


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestRiskOverride(RiskCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger()
        self.assessment = self.as_role(self.put_in_force(self.child), "township")
        self.override = {
            "override_level": "high",
            "override_reason": "父亲近日出狱返家",
            "override_until": "2026-12-31",
        }

    def test_it_needs_a_reason_and_an_end(self):
        for name, value in (
            ("override_reason", " "),
            ("override_until", False),
            ("override_until", "2027-12-31"),
        ):
            with self.assertRaises(ValidationError):
                self.assessment.write({**self.override, name: value})

    def test_the_township_sets_another_level_at_once(self):
        self.assessment.write(self.override)
        self.assertEqual((self.assessment.level, self.child.risk_level), ("high", "high"))
        self.assertEqual(self.assessment.proposed_level, "low")

    def test_the_village_does_not(self):
        with self.assertRaises(AccessError):
            self.as_role(self.assessment, "village").write(self.override)

    def test_it_ends_by_itself_and_the_visits_follow(self):
        self.assessment.write(self.override)
        cron = self.env["lbc.child"]
        with freeze_time("2026-12-31"):
            cron._cron_risk()
            self.assertEqual(self.child.risk_level, "high")
        planned = []
        duties = self.env.registry["lbc.duty"]
        self.patch(duties, "_replan", lambda self, children, day=None: planned.append(children.ids))
        with freeze_time("2027-01-01"):
            cron._cron_risk()
            self.assertEqual((self.assessment.level, self.child.risk_level), ("low", "low"))
            self.assertEqual(self.assessment.override_ended_on, date(2027, 1, 1))
            cron._cron_risk()
        self.assertEqual(planned, [self.child.ids])

    def test_it_ends_at_midnight_of_the_district(self):
        self.assessment.write(self.override)
        cron = self.env["lbc.child"].with_context(tz=False)
        for moment, level in (("2026-12-31 15:00", "high"), ("2026-12-31 18:00", "low")):
            with freeze_time(moment):
                cron._cron_risk()
            self.assertEqual(self.child.risk_level, level, moment)
        self.assertEqual(self.assessment.override_ended_on, date(2027, 1, 1))

    def test_every_district_has_its_own_midnight(self):
        self.assessment.write(self.override)
        self.profile.time_zone = "Asia/Kathmandu"
        with freeze_time(
            "2026-12-31 18:00"
        ):  # before midnight there, two in the morning in Beijing
            self.env["lbc.child"]._cron_risk()
        self.assertEqual(self.child.risk_level, "high")

    def test_what_was_replaced_keeps_its_level(self):
        self.assessment.write(self.override)
        self.put_in_force(self.child)
        self.assertEqual(self.assessment.state, "replaced")
        with freeze_time("2027-01-05"):
            self.env["lbc.child"]._cron_risk()
        self.assertEqual(self.assessment.level, "high")
        self.assertFalse(self.assessment.override_ended_on)

    def test_it_is_ended_by_hand_and_begun_again(self):
        self.assessment.write(self.override)
        self.assessment.action_end_override()
        self.assertEqual(self.child.risk_level, "low")
        self.assessment.write(self.override)
        self.assertEqual(
            (self.child.risk_level, self.assessment.override_ended_on), ("high", False)
        )

    def test_no_override_below_an_answer_that_makes_it_high(self):
        hard = self.as_role(self.put_in_force(self.child, care=2), "township")
        with self.assertRaisesRegex(ValidationError, "Correct the answer"):
            hard.write({**self.override, "override_level": "low"})

    def test_nor_by_setting_the_level_first_and_answering_then(self):
        draft = self.assess(self.make_on_ledger(), "township")
        draft.write({**self.override, "override_level": "low"})
        with self.assertRaisesRegex(ValidationError, "Correct the answer"):
            draft.answers = self.answers(care=2)

    def test_it_does_not_end_before_it_begins(self):
        with self.assertRaisesRegex(ValidationError, "Say until when"):
            self.assessment.write({**self.override, "override_until": "2026-11-20"})
        self.assessment.write({**self.override, "override_until": "2026-11-21"})

    def test_what_lapsed_meanwhile_is_no_hindrance(self):
        draft = self.assess(self.make_on_ledger())
        self.as_role(draft, "township").write(self.override)
        draft.action_submit()
        with freeze_time("2027-01-02"):
            self.env["lbc.risk.assessment"]._cron_overrides()
            self.as_role(draft, "township").action_review()
        self.assertEqual((draft.state, draft.level), ("in_force", "low"))

    def test_who_wrote_it_does_not_review_it_for_the_village(self):
        draft = self.assess(self.make_on_ledger(), "township")
        self.as_role(draft, "village").action_submit()
        self.assertFalse(self.as_role(draft, "township").can_review)
        with self.assertRaises(AccessError):
            self.as_role(draft, "township").action_review()
        self.as_role(draft, "civil_affairs").action_review()

    def test_many_end_with_as_many_statements_as_one(self):
        self.assessment.write(self.override)
        cron = self.env["lbc.risk.assessment"]
        counts = []
        for number in (1, 2, 12):
            for _one in range(number - 1):
                child = self.make_on_ledger()
                self.as_role(self.put_in_force(child), "township").write(self.override)
            self.env.flush_all()
            self.env["lbc.risk.assessment"].search([]).write({"override_ended_on": False})
            self.env.flush_all()
            with freeze_time("2027-01-02"):
                before = self.env.cr.sql_log_count
                cron._cron_overrides()
                counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])  # the first fills caches


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestRiskDuty(RiskCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger()
        self.kind = self.env.ref(f"{XMLID}.duty_kind_risk")
        self.kind.date_from = "2026-01-01"
        self.env["lbc.child"]._cron_risk()

    def duty(self):
        """Return the child's duty of assessment, made by the nightly job for this November."""
        self.profile.risk_months = "5,11"
        self.env["lbc.duty"]._cron_generate()
        return self.env["lbc.duty"].search(
            [("kind_id", "=", self.kind.id), ("child_id", "=", self.child.id)]
        )

    def test_the_first_assessment_is_due_in_the_districts_next_month(self):
        self.assertEqual(self.child.risk_month, date(2027, 3, 1))  # on the ledger since September
        duty = self.duty()
        self.assertEqual(self.child.risk_month, date(2026, 11, 1))
        self.assertEqual((duty.state, duty.due_date), ("open", date(2026, 11, 30)))

    def test_who_came_before_the_duty_is_not_late_for_years(self):
        self.kind.date_from = "2026-11-02"
        self.assertFalse(self.duty())
        self.env["lbc.child"]._cron_risk()
        self.assertEqual(self.child.risk_month, date(2027, 5, 1))

    def test_handing_in_resolves_the_duty_and_moves_the_month(self):
        duty = self.duty()
        assessment = self.assess(self.child)
        assessment.action_submit()
        self.assertEqual((duty.state, duty.done_on), ("done", date(2026, 11, 21)))
        self.assertEqual(duty.evidence_id, assessment.id)
        self.assertEqual(self.child.risk_month, date(2027, 5, 1))
        self.assertEqual(assessment.next_due_date, date(2027, 5, 31))
        self.env["lbc.duty"]._cron_generate()
        self.assertEqual(duty.state, "done")

    def test_who_was_just_assessed_is_not_due(self):
        self.assess(self.child).action_submit()
        self.assertFalse(self.duty())
        self.assertEqual(self.child.risk_month, date(2027, 5, 1))

    def test_returning_opens_the_duty_again(self):
        duty = self.duty()
        assessment = self.assess(self.child)
        assessment.action_submit()
        self.as_role(assessment, "township")._return("隐患未核实")
        self.assertEqual(duty.state, "open")
        self.assertEqual(self.child.risk_month, date(2026, 11, 1))

    def test_my_work_opens_the_scorecard(self):
        action = self.as_role(self.duty(), "village").action_fulfil()
        self.assertEqual(action["res_model"], "lbc.risk.assessment")
        self.assertEqual(action["context"]["default_child_id"], self.child.id)


@tagged("post_install", "-at_install")
class TestRiskScheme(RiskCase):
    def draft(self):
        """Return a new version of the shipped scorecard, for the county of the forms' administrator."""
        action = self.as_role(self.scheme, "form_admin").action_new_version()
        return (
            self.env["lbc.risk.scheme"].with_user(self.users["form_admin"]).browse(action["res_id"])
        )

    def test_a_published_scorecard_is_not_changed(self):
        for record, vals in (
            (self.scheme, {"low_from": 60}),
            (self.scheme.item_ids[0], {"points": 5}),
            (self.scheme.item_ids[0].option_ids[0], {"points": 5}),
        ):
            with self.assertRaises(UserError):
                record.write(vals)
            with self.assertRaises(UserError):
                record.unlink()
        with self.assertRaises(UserError):
            self.env["lbc.risk.option"].create(
                {"item_id": self.scheme.item_ids[0].id, "name": "又一项"}
            )
        with self.assertRaises(UserError):  # nobody says so from outside
            self.scheme.with_context(lbc_risk_step=True, install_mode=True).with_user(
                self.users["form_admin"]
            ).write({"low_from": 60})

    def test_a_new_version_is_a_copy_for_the_county(self):
        draft = self.draft()
        self.assertEqual((draft.version, draft.state, draft.county_id), (2, "draft", self.county))
        self.assertEqual(len(draft.item_ids.option_ids), len(self.scheme.item_ids.option_ids))
        draft.low_from = 80
        draft.action_publish()
        of_county = self.env["lbc.risk.scheme"]._for_county(self.county)
        self.assertEqual(
            (draft.state, self.scheme.state, of_county), ("in_force", "in_force", draft)
        )

    def test_the_next_version_replaces_the_countys_own(self):
        first, second = self.draft(), self.draft()
        first.action_publish()
        second.action_publish()
        self.assertEqual((first.state, second.state), ("replaced", "in_force"))

    def test_assessments_keep_the_version_they_were_made_with(self):
        child = self.make_on_ledger()
        before = self.assess(child)
        self.draft().action_publish()
        self.assertEqual(before.scheme_id, self.scheme)
        after = self.env["lbc.risk.assessment"].create({"child_id": child.id})
        self.assertEqual(after.scheme_id.version, 2)

    def test_what_cannot_be_answered_is_not_published(self):
        draft = self.draft()
        item = draft.item_ids[:1]
        item.option_ids[1:].unlink()
        with self.assertRaisesRegex(UserError, "two answers"):
            draft.action_publish()
        item.unlink()
        draft.item_ids.filtered("several")[:1].option_ids.filtered("is_none").unlink()
        with self.assertRaisesRegex(UserError, "none applies"):
            draft.action_publish()
        draft.item_ids.unlink()
        with self.assertRaisesRegex(UserError, "Add items"):
            draft.action_publish()

    def test_nobody_else_keeps_scorecards(self):
        for role in ("village", "township"):
            with self.assertRaises(AccessError):
                self.as_role(self.scheme, role).action_new_version()
            with self.assertRaises(AccessError):
                self.env["lbc.risk.scheme"].with_user(self.users[role]).create({"name": "试"})
