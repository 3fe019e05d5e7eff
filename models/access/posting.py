"""A role comes from a posting: giving or ending one gives or takes the role."""

from odoo import api, fields, models


class Posting(models.Model):
    _inherit = "lbc.posting"

    is_acting = fields.Boolean("Acting", compute="_compute_is_acting")

    @api.depends_context("uid")
    def _compute_is_acting(self):
        acting = self.env.user._lbc_acting_posting()
        for posting in self:
            posting.is_acting = posting._origin == acting

    @api.model_create_multi
    def create(self, vals_list):
        postings = super().create(vals_list)
        postings.user_id._lbc_sync_role()
        return postings

    def write(self, vals):
        users = self.user_id
        result = super().write(vals)
        if {"user_id", "post_id", "date_from", "date_to", "active"} & vals.keys():
            (users | self.user_id)._lbc_sync_role()
        return result

    def unlink(self):
        users = self.user_id
        result = super().unlink()
        users._lbc_sync_role()
        return result

    def action_act_in(self):
        """Act from now on in this posting, one of the caller's own."""
        self.ensure_one()
        return self.env.user.action_lbc_act_in(self.id)

    @api.model
    def _cron_roll_over(self):
        """Give and take roles of postings that begin or ended (daily)."""
        self.invalidate_model(["is_current"])
        self.search([("user_id", "!=", False)]).user_id._lbc_sync_role()
        self.env.registry.clear_cache()  # scopes are cached with the day they were read on
