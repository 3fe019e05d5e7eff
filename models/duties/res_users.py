"""Whoever has duties begins his day with them."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _lbc_sync_role(self):
        super()._lbc_sync_role()
        action = self.env.ref("left_behind_children.duty_action", raise_if_not_found=False)
        if not action:
            return
        # The home page follows the role, which was just given by whoever may give it.
        begins_here = self.sudo().filtered(
            lambda user: not user.action_id
            and user.has_group("left_behind_children.group_duty_read")
        )
        begins_here.action_id = action.id
