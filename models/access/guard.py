"""Rights come from the matrix and roles from postings, whoever administers the users (§C.2, §B.14).

Odoo's own administrator may change users and groups; the product's groups are not among what he gives.
"""

from odoo import api, models
from odoo.exceptions import AccessError

MODULE = "left_behind_children"


class ResGroups(models.Model):
    _inherit = "res.groups"

    @api.model
    def _lbc_own(self):
        """Return the product's groups (sudo): data, functions, roles."""
        data = self.env["ir.model.data"].sudo()
        found = data.search([("module", "=", MODULE), ("model", "=", "res.groups")])
        ours = found.filtered(lambda one: not one.name.startswith("base_"))
        return self.sudo().browse(ours.mapped("res_id")).exists() | self._lbc_roles()

    @api.model_create_multi
    def create(self, vals_list):
        groups = super().create(vals_list)
        groups._lbc_refuse_gain(self.browse())
        return groups

    def write(self, vals):
        watched = not self.env.su and {"implied_ids", "implied_by_ids", "user_ids"} & vals.keys()
        own = self._lbc_own() if watched else self.browse()
        if own & self.sudo():
            self._lbc_refuse()
        before = self.sudo().all_implied_ids & own
        result = super().write(vals)
        if watched:
            self._lbc_refuse_gain(before)
        return result

    def _lbc_refuse_gain(self, before):
        """Refuse that these groups imply more of the product's groups than they did."""
        if self.env.su:
            return
        self.env.flush_all()
        if (self.sudo().all_implied_ids & self._lbc_own()) - before:
            self._lbc_refuse()

    @api.model
    def _lbc_refuse(self):
        raise AccessError(
            self.env._(
                "Rights in the care of children are given on the page “Departments”, roles by "
                "postings; not in the list of groups or users."
            )
        )


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._lbc_refuse_groups({})
        return users

    def write(self, vals):
        before = {}
        if not self.env.su and "group_ids" in vals:
            own = self.env["res.groups"]._lbc_own()
            before = {user.id: user.sudo().group_ids & own for user in self}
        result = super().write(vals)
        if not self.env.su and "group_ids" in vals:
            self._lbc_refuse_groups(before)
        return result

    def _lbc_refuse_groups(self, before):
        """Refuse groups of the product beyond those that the users had (dict by id)."""
        if self.env.su:
            return
        groups = self.env["res.groups"]
        own = groups._lbc_own()
        for user in self.sudo():
            if (user.group_ids & own) != before.get(user.id, groups):
                groups._lbc_refuse()
