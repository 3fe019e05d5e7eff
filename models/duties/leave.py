"""While a leave lasts the substitute is responsible for what is open; afterwards it falls back."""

from odoo import api, fields, models
from odoo.tools import SQL


class Leave(models.Model):
    _inherit = "lbc.leave"

    def _post_substitutes(self):
        result = super()._post_substitutes()
        places = self.sudo().posting_id.area_ids
        self.env["lbc.duty"].sudo()._assign_users(self.env["lbc.duty"]._duties_in(places))
        return result


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _duties_in(self, places):
        """Return the domain of the open duties in these divisions (`lbc.area`) of any level."""
        keys = ("area_id", "township_id", "county_id")
        inside = fields.Domain.OR(fields.Domain(key, "in", places.ids) for key in keys)
        return fields.Domain("state", "=", "open") & inside

    @api.model
    def _sql_stand_ins(self):
        """Who is on leave today, in which villages, and who stands in; once for each of them.

        A substitute who left office himself stands in for nobody.
        """
        return SQL(
            """
            SELECT l.user_id, rel.lbc_area_id AS area_id, min(l.substitute_id) AS substitute_id
              FROM lbc_leave l
              JOIN lbc_posting s ON s.leave_id = l.id AND s.user_id = l.substitute_id AND s.active
                   AND %(today)s BETWEEN s.date_from AND s.date_to
              JOIN lbc_area_lbc_posting_rel rel ON rel.lbc_posting_id = l.posting_id
             WHERE l.active AND %(today)s BETWEEN l.date_from AND l.date_to
             GROUP BY l.user_id, rel.lbc_area_id
            """,
            today=SQL("%s::date", self._today()),
        )
