"""The role that a post gives to its holder."""

from odoo import fields, models
from odoo.exceptions import AccessError


class Post(models.Model):
    _name = "lbc.post"
    _inherit = ["lbc.post", "lbc.journal.changes"]
    _journal_changes = True
    _journal_plain_text = True

    role_id = fields.Many2one(
        "res.groups",
        domain="[('lbc_is_role', '=', True)]",
        ondelete="restrict",
        help="What the holder of the post may see and do. Empty: does not log in.",
    )

    def write(self, vals):
        if {"role_id", "scope"} & vals.keys() and not self.env.su:
            own = self.env.user.sudo().lbc_posting_ids.post_id  # one's own postings, whoever reads
            if own & self:
                raise AccessError(
                    self.env._("Nobody changes the role of his own post. Ask a colleague.")
                )
        result = super().write(vals)
        if {"role_id", "scope"} & vals.keys():
            self.env["lbc.posting"].search([("post_id", "in", self.ids)]).user_id._lbc_sync_role()
            self.env.registry.clear_cache()
        return result
