"""What lies within a division, for the steps that work through an area."""

from odoo import models
from odoo.fields import Domain

KEYS = {"village": "area_id", "township": "township_id", "county": "county_id"}


class Area(models.Model):
    _inherit = "lbc.area"

    def _lbc_within(self):
        """Return the domain of business records within this division; nothing above the county."""
        self.ensure_one()
        key = KEYS.get(self.level)
        return Domain(key, "=", self.id) if key else Domain.FALSE


class ResUsers(models.Model):
    _inherit = "res.users"

    def _lbc_own_area(self):
        """Return the division (0 or 1 record) in which the user works, the first if there are several."""
        _scope, area_ids, _organization_id = self._lbc_scope()
        return self.env["lbc.area"].browse(area_ids[:1])
