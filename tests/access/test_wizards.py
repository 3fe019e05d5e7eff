"""A wizard belongs to whoever opened it; every transient model has its rule and its access rights."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import XMLID, CareCase


@tagged("post_install", "-at_install")
class TestWizards(CareCase):
    def _models(self):
        own = self.env["ir.model"].search([("model", "=like", "lbc.%")])
        return [self.env[model.model] for model in own if not self.env[model.model]._abstract]

    def test_every_transient_model_has_an_owner_rule(self):
        for model in self._models():
            if model._transient:
                rules = self.env["ir.rule"].search([("model_id.model", "=", model._name)])
                self.assertIn("create_uid", "".join(rules.mapped("domain_force")), model._name)

    def test_every_model_with_a_geographic_key_has_a_scope_rule(self):
        for model in self._models():
            keys = {"township_id", "county_id", "from_township_id"} & set(model._fields)
            public = ("lbc.area", "lbc.organization", "lbc.profile", "lbc.duty.run")
            if keys and not model._transient and model._name not in public:
                rules = self.env["ir.rule"].search([("model_id.model", "=", model._name)])
                self.assertIn("user._lbc_", "".join(rules.mapped("domain_force")), model._name)

    def test_nobody_uses_the_wizard_of_another(self):
        child = self.make_child()
        wizard = self.env["lbc.child.exit"].with_user(self.users["village"])
        wizard = wizard.create({"child_ids": [(6, 0, child.ids)], "reason": "other", "basis": "试"})
        other = wizard.with_user(self.users["township"])
        with self.assertRaises(AccessError):
            other.read(["basis"])
        with self.assertRaises(AccessError):
            other.basis = "改"

    def test_roles_imply_no_other_role(self):
        roles = self.env["res.groups"]._lbc_roles()
        self.assertEqual(len(roles), 17)
        for role in roles:
            self.assertEqual(role.all_implied_ids & roles, role, role.name)
            self.assertNotIn(self.env.ref("base.group_system"), role.all_implied_ids)
            self.assertIn(self.env.ref(f"{XMLID}.group_user"), role.all_implied_ids)
