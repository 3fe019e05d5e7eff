"""What the township does with a filed visit: review, return, withdraw; take up a danger (§C.1.2, §B.4)."""

import contextlib

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .common import COMPLETE, VisitCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestVisitReview(VisitCase):
    def _decide(self, visit, role, decision, reason="请补充照料人的说法"):
        wizards = self.env["lbc.visit.decide"].with_user(self.users[role])
        wizards = wizards.with_context(active_model="lbc.visit", active_ids=visit.ids)
        wizards.create({"decision": decision, "reason": reason}).action_decide()

    def test_the_township_reviews(self):
        duty, visit = self.plan(), self.filed()
        visit.with_user(self.users["township"]).action_review()
        self.assertEqual((visit.state, visit.reviewed_by_id), ("reviewed", self.users["township"]))
        self.assertEqual(duty.state, "done")
        self.assertEqual(self.as_role(self.child, "village").visit_count, 1)

    def test_nobody_else_reviews(self):
        visit = self.filed()
        for role in ("village", "provider", "education"):
            with self.assertRaises(AccessError, msg=role):
                visit.with_user(self.users[role]).action_review()
        elsewhere = self.make_user("township_b", "child_supervisor", self.township_b)
        with self.assertRaises(AccessError):
            visit.with_user(elsewhere).action_review()

    def test_nobody_reviews_his_own_visit(self):
        visit = self.filed("township")
        with self.assertRaisesRegex(UserError, "own visit"):
            visit.action_review()
        visit.with_user(self.users["civil_affairs"]).action_review()
        self.assertEqual(visit.state, "reviewed")

    def test_a_returned_visit_proves_nothing_until_it_is_filed_again(self):
        duty, visit = self.plan(), self.filed()
        self._decide(visit, "township", "return")
        self.assertEqual((visit.state, duty.state), ("returned", "open"))
        self.assertEqual(visit.return_reason, "请补充照料人的说法")
        self.assertEqual(visit.sudo().activity_ids.user_id, self.users["village"])
        visit.guardianship_note = "奶奶说一切正常"
        visit.action_submit()
        self.assertEqual((visit.state, duty.state), ("submitted", "done"))
        self.assertFalse(visit.sudo().activity_ids)

    def test_a_corrected_visit_is_not_late_because_it_was_sent_back(self):
        with freeze_time("2026-11-10"):
            visit = self.filed()
        self._decide(visit, "township", "return")
        visit.action_submit()
        self.assertFalse(visit.entered_late)

    def test_a_step_back_asks_for_a_reason(self):
        visit = self.filed()
        with self.assertRaisesRegex(UserError, "Say why"):
            self._decide(visit, "township", "return", " ")
        with self.assertRaises(AccessError):
            self._decide(visit, "village", "return")

    def test_another_visitors_visit_is_withdrawn_by_the_township(self):
        colleague = self.make_user("colleague", "child_director", self.village_a1)
        duty, visit = self.plan(), self.filed()
        with self.assertRaises(AccessError):
            visit.with_user(colleague)._withdraw("填错")
        self._decide(visit, "township", "withdraw")
        self.assertEqual((visit.state, duty.state), ("withdrawn", "open"))

    def test_a_second_visit_proves_what_the_withdrawn_one_had_proved(self):
        duty, first, second = self.plan(), self.filed(date="2026-11-18"), self.filed()
        self.assertEqual(duty.evidence_id, first.id)
        self._decide(first, "village", "withdraw")
        self.assertEqual((duty.state, duty.evidence_id), ("done", second.id))


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestDanger(VisitCase):
    danger = {"danger": "yes", "danger_note": "孩子身上有伤，张三丰说是叔叔打的"}

    def _acknowledge(self, visit, role="township", measures="已联系派出所，孩子在镇卫生院"):
        visit.with_user(self.users[role])._acknowledge_danger(measures)

    def test_a_draft_is_enough_to_tell_township_and_civil_affairs(self):
        visit = self.draft(**self.danger)
        told = visit.sudo().activity_ids
        self.assertEqual(told.user_id, self.users["township"] | self.users["civil_affairs"])
        self.assertEqual((visit.state, visit.danger_state), ("draft", "alarm"))

    def test_the_alarm_names_nobody(self):
        visit = self.draft(**self.danger)
        mails = self.env["mail.message"].search([("model", "=", "lbc.visit")])
        texts = [*mails.mapped("body"), *mails.mapped("subject"), *mails.mapped("record_name")]
        texts += visit.sudo().activity_ids.mapped("summary")
        self.assertTrue(mails)
        self.assertNotIn("张三丰", str(texts))
        self.assertNotIn("叔叔", str(texts))

    def test_it_is_told_once_and_again_with_a_new_visit(self):
        visit = self.draft(**self.danger)
        visit.write({"danger": "yes", "danger_note": visit.danger_note + "。补充"})
        self.assertEqual(len(visit.sudo().activity_ids), 2)
        self._acknowledge(visit)
        visit.write({"danger": "yes", "danger_note": visit.danger_note + "。再补充"})
        self.assertEqual(visit.danger_state, "taken_up")
        again = self.draft(**self.danger)
        self.assertEqual((again.danger_state, visit.danger_state), ("alarm", "taken_up"))

    def test_it_stands_until_a_supervisor_says_what_was_done(self):
        visit = self.filed(**self.danger)
        with self.assertRaises(AccessError):
            self._acknowledge(visit, "village")
        with self.assertRaisesRegex(UserError, "Say why"):
            self._acknowledge(visit, measures="")
        self._acknowledge(visit)
        self.assertEqual(visit.danger_by_id, self.users["township"])
        self.assertTrue(visit.danger_on and visit.danger_measures)
        self.assertFalse(visit.sudo().activity_ids)
        with self.assertRaises(UserError):
            self._acknowledge(visit, "civil_affairs")

    def test_withdrawing_does_not_take_it_off_the_list(self):
        visit = self.draft(**{**COMPLETE, **self.danger})
        visit.action_submit()
        visit._withdraw("填错")
        township = self.env["lbc.visit"].with_user(self.users["township"])
        self.assertIn(visit, township.search([("danger_state", "=", "alarm")]).with_env(visit.env))

    def test_a_draft_that_raised_an_alarm_is_not_deleted(self):
        with self.assertRaises(UserError):
            self.draft(**self.danger).unlink()

    def test_another_township_is_not_told(self):
        elsewhere = self.make_user("township_b", "child_supervisor", self.township_b)
        visit = self.draft(**self.danger)
        self.assertNotIn(elsewhere, visit.sudo().activity_ids.user_id)
        with self.assertRaises(AccessError):
            visit.with_user(elsewhere)._acknowledge_danger("x")

    def test_a_hazard_that_asks_for_danger_takes_a_no_back(self):
        violence = self.env.ref("left_behind_children.hazard_violence")
        visit = self.env["lbc.visit"].with_user(self.users["village"])
        visit = visit.new({"household_id": self.home.id, "danger": "no"})
        visit.hazard_ids = violence
        visit._onchange_hazard_ids()
        self.assertFalse(visit.danger)

    # -- nobody but its addressee silences the alarm

    def test_the_visitor_neither_takes_away_nor_hands_on_the_alarm(self):
        visit = self.draft(**self.danger)
        alarms = visit.sudo().activity_ids
        mine = alarms.with_user(self.users["village"])
        for step in (
            mine.unlink,
            lambda: mine.action_feedback(feedback="x"),
            mine.action_cancel,
            lambda: mine.write({"user_id": self.users["village"].id}),
            lambda: mine.write({"active": False}),
            lambda: mine.write({"automated": False}),
        ):
            with self.assertRaises(AccessError):
                step()
        with contextlib.suppress(AccessError):  # finds none of them, or may not
            visit.activity_unlink(["left_behind_children.mail_activity_danger"])
        self.assertEqual(visit.sudo().activity_ids, alarms)

    def test_the_alarm_does_not_listen_to_the_callers_context(self):
        visits = self.env["lbc.visit"].with_user(self.users["village"])
        visits = visits.with_context(mail_activity_automation_skip=True)
        visit = visits.create({"household_id": self.home.id, **self.danger})
        self.assertEqual(len(visit.sudo().activity_ids), 2)
        visit.with_user(self.users["township"])._acknowledge_danger("已处置")
        self.assertFalse(visit.sudo().activity_ids)

    def test_its_addressee_may_tick_it_off_the_danger_stands(self):
        visit = self.draft(**self.danger)
        own = visit.sudo().activity_ids.filtered(lambda one: one.user_id == self.users["township"])
        own.with_user(self.users["township"]).action_feedback(feedback="已派人")
        self.assertEqual(visit.danger_state, "alarm")

    def test_an_alarm_does_not_become_another_familys(self):
        visit, other = self.draft(**self.danger), self.make_on_ledger()
        for vals in (
            {"household_id": other.household_id.id},
            {"child_ids": [(6, 0, other.ids)]},
            {"child_ids": [(5,)]},
            {"danger": "no"},
            {"danger_note": "没事"},
        ):
            with self.assertRaises(UserError):
                visit.write(vals)
        self._acknowledge(visit)
        with self.assertRaises(UserError):
            visit.danger = "no"
        self.assertTrue(visit.danger_by_id and visit.danger_measures)

    def test_colleagues_do_not_write_a_draft_with_an_alarm(self):
        colleague = self.make_user("colleague", "child_director", self.village_a1)
        visit = self.draft(danger="yes", danger_note="孩子一人在家")
        with self.assertRaisesRegex(AccessError, "another visitor"):
            visit.with_user(colleague).needs = "棉衣"
        with self.assertRaisesRegex(AccessError, "another visitor"):
            visit.with_user(colleague).unlink()
        with self.assertRaisesRegex(AccessError, "another visitor"):
            visit.with_user(colleague).action_submit()
        visit.co_visitor_ids = colleague
        visit.with_user(colleague).needs = "棉衣"
        self.as_role(visit, "township").needs = "棉被"

    def test_without_an_alarm_there_is_nothing_to_take_up(self):
        with self.assertRaisesRegex(UserError, "No danger is reported"):
            self._acknowledge(self.filed())


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestFiledVisit(VisitCase):
    """What is filed stays as it was, and is reviewed by somebody else."""

    def test_the_childs_file_does_not_change_a_filed_visit(self):
        visit, other = self.filed(), self.make_on_ledger()
        for record, command in (
            (self.child, (3, visit.id)),
            (other, (4, visit.id)),
            (other.household_id, (4, visit.id)),
            (self.home, (2, visit.id)),
        ):
            with self.assertRaises(AccessError):
                self.as_role(record, "village").write({"visit_ids": [command]})
        self.assertEqual(visit.sudo().child_ids, self.child)

    def test_who_entered_it_or_came_along_does_not_review_it(self):
        supervisor = self.users["township"]
        for visit in (
            self.filed(co_visitor_ids=[(6, 0, supervisor.ids)]),
            self.filed("township", visitor_id=self.users["village"].id),
        ):
            with self.assertRaisesRegex(UserError, "his own visit"):
                self.as_role(visit, "township").action_review()
            self.as_role(visit, "civil_affairs").action_review()

    def test_the_first_day_of_filing_stays(self):
        visit = self.filed()
        first = visit.submitted_on
        self.as_role(visit, "township")._return("补充")
        with freeze_time("2026-11-25"):
            visit.action_submit()
        self.assertEqual(visit.submitted_on, first)

    def test_the_visitor_works_where_the_family_lives(self):
        elsewhere = self.make_user("elsewhere", "child_director", self.village_b1)
        for user in (elsewhere, self.users["education"], self.env.ref("base.public_user")):
            with self.assertRaises(ValidationError):
                self.draft("township", visitor_id=user.id)
        visit = self.draft("township", visitor_id=self.users["village"].id)
        with self.assertRaises(ValidationError):
            visit.visitor_id = elsewhere

    def test_a_visit_without_a_family_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "Choose the family"):
            self.env["lbc.visit"].with_user(self.users["village"]).create({})
