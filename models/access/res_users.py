"""One role at a time, taken from the acting posting; rights never come from anywhere else."""

from collections import defaultdict

from odoo import Command, fields, models
from odoo.exceptions import AccessError, UserError

from .res_groups import ROLE_PREFIX


class ResUsers(models.Model):
    _inherit = "res.users"

    lbc_role_id = fields.Many2one("res.groups", "Role in Care", compute="_compute_lbc_role_id")

    def _compute_lbc_role_id(self):
        roles = self.env["res.groups"]._lbc_roles()
        for user in self:
            user.lbc_role_id = (user.sudo().group_ids & roles)[:1]

    def _lbc_has_role(self, *roles):
        """Return whether the user acts in one of the roles, e.g. `("village", "township")`."""
        return any(self.has_group(f"left_behind_children.{ROLE_PREFIX}{role}") for role in roles)

    def _lbc_sync_role(self):
        """Give each user exactly the role of the posting in which he acts; none: no role.

        Called by postings, whose own access rights say who may give roles; only the product's
        role groups are ever added or removed.
        """
        roles = self.env["res.groups"]._lbc_roles()
        alike = defaultdict(self.sudo().browse)  # one write for all who lose and gain the same
        for user in self.sudo():  # a posting officer is no user administrator
            wanted = user._lbc_acting_posting().post_id.role_id & roles
            held = user.group_ids & roles
            if wanted != held:
                alike[held - wanted, wanted - held] |= user
        for (lost, gained), users in alike.items():
            commands = [Command.unlink(group.id) for group in lost]
            commands += [Command.link(group.id) for group in gained]
            users.write({"group_ids": commands})

    def action_lbc_act_in(self, posting_id):
        """Act from now on in another of one's own current postings (id of `lbc.posting`).

        :raises UserError: the posting is not the caller's own or not current
        """
        self.ensure_one()
        if self != self.env.user:
            raise AccessError(self.env._("Everybody switches only his own post."))
        posting = self.env["lbc.posting"].sudo().browse(posting_id).exists()
        if posting.user_id != self or not posting.is_current:
            raise UserError(self.env._("This is not one of your current postings."))
        user = self.sudo()  # nobody may write his own user record; checked above
        user.lbc_posting_id = posting
        user._lbc_sync_role()
        return {"type": "ir.actions.client", "tag": "reload"}
