"""Attempts at a visit that met nobody, counted on the duties that they leave open (domain.md §B.4)."""

from odoo import api, models
from odoo.tools import SQL


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _cron_generate(self):
        result = super()._cron_generate()
        self.sudo()._refresh_attempts()  # of duties made after the attempt
        return result

    @api.model
    def _refresh_attempts(self, households=None):
        """Count anew, in one statement, how often nobody was met; writes only what changed.

        A visit counts for every duty of the household whose period had begun and that was not done yet.

        :param households: `lbc.household` whose duties are looked at; None for all open duties
        :return: number (int) of duties changed
        """
        whose = SQL(
            "d.state = 'open' AND coalesce(d.household_id, c.household_id) IN "
            "(SELECT household_id FROM lbc_visit WHERE state = 'not_met')"
        )
        if households is not None:
            homes = list(households.ids)
            whose = SQL(
                "(d.household_id = ANY(%(homes)s) OR d.child_id IN "
                "(SELECT id FROM lbc_child WHERE household_id = ANY(%(homes)s)))",
                homes=homes,
            )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH counted AS (
                    SELECT d.id, count(v.id) AS number, max(v.date) AS last
                      FROM lbc_duty d
                      JOIN lbc_duty_kind k ON k.id = d.kind_id AND k.evidence_model = 'lbc.visit'
                      LEFT JOIN lbc_child c ON c.id = d.child_id
                      LEFT JOIN lbc_visit v
                        ON v.household_id = coalesce(d.household_id, c.household_id)
                       AND v.state = 'not_met' AND v.date >= d.window_start
                       AND (d.done_on IS NULL OR v.date <= d.done_on)
                     WHERE %s
                     GROUP BY d.id)
                UPDATE lbc_duty d SET attempt_count = counted.number, last_attempt_on = counted.last
                  FROM counted
                 WHERE d.id = counted.id
                   AND (coalesce(d.attempt_count, 0), d.last_attempt_on)
                       IS DISTINCT FROM (counted.number, counted.last)
                """,
                whose,
            )
        )
        changed = self.env.cr.rowcount
        self.invalidate_model(["attempt_count", "last_attempt_on"])
        return changed
