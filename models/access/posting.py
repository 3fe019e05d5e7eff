"""A role comes from a posting: giving or ending one gives or takes the role."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

# Whoever keeps the postings, and whoever inspects (G17).
STAFF_FILE = "left_behind_children.group_territory_manage,left_behind_children.group_oversight_read"


class Posting(models.Model):
    _name = "lbc.posting"
    _inherit = ["lbc.posting", "lbc.journal.changes", "mail.thread"]
    _journal_changes = True

    training_hours = fields.Float(groups=STAFF_FILE)
    record_check_date = fields.Date(groups=STAFF_FILE)
    user_id = fields.Many2one(tracking=True)
    post_id = fields.Many2one(tracking=True)
    area_ids = fields.Many2many(tracking=True)
    date_from = fields.Date(tracking=True)
    date_to = fields.Date(tracking=True)
    is_acting = fields.Boolean("Acting", compute="_compute_is_acting")

    @api.depends_context("uid")
    def _compute_is_acting(self):
        acting = self.env.user._lbc_acting_posting()
        for posting in self:
            posting.is_acting = posting._origin == acting

    @api.model_create_multi
    def create(self, vals_list):
        postings = super().create(vals_list)
        postings._refuse_own()
        postings._refuse_foreign()
        postings.user_id._lbc_sync_role()
        return postings

    def write(self, vals):
        users = self.user_id
        ends_only = self._ends_only(vals)  # to end one's own posting needs nobody else
        if not ends_only:
            self._refuse_own()
        result = super().write(vals)
        if not ends_only:
            self._refuse_own()
            self._refuse_foreign()
        if {"user_id", "post_id", "date_from", "date_to", "active"} & vals.keys():
            (users | self.user_id)._lbc_sync_role()
        return result

    def _ends_only(self, vals):
        """Return whether the values do no more than end the postings earlier (bool)."""
        if vals.keys() - {"date_to", "phone"}:
            return False
        if "date_to" not in vals:
            return True
        end = fields.Date.to_date(vals["date_to"])
        return bool(end) and all(not one.date_to or end <= one.date_to for one in self)

    def _refuse_own(self):
        """Refuse postings of the caller himself: nobody gives himself a role.

        :raises AccessError: superuser code passes
        """
        if not self.env.su and self.env.user in self.user_id:
            raise AccessError(
                self.env._("Nobody posts himself. Ask a colleague who may enter postings.")
            )

    def _refuse_foreign(self):
        """Refuse postings for divisions of another county.

        :raises AccessError: superuser code and the technical administrator pass
        """
        user = self.env.user
        if self.env.su or user.has_group("base.group_system"):
            return
        if self.sudo().area_ids.county_id - user._lbc_counties():
            raise AccessError(
                self.env._("You enter postings for divisions of your own county only.")
            )

    def _like_domain(self):
        post = self.post_id.sudo()
        if not post.role_id:
            return fields.Domain.FALSE
        same = fields.Domain("post_id.role_id", "=", post.role_id.id)
        return same & fields.Domain("post_id.scope", "=", post.scope)

    def _is_like(self, other):
        mine, others = self.post_id, other.post_id
        return (mine.role_id, mine.scope) == (others.role_id, others.scope)

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
