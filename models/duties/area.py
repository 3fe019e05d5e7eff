"""Open duties go along when a division becomes part of another one (§C.6 case 18), if their kinds hold there."""

from odoo import models
from odoo.tools import SQL


class Area(models.Model):
    _inherit = "lbc.area"

    def write(self, vals):
        result = super().write(vals)
        if "parent_id" in vals:
            # Duties follow from where places lie; whoever merges divisions need not read them.
            self.env["lbc.duty"].sudo()._follow_areas(self)
        return result


class Duty(models.Model):
    _inherit = "lbc.duty"

    def _follow_areas(self, areas):
        """Give the open duties in these divisions the township and county where they lie now."""
        inside = self.env["lbc.area"].sudo().with_context(active_test=False)
        inside = inside.search([("id", "child_of", areas.ids)])
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE lbc_duty d SET township_id = a.township_id, county_id = a.county_id
                  FROM lbc_area a
                 WHERE a.id = coalesce(d.area_id, d.township_id) AND a.id = ANY(%s)
                   AND d.state = 'open' AND a.county_id IS NOT NULL
                   AND (d.township_id, d.county_id)
                       IS DISTINCT FROM (a.township_id, a.county_id)
                """,
                inside.ids,
            )
        )
        profiles = self.env["lbc.profile"].sudo()
        profiles = profiles.search([("county_id", "in", inside.county_id.ids)])
        for alike in profiles._alike():
            self._drop_strange(alike, alike[:1]._today())  # they may lie in another county now
        self._forget_cached()
