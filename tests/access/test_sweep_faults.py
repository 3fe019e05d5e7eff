"""The sweep is worth what it catches: ten faults, each put in and found (issue 3)."""

from odoo.models import BaseModel
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ...models.access.access_mixin import AccessMixin
from ..common import XMLID
from .sweep.fixtures import SweepCase
from .sweep.sweep import Sweep


@tagged("post_install", "-at_install", "lbc_long")
@freeze_time("2026-11-21")
class TestSweepFaults(SweepCase):
    def setUp(self):
        super().setUp()
        self.people = dict(self.people)

    def sweep(self, *models, roles=None, only=None):
        """Return the differences of a small sweep."""
        self.env.registry.clear_all_caches()
        return Sweep(self, models=list(models), roles=roles, only=only).run()

    def assertFound(self, differences, operation, field=None, role=None):
        """Assert that one of the differences names the operation, and the field and role if given."""
        found = [
            one
            for one in differences
            if one.operation == operation
            and field in (None, one.field)
            and role in (None, one.role)
        ]
        self.assertTrue(
            found, f"not found: {operation} {field}; {[str(d) for d in differences[:9]]}"
        )

    def assertSound(self, *models, **asked):
        """Assert that there is nothing to find before the fault is in."""
        self.assertEqual([str(one) for one in self.sweep(*models, **asked)], [])

    def test_a_rule_is_removed(self):
        asked = {"roles": ["village", "school"], "only": ["read", "search"]}
        self.assertSound("lbc.child", **asked)
        self.env.ref(f"{XMLID}.child_rule_scope").unlink()
        self.env.ref(f"{XMLID}.child_rule_granted").unlink()
        found = self.sweep("lbc.child", **asked)
        self.assertFound(found, "read", role="village")
        self.assertFound(found, "search", role="school")

    def test_the_group_of_a_field_is_removed(self):
        asked = {"roles": ["leading_office", "health"], "only": ["read", "columns"]}
        self.assertSound("lbc.child", **asked)
        self.patch(type(self.env["lbc.child"])._fields["id_number"], "groups", None)
        found = self.sweep("lbc.child", **asked)
        for operation in ("read", "filter", "order", "group"):
            self.assertFound(found, operation, "id_number", "leading_office")

    def test_a_public_method_is_unguarded(self):
        asked = {"roles": ["village", "education"], "only": ["methods"]}
        self.assertSound("lbc.child", **asked)
        self.patch(type(self.env["lbc.child"]), "_check_step", lambda children, *roles: None)
        found = self.sweep("lbc.child", **asked)
        self.assertFound(found, "method", "action_confirm_exit", "village")

    def test_an_attachment_is_open(self):
        asked = {"roles": ["leading_office", "school"], "only": ["attachments", "messages"]}
        self.assertSound("lbc.child", **asked)
        self.patch(type(self.env["lbc.child"]), "_thread_group", None)
        found = self.sweep("lbc.child", **asked)
        self.assertFound(found, "attachment", role="leading_office")
        self.assertFound(found, "message", role="school")
        self.env["ir.attachment"].browse(
            self.paper_of("lbc.child", "other county").id
        ).public = True
        found = self.sweep("lbc.child", **asked)
        self.assertIn("other county", {one.place for one in found})

    def test_a_wizard_is_open(self):
        asked = {"roles": ["village", "township"], "only": ["read", "search", "write"]}
        self.assertSound("lbc.child.exit", **asked)
        self.env.ref(f"{XMLID}.child_exit_rule_owner").unlink()
        found = self.sweep("lbc.child.exit", **asked)
        for operation in ("read", "search", "write"):
            self.assertFound(found, operation, role="township")

    def test_the_cache_of_the_rules_is_stale(self):
        asked = {"roles": ["village"], "only": ["read", "search"]}
        self.assertSound("lbc.child", **asked)
        posting = self.users["village"].lbc_posting_ids
        with self.subTest("cleared"):
            posting.area_ids = self.village_a2
            self.people["village"] = self.person_at("village", "a2")
            self.assertSound("lbc.child", **asked)
        # The same move again, with a registry that forgets to clear.
        self.patch(type(self.env.registry), "clear_cache", lambda registry, *names: None)
        posting.area_ids = self.village_a1
        self.people["village"] = self.person_at("village", "a1")
        found = Sweep(self, models=["lbc.child"], **asked).run()
        self.assertFound(found, "read", role="village")

    def test_somebody_has_two_roles(self):
        asked = {"roles": ["school"], "only": ["read", "write"]}
        self.assertSound("lbc.child", **asked)
        self.env.cr.execute(  # past the constraint
            "INSERT INTO res_groups_users_rel (gid, uid) VALUES (%s, %s)",
            (self.env.ref(f"{XMLID}.role_civil_affairs").id, self.users["school"].id),
        )
        self.env.invalidate_all()
        found = self.sweep("lbc.child", **asked)
        self.assertFound(found, "read", role="school")
        self.assertFound(found, "write", "name", "school")

    def test_a_hidden_related_field_sorts(self):
        asked = {"roles": ["leading_office"], "only": ["columns"]}
        self.assertSound("lbc.child", **asked)
        self.patch(AccessMixin, "_field_to_sql", BaseModel._field_to_sql)
        found = self.sweep("lbc.child", **asked)
        self.assertFound(found, "order", "carer_name")

    def test_a_clear_name_stands_in_an_activity(self):
        self.assertEqual(self.clear_texts(), [])
        child = self.records["lbc.child"]["own"]
        self.env.cr.execute(
            "UPDATE lbc_child SET display_name = file_number || ' ' || name WHERE id = %s",
            (child.id,),
        )
        self.env.invalidate_all()
        child.activity_schedule("mail.mail_activity_data_todo", summary="回访")
        self.env.flush_all()
        self.assertIn("mail_activity.res_name", [where for where, _text in self.clear_texts()])
        found = self.sweep("lbc.child", roles=["leading_office"], only=["clear_names"])
        self.assertFound(found, "display_name")

    def test_an_export_goes_around_the_gate(self):
        asked = {"roles": ["civil_affairs"], "only": ["export"]}
        self.assertSound("lbc.child", **asked)
        self.patch(type(self.env["lbc.child"]), "export_data", BaseModel.export_data)
        self.assertFound(self.sweep("lbc.child", **asked), "export", role="civil_affairs")
