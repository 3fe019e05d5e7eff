"""The nightly job makes duties of gaps, ends of agreements, missing letters and silence (L-1b–d, B-4.3b, case 10)."""

from datetime import date

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import XMLID
from .common import AgreementCase

DRAWN = "R0lGODlhAQABAAAAACw="


@tagged("post_install", "-at_install")
class TestRoomDuties(AgreementCase):
    roles = ("village", "township", "civil_affairs", "school")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile.parent_contact_days = 0  # tests of contact say otherwise
        cls.profile.responsibility_letter = False

    def setUp(self):
        super().setUp()
        # Visits and quarters are other tests' business.
        apart = ("lbc.visit", "lbc.submission", "lbc.submission.village")
        kinds = self.env["lbc.duty.kind"]
        others = kinds.search(["|", ("evidence_model", "in", apart), ("code", "=like", "quarter%")])
        others |= self.env.ref(f"{XMLID}.duty_kind_risk")
        others.active = False

    def night(self, day):
        """Run the nightly jobs of a day; returns the logins of those who were told."""
        with freeze_time(day):
            domain = [("message_type", "=", "user_notification")]
            known = self.env["mail.message"].search(domain)
            duties = self.env["lbc.duty"].search([])
            self.env["lbc.duty"]._cron_generate()
            made = self.env["lbc.duty"].search([]) - duties
            # The database's clock is not frozen.
            self.env.cr.execute(
                "UPDATE lbc_duty SET create_date = %s WHERE id = ANY(%s)", [day, made.ids]
            )
            self.env["lbc.duty"]._cron_escalate()
            self.env.flush_all()
            told = self.env["mail.message"].search(domain) - known
        return sorted(told.partner_ids.user_ids.mapped("login"))

    def duties(self, code, **domain):
        kind = self.env.ref(f"{XMLID}.duty_kind_{code}")
        domain = [("kind_id", "=", kind.id), *((name, "=", one) for name, one in domain.items())]
        return self.env["lbc.duty"].search(domain, order="slot_start, id")

    def work(self, role, day):
        """Return the codes of what stands under “My work” of a role on a day."""
        with freeze_time(day):
            work = self.env["lbc.work"].with_user(self.users[role]).search([("is_mine", "=", True)])
            return sorted(work.mapped("kind_id.code"))

    # -- gaps

    def test_a_gap_is_due_the_same_day_and_climbs_the_ladder(self):
        with freeze_time("2026-11-10"):
            child = self.make_on_ledger(day="2026-11-10")
        self.night("2026-11-10")
        duty = self.duties("guardian_gap")
        self.assertEqual((duty.child_id, duty.due_date), (child, date(2026, 11, 10)))
        self.assertEqual(self.work("village", "2026-11-10"), ["guardian_gap"])
        self.assertEqual(self.work("township", "2026-11-10"), [])
        self.assertIn("test_township", self.night("2026-11-11"))
        self.assertEqual((self.duties("guardian_gap"), duty.escalation_level), (duty, 1))
        self.assertEqual(self.work("township", "2026-11-11"), ["guardian_gap"])

    def test_an_agreement_closes_the_gap(self):
        with freeze_time("2026-11-10"):
            child = self.make_on_ledger(day="2026-11-10")
        self.night("2026-11-10")
        with freeze_time("2026-11-12"):
            agreement = self.in_force(child, first="2026-11-12")
        duty = self.duties("guardian_gap")
        self.assertEqual((duty.state, duty.evidence_id), ("done", agreement.id))
        self.assertTrue(duty.is_late)
        self.night("2026-11-12")
        self.assertEqual(len(self.duties("guardian_gap")), 1)

    def test_a_parent_who_is_back_closes_the_gap_too(self):
        with freeze_time("2026-11-10"):
            child = self.make_on_ledger(day="2026-11-10")
        self.night("2026-11-10")
        child.father_id.migration_ids.date_to = "2026-11-12"
        self.night("2026-11-12")
        self.assertEqual(self.duties("guardian_gap").state, "cancelled")
        self.assertEqual(self.work("village", "2026-11-12"), [])

    # -- renewal

    def test_renewal_is_announced_and_reminded_as_the_profile_says(self):
        with freeze_time("2026-09-01"):
            child = self.make_on_ledger(day="2026-09-01")
            self.in_force(child, first="2026-09-01", last="2027-02-28")
        self.night("2026-12-29")
        self.assertFalse(self.duties("agreement_renewal"))
        told = {
            day: self.night(day)
            for day in ("2026-12-30", "2026-12-31", "2027-01-28", "2027-01-29", "2027-02-20")
        }
        told["2027-02-21"] = self.night("2027-02-21")
        first = ["2026-12-30", "2027-01-29", "2027-02-21"]
        self.assertEqual([day for day, logins in told.items() if logins], first)
        self.assertEqual(told["2026-12-30"], ["test_village"])
        duty = self.duties("agreement_renewal")
        self.assertEqual(duty.due_date, date(2027, 2, 28))
        self.assertEqual(self.work("village", "2027-02-21"), ["agreement_renewal"])

    def test_another_profile_another_reminder(self):
        self.profile.agreement_warn_days = "20,5"
        with freeze_time("2026-09-01"):
            child = self.make_on_ledger(day="2026-09-01")
            self.in_force(child, first="2026-09-01", last="2027-02-28")
        days = ("2026-12-30", "2027-02-08", "2027-02-20", "2027-02-23")
        told = {day: self.night(day) for day in days}
        self.assertEqual([day for day, logins in told.items() if logins], ["2027-02-08", days[3]])

    def test_the_renewal_resolves_it_and_a_late_one_is_late(self):
        with freeze_time("2026-09-01"):
            child = self.make_on_ledger(day="2026-09-01")
            old = self.in_force(child, first="2026-09-01", last="2026-12-31")
        self.night("2026-11-02")
        with freeze_time("2027-01-05"):
            action = self.as_role(old, "village").action_renew()
            draft = self.env["lbc.agreement"].with_user(self.users["village"])
            draft = draft.browse(action["res_id"])
            draft.write(
                {**{name: old[name] for name in ANSWERED}, "relation": "paternal_grandmother"}
            )
            draft.line_ids.write({"view_heard": "yes", "view_note": "愿意"})
            draft.action_to_sign()
            self.sign(draft)
            self.as_role(draft, "township").action_confirm()
        duty = self.duties("agreement_renewal")
        self.assertEqual((duty.state, duty.is_late), ("done", True))
        self.assertEqual(old.state, "renewed")

    def test_nobody_renews_for_a_child_whose_parent_is_at_home(self):
        with freeze_time("2026-09-01"):
            child = self.make_on_ledger(day="2026-09-01")
            self.in_force(child, first="2026-09-01", last="2026-12-31")
        self.night("2026-11-02")
        self.assertEqual(self.duties("agreement_renewal").state, "open")
        child.father_id.migration_ids.date_to = "2026-11-12"
        self.night("2026-11-13")
        self.assertEqual(self.duties("agreement_renewal").state, "cancelled")

    # -- letters

    def test_a_letter_is_owed_where_the_district_asks_and_the_child_goes_to_school(self):
        with freeze_time("2026-09-01"):
            pupil = self.make_on_ledger(school_id=self.school.id, day="2026-09-01")
            self.make_on_ledger(day="2026-09-01")
        self.night("2026-09-02")
        self.assertFalse(self.duties("responsibility_letter"))
        self.profile.responsibility_letter = True
        self.night("2026-09-03")
        duty = self.duties("responsibility_letter")
        self.assertEqual((duty.child_id, duty.due_date), (pupil, date(2026, 10, 31)))
        self.assertIn("responsibility_letter", self.work("village", "2026-09-03"))
        with freeze_time("2026-09-10"):
            letter = self.env["lbc.letter"].with_user(self.users["village"])
            letter = letter.create({"child_id": pupil.id, "school_year": 2026})
            for party in ("guardian", "village"):
                letter._sign(party, date(2026, 9, 10), image=DRAWN)
            self.assertEqual(duty.state, "open")
            self.as_role(letter, "school")._sign("school", date(2026, 9, 10), image=DRAWN)
        self.assertEqual((duty.state, duty.is_late), ("done", False))

    def test_a_district_that_no_longer_asks_owes_none(self):
        self.profile.responsibility_letter = True
        with freeze_time("2026-09-01"):
            self.make_on_ledger(school_id=self.school.id, day="2026-09-01")
        self.night("2026-09-02")
        with freeze_time("2026-09-05"):
            self.profile.responsibility_letter = False
        self.night("2026-09-05")
        self.assertEqual(self.duties("responsibility_letter").state, "cancelled")

    # -- contact

    def _contact(self, child, day, on):
        with freeze_time(on):
            contacts = self.env["lbc.contact"].with_user(self.users["village"])
            return contacts.create({"child_id": child.id, "date": day})

    def _silent(self):
        """A child on the ledger since 1 November, parents asked to call weekly."""
        self.profile.parent_contact_days = 7
        with freeze_time("2026-11-01"):
            return self.make_on_ledger(day="2026-11-01")

    def test_contact_is_due_a_week_after_the_last(self):
        child = self._silent()
        self.night("2026-11-07")
        self.assertFalse(self.duties("parent_contact"))
        self.night("2026-11-08")
        duty = self.duties("parent_contact")
        self.assertEqual(duty.due_date, date(2026, 11, 8))
        self.assertIn("parent_contact", self.work("village", "2026-11-08"))
        self.night("2026-11-20")
        self.assertEqual(self.duties("parent_contact"), duty, "silence is one duty")
        self.assertEqual(duty.escalation_level, 2)
        self._contact(child, "2026-11-20", "2026-11-20")
        self.assertEqual((duty.state, duty.is_late), ("done", True))
        self.night("2026-11-27")
        following = self.duties("parent_contact") - duty
        self.assertEqual((following.slot_start, following.state), (date(2026, 11, 27), "open"))

    def test_a_call_in_time_that_is_entered_later_was_in_time(self):
        child = self._silent()
        self.night("2026-11-08")
        self._contact(child, "2026-11-06", "2026-11-10")
        duty = self.duties("parent_contact")
        self.assertEqual(
            (duty.state, duty.done_on, duty.is_late), ("done", date(2026, 11, 6), False)
        )
        self.night("2026-11-13")
        self.assertEqual(self.duties("parent_contact", state="open").slot_start, date(2026, 11, 13))

    def test_the_contact_that_set_the_day_does_not_prove_the_next(self):
        child = self._silent()
        self._contact(child, "2026-11-05", "2026-11-05")
        self.night("2026-11-12")
        duty = self.duties("parent_contact")
        self.assertEqual((duty.slot_start, duty.state), (date(2026, 11, 12), "open"))

    def test_another_rhythm_does_not_excuse_what_is_overdue(self):
        self._silent()
        self.night("2026-11-08")
        with freeze_time("2026-11-15"):
            self.profile.parent_contact_days = 30
        self.night("2026-11-15")
        self.assertEqual(self.duties("parent_contact").mapped("state"), ["open"])

    def test_the_night_of_a_district_takes_a_constant_number_of_statements(self):
        self.profile.responsibility_letter = True
        counts = []
        for _size in range(2):
            for _child in range(4):
                self._silent()
            self.night("2026-11-09")
            self.env.flush_all()
            self.env.invalidate_all()
            with freeze_time("2026-11-09"):
                before = self.cr.sql_log_count
                self.env["lbc.duty"]._cron_generate()
                counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_twice_in_a_night_changes_nothing(self):
        self._silent()
        self.night("2026-11-08")
        known = self.env["lbc.duty"].search([])
        self.night("2026-11-08")
        self.assertEqual(self.env["lbc.duty"].search([]), known)
        buttons = {
            one.kind_id.code: one.with_user(self.users["village"]).action_fulfil()["res_model"]
            for one in known
        }
        expected = {"guardian_gap": "lbc.agreement", "parent_contact": "lbc.contact.record"}
        self.assertEqual(buttons, expected)


ANSWERED = (
    *("check_adult", "check_capable"),
    *("ban_violence", "ban_addiction", "ban_neglect", "ban_unfit"),
)
