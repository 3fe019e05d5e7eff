"""Who is told when: the ladder, and one digest a day."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import mute_logger

from ..common import XMLID
from .common import DutyCase


@tagged("post_install", "-at_install")
class TestLadder(DutyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.users.values():
            user.email = f"{user.login}@example.com"
        cls.kind = cls.make_kind("village", lead_kind_id=False)

    def _night(self, day):
        """Run the nightly job on a day; returns the logins of those who were told."""
        with freeze_time(day):
            known = self.env["mail.message"].search([("message_type", "=", "user_notification")])
            self.env["lbc.duty"]._cron_escalate()
            self.env.flush_all()
            told = self.env["mail.message"].search([("message_type", "=", "user_notification")])
        self.messages = told - known
        return sorted(self.messages.partner_ids.user_ids.mapped("login"))

    def _made(self, day, due="2026-11-30", **vals):
        with freeze_time(day):
            duty = self.make_duty(self.kind, self.village_a1, due=due, **vals)
            self.env.flush_all()
            # The database's clock is not frozen.
            self.env.cr.execute(
                "UPDATE lbc_duty SET create_date = %s WHERE id = %s", (f"{day} 00:00:00", duty.id)
            )
        return duty

    def test_a_new_kind_has_the_usual_ladder(self):
        self.assertEqual(len(self.kind.step_ids), 8)
        visit = self.env.ref(f"{XMLID}.duty_kind_monthly_visit")
        self.assertEqual(len(visit.step_ids), 8)

    def test_others_are_told_of_late_duties_only(self):
        refused = self.assertRaises(IntegrityError)
        with mute_logger("odoo.sql_db"), refused, self.cr.savepoint():
            self.env["lbc.duty.step"].create(
                {"kind_id": self.kind.id, "days": -1, "whom": "township"}
            )

    def test_one_step_after_the_other(self):
        duty = self._made("2026-11-01")
        self.assertEqual(self._night("2026-11-02"), [])
        expected = {
            "2026-11-23": ["test_village"],
            "2026-11-24": [],
            "2026-11-27": ["test_village"],
            "2026-11-29": ["test_village"],
            "2026-12-01": ["test_township", "test_village"],
            "2026-12-07": ["test_township_leader"],
            "2026-12-15": ["test_civil_affairs"],
            "2026-12-30": ["test_leading_office"],
            "2026-12-31": [],
        }
        self.assertEqual({day: self._night(day) for day in expected}, expected)
        self.assertEqual(duty.escalation_level, 4)

    def test_levels_follow_the_dates_whatever_was_missed(self):
        late = self._made("2026-11-01")
        done = self.make_duty(self.kind, self.village_a2, state="done", done_on="2026-11-02")
        self.env["lbc.duty"]._escalate(date(2026, 12, 8))
        self.assertEqual((late.escalation_level, done.escalation_level), (2, 0))
        self.env["lbc.duty"]._escalate(date(2026, 12, 8))
        late.due_date = date(2026, 12, 31)  # the plan was changed
        self.env["lbc.duty"]._escalate(date(2026, 12, 9))
        self.assertEqual(late.escalation_level, 0)

    def test_after_an_outage_one_digest_tells_all(self):
        self._made("2026-11-01")
        self._night("2026-11-02")
        self.assertEqual(
            self._night("2026-12-16"),
            ["test_civil_affairs", "test_township", "test_township_leader", "test_village"],
        )

    def test_twice_in_a_night_tells_once(self):
        self._made("2026-11-01")
        self._night("2026-11-02")
        self.assertEqual(self._night("2026-11-23"), ["test_village"])
        self.assertEqual(self._night("2026-11-23"), [])

    def test_acknowledged_duties_rest_and_come_back(self):
        duty = self._made("2026-11-01")
        self._night("2026-11-02")
        self._night("2026-12-01")
        with freeze_time("2026-12-02"):
            self.as_role(duty, "township").action_acknowledge()
        self.assertEqual(self._night("2026-12-05"), [])
        self.assertEqual(duty.escalation_level, 1)
        with freeze_time("2026-12-05"), self.assertRaisesRegex(UserError, "rests until"):
            self.as_role(duty, "township").action_acknowledge()

    def test_an_acknowledgement_does_not_silence_those_above(self):
        duty = self._made("2026-11-01")
        self._night("2026-11-02")
        self._night("2026-12-01")
        with freeze_time("2026-12-06"):
            self.as_role(duty, "township").action_acknowledge()
        self.assertEqual(self._night("2026-12-07"), ["test_township_leader"])
        self.assertEqual((duty.escalation_level, duty.acknowledged_until), (2, False))
        with freeze_time("2026-12-08"):
            leader = self.env["lbc.work"].with_user(self.users["township_leader"])
            self.assertTrue(leader.search([("is_mine", "=", True)]).can_acknowledge)
            township = self.env["lbc.work"].with_user(self.users["township"])
            self.assertFalse(township.search([("is_mine", "=", True)]).can_acknowledge)
            with self.assertRaisesRegex(UserError, "above you"):
                self.as_role(duty, "township").action_acknowledge()
            self.as_role(duty, "township_leader").action_acknowledge()
        self.assertEqual(self._night("2026-12-09"), [])
        self.assertEqual(self._night("2026-12-15"), ["test_civil_affairs"])

    def test_the_leading_office_opens_and_acknowledges_what_it_is_told_of(self):
        child = self.make_on_ledger()
        duty = self.make_duty(self.make_kind("child", name="接种情况"), child, due="2026-11-10")
        self._night("2026-12-15")
        with freeze_time("2026-12-15"):
            work = self.env["lbc.work"].with_user(self.users["leading_office"])
            work = work.search([("is_mine", "=", True)])
            self.assertEqual((work.ids, work.can_acknowledge), (duty.ids, True))
            self.assertIn("张*丰", work.children_label)
            with self.assertRaises(AccessError):
                work.read(["children_names"])
            work.action_acknowledge()
            self.assertEqual(duty.acknowledged_rank, 4)
            self.assertFalse(self.env["lbc.visit"].with_user(work.env.uid).has_access("read"))

    # -- the digest

    def test_one_mail_for_many_duties(self):
        self._made("2026-11-01")
        other = self.make_kind("village", name="入户排查", lead_kind_id=False)
        for number in range(1, 29):
            self._made("2026-11-01", start=f"2026-10-{number:02d}")
        self.make_duty(other, self.village_a1)
        self.assertEqual(self._night("2026-12-01"), ["test_township", "test_village"])
        message = self.messages.filtered(
            lambda one: one.partner_ids == self.users["village"].partner_id
        )
        mail = self.env["mail.mail"].search([("mail_message_id", "in", message.ids)])
        self.assertEqual((len(message), len(mail)), (1, 1))
        self.assertIn("法治宣传", message.body)
        self.assertIn("入户排查", message.body)
        self.assertIn("/odoo/care-my-work", message.body)
        notes = message.notification_ids
        self.assertEqual((notes.notification_type, notes.is_read), ("inbox", False))
        self.assertEqual(message.with_user(self.users["village"]).body, message.body)

    def test_masked_names_only(self):
        child = self.make_on_ledger()
        self.make_duty(self.make_kind("child", name="接种情况"), child)
        self._night("2026-12-01")
        self.assertIn("张*丰", self.messages[0].body)
        self.assertNotIn("张三丰", "".join(self.messages.mapped("body")))

    def test_who_wants_no_mail_is_told_in_the_inbox(self):
        village = self.users["village"]
        village.with_user(village).lbc_digest_mail = False
        self._made("2026-11-01")
        self.assertEqual(self._night("2026-11-23"), ["test_village"])
        self.assertFalse(
            self.env["mail.mail"].search([("mail_message_id", "in", self.messages.ids)])
        )

    def test_who_ever_stands_in_is_told(self):
        village = self.users["village"]
        cadre = self.make_user("cadre", "resident_cadre", self.village_a2)
        self._made("2026-11-01", user_id=cadre.id)
        self._night("2026-11-02")
        self.assertEqual(self._night("2026-11-23"), ["cadre"])
        self.assertTrue(village.lbc_digest_on)

    def test_handed_over_it_is_news_to_the_new_visitor_alone(self):
        home = self.make_on_ledger().household_id
        visits = self.env.ref(f"{XMLID}.duty_kind_monthly_visit")
        duty = self.make_duty(visits, home, due="2026-11-10", user_id=self.users["village"].id)
        self._night("2026-12-02")
        self.assertEqual(self._night("2026-12-03"), [])
        cadre = self.make_user("cadre", "resident_cadre", self.village_a1)
        with freeze_time("2026-12-04"):
            home.visitor_id = cadre
        self.assertEqual(duty.user_id, cadre)
        self.assertEqual(self._night("2026-12-04"), ["cadre"])
        with freeze_time("2026-12-05"):
            duty._reopen()  # what proved it was withdrawn: news to everybody
        self.assertIn("test_township", self._night("2026-12-05"))

    def test_who_leads_a_kind_is_told_also_by_its_wider_kind(self):
        health = self.make_organization("区卫健委", "health_authority", self.county)
        self.make_user("health", "health_officer", self.county, health)
        leads = {
            code: self.make_kind(
                lead_kind_id=self.env.ref(f"{XMLID}.organization_kind_{code}").id, name=code
            )
            for code in ("health_authority", "department", "police_authority")
        }
        self._night("2026-11-02")
        for kind in leads.values():
            self.make_duty(kind, self.township_a)
        self.env.flush_all()
        self.env.cr.execute("UPDATE lbc_duty SET create_date = '2026-11-01'")
        told = self._night("2026-11-23")
        self.assertIn("health", told)
        self.assertNotIn("test_township", told)
        body = self.messages.filtered(lambda one: one.partner_ids.user_ids.login == "health").body
        self.assertIn("health_authority", body)
        self.assertIn("department", body)
        self.assertNotIn("police_authority", body)

    def test_others_keep_no_ladder(self):
        with self.assertRaises(AccessError):
            self.kind.step_ids[0].with_user(self.users["township"]).days = 9

    def _statements(self, day):
        """Run a night in which nobody was told anything yet; returns the number of its statements."""
        self.env.cr.execute("UPDATE res_users SET lbc_digest_on = NULL")
        self.env.cr.execute("UPDATE lbc_duty SET escalation_level = 0")
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        told = self._night(day)
        self.assertEqual(told, ["test_township", "test_township_leader", "test_village"])
        return self.cr.sql_log_count - before

    def test_a_night_asks_as_much_for_many_late_duties_as_for_one(self):
        self._made("2026-11-01")
        self._statements("2026-12-08")  # what is read once and remembered
        few = self._statements("2026-12-08")
        for number in range(1, 15):
            self._made("2026-11-01", start=f"2026-10-{number:02d}")
        self.assertLessEqual(self._statements("2026-12-08"), few)
        levels = self.env["lbc.duty"].search([("kind_id", "=", self.kind.id)])
        self.assertEqual(set(levels.mapped("escalation_level")), {2})
