"""What an administrator may write into a kind of duty, and what is refused with a reason (B-3.1d, L-1g, §C.2)."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..common import CareCase


@tagged("post_install", "-at_install")
class TestKindCheck(CareCase):
    roles = ("village", "civil_affairs", "form_admin")

    def _kind(self, role="form_admin", **vals):
        kinds = self.env["lbc.duty.kind"].with_user(self.users[role])
        values = {"name": "Vaccination", "subject_type": "child", "evidence_model": "lbc.activity"}
        return kinds.create({**values, **vals})

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

    def test_conditions_that_the_database_cannot_answer_are_refused(self):
        for text in (
            "[('date_entry', '=', '2026-13-45')]",
            "[('date_entry', '>', 5)]",
            "[('file_number', '=', 'a\\x00')]",
            "[('area_id.code', 'in', {'a': 1})]",
            "[('household_id', 'any', 5)]",
            "[('state', 'nonsense', 'x')]",
        ):
            with self.subTest(text), self.assertRaises(ValidationError), self.cr.savepoint():
                self._kind(subject_domain=text)
        kind = self._kind()
        with self.assertRaisesRegex(ValidationError, "does not suit"), self.cr.savepoint():
            kind.subject_domain = "[('date_entry', '=', '2026-13-45')]"
        page = kind.new({"subject_domain": "[('date_entry', '>', 5)]"}, origin=kind)
        self.assertIn("does not suit", page.preview)

    def test_conditions_single_out_no_child(self):
        for text in (
            "[('id', 'in', [1])]",
            "[('display_name', 'ilike', '张')]",
            "[('household_id.id', '=', 1)]",
            "[('household_id.child_ids.display_name', 'ilike', '张')]",
        ):
            with self.subTest(text), self.assertRaisesRegex(ValidationError, "protected data"):
                self._kind(subject_domain=text)
        for text in (
            "[('household_id', 'ilike', 'x')]",
            "[('household_id', '=', 'x')]",
            "[('household_id', 'in', ['x'])]",
            "[('area_id', 'child_of', 'x')]",
            "[('household_id.child_ids', 'ilike', '张')]",
            "[('household_id', 'any', [('child_ids', 'ilike', '张')])]",
        ):
            with self.subTest(text), self.assertRaisesRegex(ValidationError, "with a text"):
                self._kind(subject_domain=text)
        self.assertTrue(self._kind(subject_domain=f"[('area_id', 'in', [{self.village_a1.id}])]"))

    def test_refusals_speak_the_language_of_the_reader(self):
        kinds = self.env["lbc.duty.kind"].with_user(self.users["form_admin"])
        name = self.env["ir.model"]._get("lbc.child").with_context(lang="zh_CN").name
        self.assertEqual(kinds.with_context(lang="zh_CN")._model_name(self.env["lbc.child"]), name)

    def test_a_kind_that_nothing_proves_is_refused_until_it_is_archived(self):
        for role in ("form_admin", "civil_affairs"):
            with self.assertRaisesRegex(ValidationError, "choose what proves it"):
                self._kind(role, evidence_model=False)
        kind = self._kind()
        with self.assertRaisesRegex(ValidationError, "choose what proves it"):
            kind.evidence_model = False
        kind.write({"active": False, "evidence_model": False})
        with self.assertRaisesRegex(ValidationError, "choose what proves it"):
            kind.active = True

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
