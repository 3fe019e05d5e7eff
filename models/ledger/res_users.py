"""Who sees which quarter: counts are for the county, and for every township its own."""

from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _lbc_quarter_domain(self):
        """Return the domain over quarters and submissions: those of the user's county."""
        return Domain("county_id", "in", self._lbc_counties().ids)

    def _lbc_submission_domain(self):
        """Return the domain over submissions: of the own townships, or of the whole county."""
        scope, area_ids, _organization_id = self._lbc_scope()
        if scope not in ("village", "township"):
            return self._lbc_quarter_domain()
        townships = self.env["lbc.area"].sudo().browse(area_ids).township_id
        return Domain("township_id", "in", townships.ids)
