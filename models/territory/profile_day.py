"""What day it is in a county, for statements over many counties: jobs run at night, when UTC has the day before."""

from odoo import api, fields, models
from odoo.tools import SQL


class Profile(models.Model):
    _inherit = "lbc.profile"

    @api.model
    def _sql_today(self, county):
        """Return SQL of the day it is in a county by its profile's time zone.

        :param county: SQL of the county's id
        """
        profiles = self.sudo().search([("county_id", "!=", False)])
        usual = fields.Date.context_today(self.with_context(tz="Asia/Shanghai"))
        cases = []
        for zone, of_zone in profiles.grouped("time_zone").items():
            day = fields.Date.context_today(self.with_context(tz=zone))
            if day != usual:
                counties = of_zone.county_id.ids
                cases.append(SQL("WHEN %s = ANY(%s) THEN %s::date", county, counties, day))
        if not cases:
            return SQL("%s::date", usual)
        return SQL("CASE %s ELSE %s::date END", SQL(" ").join(cases), usual)
