"""A visit that tells of the parents' last call records it, and takes it back with itself (L-1d)."""

from datetime import date

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .common import VisitCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestVisitContact(VisitCase):
    def contacts(self, **domain):
        return self.env["lbc.contact"].search([(name, "=", one) for name, one in domain.items()])

    def test_a_call_told_at_the_visit_is_a_contact(self):
        visit = self.filed(parents_contact_on="2026-11-18", parents_contact_by="video")
        contact = self.contacts()
        self.assertEqual(contact.child_id, visit.child_ids.with_env(self.env))
        self.assertEqual(set(contact.mapped("date")), {date(2026, 11, 18)})
        self.assertEqual(set(contact.mapped("way")), {"video"})
        self.assertEqual(contact.create_uid, self.users["village"])

    def test_what_was_recorded_already_is_not_recorded_twice(self):
        self.filed(parents_contact_on="2026-11-18", parents_contact_by="video")
        known = self.contacts()
        self.filed(parents_contact_on="2026-11-18", parents_contact_by="phone")
        self.assertEqual(self.contacts(), known)

    def test_silence_and_half_answers_are_no_contact(self):
        for told in (
            {"parents_contact_by": "none"},
            {"parents_contact_on": "2026-11-18"},
            {"parents_contact_on": "2026-11-22", "parents_contact_by": "phone"},
        ):
            self.filed(**told)
        self.assertFalse(self.contacts())

    def test_a_visit_sent_back_or_withdrawn_tells_of_nothing(self):
        visit = self.filed(parents_contact_on="2026-11-18", parents_contact_by="video")
        self.as_role(visit, "township")._return("补充电话号码")
        self.assertEqual(set(self.contacts().mapped("state")), {"withdrawn"})
        self.as_role(visit, "village").action_submit()
        self.assertTrue(self.contacts(state="recorded"))
        self.as_role(visit, "village")._withdraw("重复登记")
        self.assertFalse(self.contacts(state="recorded"))

    def test_the_button_on_the_visit_knows_whose_and_when(self):
        visit = self.filed()
        wizard = self.env["lbc.contact.record"].with_user(self.users["village"])
        wizard = wizard.with_context(active_model="lbc.visit", active_id=visit.id).create({})
        self.assertEqual(wizard.child_ids.ids, visit.child_ids.ids)
        self.assertEqual(wizard.date, visit.date)
