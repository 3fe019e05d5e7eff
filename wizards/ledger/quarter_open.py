"""Open a quarter for a county (B-5.2c)."""

from odoo import api, fields, models

from ...lib.periods import Quarter


class QuarterOpen(models.TransientModel):
    _name = "lbc.quarter.open"
    _description = "Open a Quarter"
    _inherit = ["lbc.wizard.mixin"]

    county_id = fields.Many2one(
        "lbc.area",
        required=True,
        domain="[('level', '=', 'county')]",
        default=lambda self: self._default_county(),
    )
    year = fields.Integer(
        required=True, default=lambda self: Quarter.of(self.env.user._lbc_today()).year
    )
    number = fields.Selection(
        [("1", "First"), ("2", "Second"), ("3", "Third"), ("4", "Fourth")],
        "Quarter",
        required=True,
        default=lambda self: str(Quarter.of(self.env.user._lbc_today()).number),
    )
    cutoff = fields.Date("As of", compute="_compute_cutoff")

    def _default_county(self):
        _scope, area_ids, _organization_id = self.env.user._lbc_scope()
        return self.env["lbc.area"].browse(area_ids).county_id[:1]

    @api.depends("county_id", "year", "number")
    def _compute_cutoff(self):
        for wizard in self:
            if not (wizard.county_id and wizard.number and 2000 <= wizard.year <= 2200):
                wizard.cutoff = False
                continue
            profile = self.env["lbc.profile"]._for_county(wizard.county_id)
            period = Quarter(wizard.year, int(wizard.number))
            wizard.cutoff = period.cutoff(profile.quarter_cutoff_day)

    def action_open(self):
        """Open the quarter and show its townships; opening twice does nothing twice."""
        self.ensure_one()
        self._require_role("civil_affairs", "leading_office")
        period = Quarter(self.year, int(self.number))
        quarter = self.env["lbc.quarter"]._open(self.county_id, period)
        return quarter.action_view_submissions()
