"""Who enters leave: the township for its villages, civil affairs for all; nobody for himself (§C.2)."""

from odoo import api, models
from odoo.exceptions import AccessError

LEVELS = ("organization", "village", "township", "county")


class Leave(models.Model):
    _name = "lbc.leave"
    _inherit = ["lbc.access.mixin", "lbc.leave"]
    _journal_changes = True
    _journal_plain_text = True
    _lbc_export_free = True  # says nothing of a child
    _default_write_group = "left_behind_children.group_leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._refuse_equals()
        return leaves

    def write(self, vals):
        self._refuse_equals()
        result = super().write(vals)
        self._refuse_equals()
        return result

    def _refuse_equals(self):
        """Refuse leave of oneself, of people of the own level or above, and standing in oneself.

        :raises AccessError: superuser code passes
        """
        if self.env.su:
            return
        user = self.env.user
        scope, _area_ids, _organization_id = user._lbc_scope()
        own = LEVELS.index(scope) if scope in LEVELS else -1
        for leave in self.sudo():  # postings and posts are public
            level = leave.posting_id.post_id.scope
            higher = (LEVELS.index(level) if level in LEVELS else len(LEVELS)) >= own
            if user in (leave.user_id | leave.substitute_id) or (higher and scope != "county"):
                raise AccessError(
                    self.env._(
                        "You enter leave for those whom you supervise, not for yourself: a "
                        "township for its villages, civil affairs for everybody."
                    )
                )

    def action_end(self):
        self._require_group("leaves")
        self.check_access("write")
        return super().action_end()
