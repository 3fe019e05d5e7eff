"""Whoever has duties begins his day with them; everybody else on the first page of his menus."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _lbc_sync_role(self):
        result = super()._lbc_sync_role()
        # The home page follows the role, which was just given by whoever may give it.
        starters = self.sudo().filtered(lambda user: user.lbc_role_id and not user.action_id)
        for users in starters.grouped("lbc_role_id").values():
            users.action_id = users[0]._lbc_first_page()
        return result

    def _lbc_may_visit(self, area):
        """Return whether the user acts today as one who visits families in this village (bool)."""
        self.ensure_one()
        _id, _login, role, _posting, county = self._lbc_actor()
        if role == "provider":
            return county == area.county_id.id
        return role in ("village", "township") and self._lbc_covers(area)

    def _lbc_first_page(self):
        """Return the id of the action that the app opens with for this user, False for none."""
        root = self.env.ref("left_behind_children.menu_root", raise_if_not_found=False)
        if not root:
            return False
        menus = self.env["ir.ui.menu"].with_user(self).load_web_menus(False)
        return menus.get(root.id, {}).get("actionID", False)
