"""Contact between parents and children: quick entry, attempts in vain, who is without (L-1d, article 23)."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestContacts(CareCase):
    roles = ("village", "township", "civil_affairs", "school", "provider")

    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger()

    def record(self, role="village", children=None, **vals):
        children = children or self.child
        wizard = self.env["lbc.contact.record"].with_user(self.users[role])
        wizard = wizard.create({"child_ids": [(6, 0, children.ids)], **vals})
        wizard.action_record()
        return self.env["lbc.contact"].search([("child_id", "in", children.ids)])

    def test_one_call_counts_for_brothers_and_sisters(self):
        sister = self.make_on_ledger(household_id=self.child.household_id.id)
        wizard = self.env["lbc.contact.record"].with_user(self.users["village"])
        wizard = wizard.with_context(active_model="lbc.child", active_ids=self.child.ids).create({})
        self.assertEqual(wizard.count, 2)
        wizard.action_record()
        self.assertEqual(self.env["lbc.contact"].search([]).child_id, self.child | sister)
        self.assertEqual(self.as_role(sister, "village").contact_count, 1)

    def test_an_attempt_in_vain_is_kept_and_does_not_count(self):
        contact = self.record(outcome="no_answer")
        child = self.as_role(self.child, "village")
        self.assertEqual(contact.outcome, "no_answer")
        self.assertEqual((child.contact_count, child.last_contact_date), (0, False))
        self.assertTrue(child.without_contact)

    def test_a_message_is_no_contact(self):
        self.record(way="message")
        self.assertTrue(self.as_role(self.child, "village").without_contact)

    def test_a_week_is_the_limit_and_the_profile_may_say_otherwise(self):
        children = self.env["lbc.child"].with_user(self.users["village"])
        without = [("without_contact", "=", True)]
        self.record(date="2026-11-14")
        self.assertEqual(children.search(without), self.as_role(self.child, "village"))
        self.record(date="2026-11-15")
        self.assertFalse(children.search(without))
        self.assertEqual(children.search([("without_contact", "=", False)]).ids, self.child.ids)
        self.profile.parent_contact_days = 3
        self.assertTrue(children.search(without))
        self.profile.parent_contact_days = 0
        self.assertFalse(children.search(without))

    def test_who_entered_within_the_days_is_not_silent_yet(self):
        fresh = self.make_on_ledger(day="2026-11-15")
        due = self.make_on_ledger(day="2026-11-14")
        self.assertFalse(self.as_role(fresh, "village").without_contact)
        self.assertTrue(self.as_role(due, "village").without_contact)

    def test_a_recorded_contact_is_withdrawn_not_changed(self):
        contact = self.as_role(self.record(), "village")
        with self.assertRaises(UserError):
            contact.date = "2026-11-20"
        with self.assertRaises(AccessError):
            contact.unlink()
        contact.action_withdraw()
        self.assertEqual(contact.state, "withdrawn")
        self.assertTrue(self.as_role(self.child, "village").without_contact)

    def test_what_another_recorded_is_withdrawn_by_the_township(self):
        contact = self.record()
        colleague = self.make_user("colleague", "child_director", self.village_a1)
        with self.assertRaisesRegex(UserError, "ask the township"):
            contact.with_user(colleague).action_withdraw()
        self.as_role(contact, "township").action_withdraw()

    def test_the_future_and_an_empty_choice_are_refused(self):
        with self.assertRaises(ValidationError):
            self.record(date="2026-11-22")
        wizard = self.env["lbc.contact.record"].with_user(self.users["village"]).create({})
        with self.assertRaisesRegex(UserError, "Choose the children"):
            wizard.action_record()

    def test_others_neither_see_nor_record(self):
        contact = self.record()
        other = self.make_user("other_village", "child_director", self.village_b1)
        with self.assertRaises(AccessError):
            contact.with_user(other).read(["date"])
        with self.assertRaises(AccessError):
            self.env["lbc.contact"].with_user(other).create({"child_id": self.child.id})
        for role in ("school", "civil_affairs"):
            with self.assertRaises(AccessError):
                self.env["lbc.contact"].with_user(self.users[role]).create(
                    {"child_id": self.child.id}
                )

    def test_a_contact_proves_the_weekly_duty(self):
        kind = self.env["lbc.duty.kind"].create(
            {
                "name": "每月亲子联系",
                "subject_type": "child",
                "period": "month",
                "evidence_model": "lbc.contact",
                "date_from": "2026-11-01",
            }
        )
        duty = self.env["lbc.duty"].create(
            {
                "kind_id": kind.id,
                "child_id": self.child.id,
                "subject_key": f"child:{self.child.id}",
                "area_id": self.village_a1.id,
                "township_id": self.township_a.id,
                "county_id": self.county.id,
                "slot_start": "2026-11-01",
                "window_start": "2026-11-01",
                "due_date": "2026-11-30",
            }
        )
        self.record(outcome="no_answer")
        self.assertEqual(duty.state, "open")
        contact = self.record() - self.env["lbc.contact"].search([("outcome", "=", "no_answer")])
        self.assertEqual(duty.state, "done")
        self.as_role(contact, "village").action_withdraw()
        self.assertEqual(duty.state, "open")
