"""How far the duties of a kind have been made in a county: what an outage left out is caught up from here."""

from odoo import api, fields, models
from odoo.tools import SQL


class DutyRun(models.Model):
    _name = "lbc.duty.run"
    _description = "How Far Duties Were Made"
    _inherit = ["lbc.access.mixin"]
    _lbc_export_free = True  # says nothing of a child
    _order = "kind_id, county_id"
    _rec_name = "kind_id"

    kind_id = fields.Many2one("lbc.duty.kind", "Duty", required=True, ondelete="cascade")
    county_id = fields.Many2one("lbc.area", required=True, ondelete="cascade", index=True)
    done_until = fields.Date(required=True, help="Last day for which duties were made.")

    _once = models.Constraint("UNIQUE(kind_id, county_id)", "There is one row per duty and county.")

    @api.model
    def _until(self, counties):
        """Return {(kind id, county id): last day for which duties were made}."""
        runs = self.sudo().search_fetch(
            [("county_id", "in", counties.ids)], ["kind_id", "county_id", "done_until"]
        )
        return {(run.kind_id.id, run.county_id.id): run.done_until for run in runs}

    @api.model
    def _remember(self, kinds, counties, day):
        """Write down that the duties of these kinds in these counties are made up to `day`; nothing if they were."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO lbc_duty_run (kind_id, county_id, done_until, create_uid, write_uid,
                                          create_date, write_date)
                SELECT kind, county, %(day)s, %(uid)s, %(uid)s,
                       now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                  FROM unnest(%(kinds)s) AS kind, unnest(%(counties)s) AS county
                ON CONFLICT (kind_id, county_id) DO UPDATE
                       SET done_until = excluded.done_until, write_date = excluded.write_date
                     WHERE lbc_duty_run.done_until < excluded.done_until
                """,
                counties=counties.ids,
                day=day,
                uid=self.env.uid,
                kinds=kinds.ids,
            )
        )
        self.invalidate_model()
