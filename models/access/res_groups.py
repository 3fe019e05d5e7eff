"""Roles are groups that only imply data groups and model access."""

from odoo import api, fields, models, tools

from . import rights

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

    @api.model
    @tools.ormcache()
    def _lbc_role_codes(self):
        """Return {id of a role group: short name}, such as `village`."""
        codes = self._lbc_roles()._get_external_ids()
        return {
            group_id: names[0].partition(".")[2].removeprefix(ROLE_PREFIX)
            for group_id, names in codes.items()
            if names
        }

    @api.model
    def _lbc_names_of_roles(self):
        """Return {short name of a role: its name in the caller's language}."""
        codes = self._lbc_role_codes()
        return {codes[role.id]: role.name for role in self._lbc_roles() if role.id in codes}

    @api.model
    def _lbc_data_group_names(self):
        """Return {short name of a data group: its name in the caller's language}."""
        labels = self.env["lbc.access.right"]._fields["subject"]._description_selection(self.env)
        return {code: label for code, label in labels if code in rights.DATA}
