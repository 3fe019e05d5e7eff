"""When a child was last verified for the ledger (L-2h)."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...lib.periods import Quarter


class Child(models.Model):
    _inherit = "lbc.child"
    _past_own_day = ("verified_on",)

    verified_on = fields.Date("Last Verified", copy=False, index="btree_not_null", readonly=True)
    is_unverified = fields.Boolean(
        "Unverified This Quarter", compute="_compute_is_unverified", search="_search_is_unverified"
    )

    @api.depends("verified_on")
    def _compute_is_unverified(self):
        start = Quarter.of(self.env.user._lbc_today()).start
        for child in self:
            child.is_unverified = not child.verified_on or child.verified_on < start

    @api.model
    def _search_is_unverified(self, operator, value):
        if operator != "in":
            return NotImplemented
        start = Quarter.of(self.env.user._lbc_today()).start
        stale = Domain("verified_on", "=", False) | Domain("verified_on", "<", start)
        return stale if True in value else ~stale

    def action_mark_verified(self):
        """Village or township: the file was checked today and is true (B-5.2c)."""
        self._check_step("village", "township", "civil_affairs")
        self._require_state("state", "on_ledger", "exit_pending", "transferring")
        self.check_access("write")
        # Read-only field: set by this step only.
        for county, children in self.sudo().grouped("county_id").items():
            children.verified_on = self.env["lbc.profile"]._for_county(county)._today()
        return True

    @api.model
    def _past_expressions(self):
        return {**super()._past_expressions(), "verified_on": "own.verified_on"}

    @api.model
    def _census_values(self, day):
        """A census goes to every household: whom it counts is verified on its day."""
        return {**super()._census_values(day), "verified_on": day}

    def _seen_by_census(self, day):
        result = super()._seen_by_census(day)
        self.filtered(lambda child: not child.verified_on or child.verified_on < day).write(
            {"verified_on": day}
        )
        return result
