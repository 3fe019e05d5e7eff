"""“View as role”: the page shows what the system would show, with nobody's data, and leaves nothing."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import XMLID, CareCase

COUNTED = (
    "lbc.child",
    "lbc.household",
    "lbc.guardian",
    "lbc.guardianship",
    "lbc.migration",
    "lbc.health",
    "lbc.episode",
    "lbc.visit",
    "lbc.risk.assessment",
    "lbc.duty",
    "lbc.assignment",
    "lbc.posting",
    "lbc.organization",
    "lbc.journal",
    "res.users",
    "res.partner",
    "mail.message",
    "mail.mail",
    "mail.activity",
)


@tagged("post_install", "-at_install", "lbc_long")
@freeze_time("2026-11-21")
class TestRoleView(CareCase):
    def view(self, role, by="data_officer"):
        """Return the page (wizard) with what a role sees, shown to the user of another."""
        department = self.env["lbc.department"]._by_role()[role]
        view = self.env["lbc.role.view"].with_user(self.users[by])
        view = view.create({"department_id": department.id})
        view.action_show()
        return view

    def look(self, role):
        """Return ({model.field: row}, {model: samples}) of a role."""
        view = self.env["lbc.role.view"].with_user(self.users["data_officer"])
        models, samples = view._look(self.env["lbc.department"]._by_role()[role])
        rows = {f"{one['name']}.{row['name']}": row for one in models for row in one["fields"]}
        return rows, {one["name"]: one for one in samples}

    def test_nothing_remains(self):
        self.make_on_ledger()
        self.env["lbc.journal"]._flush_notes()
        self.env.flush_all()
        counts = {name: self.env[name].sudo().search_count([]) for name in COUNTED}
        for role in ("village", "school", "provider", "procuratorate"):
            self.look(role)
        self.env.flush_all()
        self.env["lbc.journal"]._flush_notes()
        after = {name: self.env[name].sudo().search_count([]) for name in COUNTED}
        self.assertEqual(after, counts)
        self.assertFalse(self.env["lbc.child"].search([("name", "like", "样例")]))

    def test_it_says_what_the_role_would_read(self):
        """Asked a second time with the people of the tests, field by field."""
        for role in ("village", "school", "police", "health", "provider", "leader", "data_officer"):
            rows, _samples = self.look(role)
            for name, row in rows.items():
                model, _dot, field = name.rpartition(".")
                model = self.env[model].with_user(self.users[role])
                known = model._fields[field]
                may = model.has_access("read") and model._has_field_access(known, "read")
                self.assertEqual(row["read"], may, (role, name))

    def test_it_agrees_with_the_matrix(self):
        rows, samples = self.look("police")
        self.assertTrue(rows["lbc.child.name"]["read"])  # R@county
        self.assertFalse(rows["lbc.child.name"]["write"])
        self.assertFalse(rows["lbc.child.aid_ids"]["read"])  # –
        self.assertFalse(rows["lbc.health.condition"]["read"])  # M
        self.assertEqual((samples["lbc.child"]["met"], samples["lbc.health"]["met"]), (5, 0))
        rows, samples = self.look("village")
        self.assertTrue(rows["lbc.child.name"]["write"])
        self.assertTrue(rows["lbc.health.condition"]["write"])
        self.assertEqual({one["met"] for one in samples.values()}, {5})
        rows, samples = self.look("health")  # W@county!: each after approval
        self.assertEqual(samples["lbc.health"]["met"], 0)
        self.assertEqual(samples["lbc.child"]["met"], 5)

    def test_an_assessment_is_among_the_samples(self):
        _rows, samples = self.look("township")
        seen = samples["lbc.risk.assessment"]
        self.assertEqual(seen["met"], 5)
        model = self.env["lbc.risk.assessment"].with_context(lang=self.users["township"].lang)
        label = model._fields["level"]._description_string(model.env)
        levels = [texts for name, texts in seen["rows"] if name == label]
        self.assertTrue(levels and all(levels[0]), seen["rows"])

    def test_masks_stand_in_for_what_is_hidden(self):
        rows, samples = self.look("provider")
        self.assertFalse(rows["lbc.child.name"]["read"])
        self.assertTrue(rows["lbc.child.name"]["instead"])
        self.assertEqual(samples["lbc.child"]["met"], 5)
        shown = str(samples)
        self.assertIn("张*例", shown)
        self.assertNotIn("张样例", shown)
        self.assertNotIn("999999", shown.replace("999999********", ""))
        _rows, samples = self.look("township")
        self.assertIn("张样例", str(samples))

    def test_who_meets_no_file_sees_no_child(self):
        for role in ("leader", "form_admin"):
            _rows, samples = self.look(role)
            self.assertEqual({one["met"] for one in samples.values()}, {0}, role)
        self.assertIn("Sees no child", self.view("leader").samples_html)

    def test_scopes_without_areas_meet_their_samples_too(self):
        for role in ("school", "mass_organization", "procuratorate", "justice", "institution"):
            _rows, samples = self.look(role)
            self.assertEqual(samples["lbc.child"]["met"], 5, role)

    def test_a_right_just_given_is_seen(self):
        rows, samples = self.look("school")
        self.assertFalse(rows["lbc.health.details"]["read"])
        self.assertFalse(samples["lbc.health"]["met"])
        right = self.env["lbc.department"]._by_role()["school"].right_ids
        right = right.filtered(lambda one: one.subject == "health")
        self.as_role(right, "data_officer").access = "read"
        rows, samples = self.look("school")
        self.assertTrue(rows["lbc.health.details"]["read"])
        self.assertFalse(rows["lbc.health.details"]["write"])
        self.assertEqual(samples["lbc.health"]["met"], 5)
        self.assertIn("样例：哮喘", str(samples["lbc.health"]["rows"]))
        self.assertIn("样例：哮喘", self.view("school").samples_html)

    def test_no_real_child_is_shown(self):
        child = self.make_on_ledger(name="王真实")
        view = self.view("civil_affairs")
        for shown in (view.samples_html, view.fields_html):
            self.assertNotIn("真实", shown)
            self.assertNotIn(child.file_number, shown)

    def test_data_officer_and_auditors_only(self):
        for role in ("data_officer", "civil_affairs"):
            self.assertTrue(self.view("school", by=role).fields_html)
        for role in ("village", "township", "education", "leading_office", "leader", "form_admin"):
            with self.assertRaises(AccessError, msg=role):
                self.view("school", by=role)
        admin = self.env.ref("base.user_admin")
        with self.assertRaises(AccessError):
            self.env["lbc.role.view"].with_user(admin).create({"department_id": 1})
        view = self.env["lbc.role.view"].create({"department_id": 1})
        with self.assertRaises(AccessError):
            view.with_user(admin).action_show()
        with self.assertRaises(AccessError):
            self.env["lbc.department"].browse(1).with_user(admin).action_view_as_role()

    def test_what_is_shown_is_not_entered_by_hand(self):
        view = self.view("school")
        with self.assertRaises(AccessError):
            view.samples_html = "<p>改</p>"

    def test_a_department_without_role(self):
        view = self.env["lbc.role.view"].with_user(self.users["data_officer"])
        view = view.create({"department_id": self.env.ref(f"{XMLID}.department_court").id})
        with self.assertRaises(UserError):
            view.action_show()
