"""Roles are groups that only imply data groups and model access."""

from odoo import api, fields, models

ROLE_PREFIX = "role_"


class ResGroups(models.Model):
    _inherit = "res.groups"

    lbc_is_role = fields.Boolean(
        "Role of Left-Behind Children Care",
        compute="_compute_lbc_is_role",
        search="_search_lbc_is_role",
    )

    def _compute_lbc_is_role(self):
        roles = self._lbc_roles()
        for group in self:
            group.lbc_is_role = group in roles

    @api.model
    def _search_lbc_is_role(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("id", "in" if True in value else "not in", self._lbc_roles().ids)]

    @api.model
    def _lbc_roles(self):
        """Return all role groups of the product (recordset, sudo)."""
        privilege = self.env.ref("left_behind_children.privilege_role", raise_if_not_found=False)
        return self.sudo().search([("privilege_id", "=", privilege.id)]) if privilege else self

    @api.model
    def _lbc_role_names(self, roles):
        """Return the names of roles given by their short names, such as `"township"`."""
        return [
            self.env.ref(f"left_behind_children.{ROLE_PREFIX}{role}").sudo().name for role in roles
        ]
