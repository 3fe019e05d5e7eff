"""The page “Departments”: rights given without code, refused where they make no sense, written down (§C.2)."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time

from ..common import XMLID, CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestDepartments(CareCase):
    def right(self, role, subject, by="data_officer"):
        """Return the right of a role on a subject, as the user of another role."""
        role = self.env.ref(f"{XMLID}.role_{role}")
        right = self.env["lbc.access.right"].search(
            [("role_id", "=", role.id), ("subject", "=", subject)]
        )
        return self.as_role(right, by)

    def test_access_without_a_choice_of_records_takes_that_of_the_file(self):
        right = self.right("school", "economy")
        self.assertEqual(right.access, "none")
        right.access = "read"
        self.assertEqual((right.scope, right.summary), ("organization", right.summary))
        child = self.make_on_ledger(school_id=self.school.id)
        self.assertFalse(self.as_role(child, "school").aid_ids)  # may be read now

    def test_no_file_no_choice(self):
        right = self.right("leader", "identity")
        with self.assertRaisesRegex(ValidationError, "whose records"):
            right.access = "read"

    def test_taking_access_takes_scope_and_approval(self):
        right = self.right("health", "health")
        self.assertTrue(right.approval)
        right.access = "aggregated"
        self.assertEqual((right.scope, right.approval), (False, False))

    def test_a_function_is_allowed_and_data_are_read(self):
        with self.assertRaisesRegex(ValidationError, "function"):
            self.right("school", "publish").access = "read"
        with self.assertRaisesRegex(ValidationError, "read or written"):
            self.right("school", "economy").access = "use"

    def test_one_choice_of_records_for_the_whole_file(self):
        right = self.right("education", "identity")
        right.scope = "organization"
        scopes = right.department_id.right_ids.filtered(
            lambda one: one.subject in ("address", "visits", "risk")
        )
        self.assertEqual(set(scopes.mapped("scope")), {"organization"})

    def test_a_change_is_shown_against_the_delivered_state_and_restored(self):
        right = self.right("school", "health")
        department = right.department_id
        self.assertFalse(department.change_count or department.warning)
        right.access = "read"
        self.assertTrue(right.is_changed and right.is_raised)
        self.assertEqual(department.change_count, 1)
        self.assertIn(right.summary, department.warning)
        department.action_restore_all()
        self.assertEqual((department.change_count, department.warning), (0, ""))
        self.assertEqual(right.access, "masked")

    def test_giving_sensitive_data_warns_and_does_not_refuse(self):
        form = Form(self.right("police", "psychology"))
        with self.assertLogs("odoo.tests.form.onchange", "WARNING") as logs:
            form.access = "read"
        self.assertIn("Sensitive data", "".join(logs.output))
        self.assertEqual(form.scope, "county")
        form.save()
        with self.assertNoLogs("odoo.tests.form.onchange", "WARNING"):
            Form(self.right("police", "economy")).access = "read"

    def test_every_change_is_written_down(self):
        journal = self.env["lbc.journal"].sudo()
        journal._flush_notes()
        before = journal.search_count([("action", "=", "rights")])
        self.right("school", "health").access = "read"
        self.right("school", "health").access = "read"  # nothing new
        journal._flush_notes()
        self.assertEqual(journal.search_count([("action", "=", "rights")]), before + 1)

    def test_only_the_data_officer_gives_rights_and_not_to_himself(self):
        for role in set(self.roles) - {"data_officer"}:
            with self.assertRaises(AccessError, msg=role):
                self.right("school", "health", by=role).access = "read"
            with self.assertRaises(AccessError, msg=role):
                self.right("school", "health", by=role).action_restore()
        admin = self.env.ref("base.user_admin")
        with self.assertRaises(AccessError):
            self.right("school", "health").with_user(admin).access = "read"
        with self.assertRaises(AccessError):
            self.right("data_officer", "health").access = "read"

    def test_the_matrix_is_shown_and_printed_to_few(self):
        report = self.env["ir.actions.report"]
        name = f"{XMLID}.access_matrix"
        self.right("school", "health").access = "read"
        for role in ("data_officer", "civil_affairs"):
            html = report.with_user(self.users[role])._render_qweb_html(name, [])[0].decode()
            self.assertIn("数据访问权限表", html)
            self.assertIn("2026年11月21日", html)
            self.assertEqual(html.count('lbc_changed"'), 1)
            self.assertEqual(html.count("G1<"), 1)
        admin = self.env.ref("base.user_admin")
        others = [self.users[role] for role in ("village", "education", "leader", "form_admin")]
        for user in (*others, admin):
            with self.assertRaises(AccessError, msg=user.login):
                report.with_user(user)._render_qweb_html(name, [])
