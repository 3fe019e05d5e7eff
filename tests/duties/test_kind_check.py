"""What an administrator may write into a kind of duty, and what is refused with a reason (B-3.1d, L-1g, §C.2)."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..common import CareCase


@tagged("post_install", "-at_install")
class TestKindCheck(CareCase):
    roles = ("village", "civil_affairs", "form_admin")

    def _kind(self, role="form_admin", **vals):
        kinds = self.env["lbc.duty.kind"].with_user(self.users[role])
        return kinds.create({"name": "Vaccination", "subject_type": "child", **vals})

    def test_who_keeps_kinds(self):
        for role in ("form_admin", "civil_affairs"):
            self._kind(role).name = "接种情况"
        with self.assertRaises(AccessError):
            self._kind("village")

    def test_codes_are_made_from_names(self):
        kinds = self._kind(name="Vaccination status") | self._kind(name="Vaccination status")
        self.assertEqual(kinds.mapped("code"), ["vaccination_status", "vaccination_status_1"])
        self.assertEqual(self._kind(name="预防接种").code, "duty")

    def test_conditions_on_open_fields_are_taken(self):
        kind = self._kind(
            subject_domain="[('state', '=', 'on_ledger'), ('area_id.code', '!=', '1')]"
        )
        self.assertTrue(kind.subject_domain)

    def test_conditions_that_cannot_be_read_are_refused(self):
        for text in ("[(", "__import__('os').system('x')", "'x'", "[('nothing', '=', 1)]"):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self._kind(subject_domain=text)

    def test_conditions_do_not_ask_for_protected_data(self):
        for text in (
            "[('birth_date', '>', '2020-01-01')]",
            "[('health_ids', '!=', False)]",
            "[('household_id.address', 'ilike', 'x')]",
            "[('household_id', 'any', [('economy', '=', 'general')])]",
            "[('create_uid.partner_id.email', '!=', False)]",
        ):
            with self.assertRaisesRegex(ValidationError, "protected data"), self.cr.savepoint():
                self._kind(subject_domain=text)

    def test_the_evidence_must_know_the_subject(self):
        with self.assertRaisesRegex(ValidationError, "cannot tell"):
            self._kind(subject_type="township", evidence_model="lbc.visit")

    def test_only_monthly_duties_of_families_follow_risk(self):
        with self.assertRaisesRegex(ValidationError, "follow risk"):
            self._kind(period="quarter", density="risk")

    def test_an_event_needs_its_day(self):
        with self.assertRaisesRegex(ValidationError, "day of the event"):
            self._kind(period="event")
        self._kind(period="event", event_date="child:date_entry", due_rule="after_start")
