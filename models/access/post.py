"""The role that a post gives to its holder."""

from odoo import fields, models


class Post(models.Model):
    _inherit = "lbc.post"

    role_id = fields.Many2one(
        "res.groups",
        domain="[('lbc_is_role', '=', True)]",
        ondelete="restrict",
        help="What the holder of the post may see and do. Empty: does not log in.",
    )

    def write(self, vals):
        result = super().write(vals)
        if {"role_id", "scope"} & vals.keys():
            self.env["lbc.posting"].search([("post_id", "in", self.ids)]).user_id._lbc_sync_role()
            self.env.registry.clear_cache()
        return result
