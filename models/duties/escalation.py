"""Who is told of late duties, and who said that he knows: one ladder for all kinds (B-3.1d, L-1g).

The level on the duty follows from its due day and the ladder of its kind; one statement a night
brings all duties to what the dates say. Escalation belongs to the duty, so that rooms whose
submissions, renewals and response steps own a duty share it.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .duty_step import RANKS


class Duty(models.Model):
    _inherit = "lbc.duty"

    acknowledged_rank = fields.Integer(
        "Acknowledged at Level",
        readonly=True,
        help="How high on the ladder who acknowledged stands; a higher step ends the rest.",
    )

    def action_acknowledge(self):
        """Say that one knows of these late duties: they stay open, and rest for the profile's days.

        While they rest nobody else is told; afterwards they come back. They rest for who is on the
        ladder up to the caller: when a higher step is reached, the rest is over.

        :raises UserError: one of them is not late, rests already, or was told to somebody higher
        """
        self._require_role(*RANKS)
        self.check_access("read")
        self._require_state("state", "open")
        today = fields.Date.context_today(self)
        for duty in self:
            if not duty.escalation_level and duty.due_date >= today:
                raise UserError(
                    self.env._(
                        "%(duty)s is not late yet; there is nothing to acknowledge.",
                        duty=duty.display_name,
                    )
                )
        self._check_acknowledge()
        profiles = self.env["lbc.profile"]
        for county, duties in self.grouped("county_id").items():
            days = profiles._for_county(county).acknowledge_days
            # Duties are read-only for every role; role, scope and state were checked above.
            duties.sudo().write(
                {
                    "acknowledged_by_id": self.env.uid,
                    "acknowledged_rank": self._acknowledging_rank(),
                    "acknowledged_on": today,
                    "acknowledged_until": today + timedelta(days=days),
                }
            )
        self.env["lbc.journal"]._note("write", self._name, self.ids, reason="acknowledged")
        return True

    @api.model
    def _acknowledging_rank(self):
        """Return how high on the ladder the caller stands (int); superuser code stands at its top."""
        return max(RANKS.values()) if self.env.su else self.env.user._lbc_rank()

    def _check_acknowledge(self):
        """Refuse duties that rest already, and those of which somebody above the caller was told."""
        today, rank = fields.Date.context_today(self), self._acknowledging_rank()
        for duty in self:
            if duty.acknowledged_until and duty.acknowledged_until >= today:
                raise UserError(
                    self.env._(
                        "%(duty)s was acknowledged already and rests until %(day)s.",
                        duty=duty.display_name,
                        day=duty.acknowledged_until,
                    )
                )
            if duty.escalation_level > rank:
                raise UserError(
                    self.env._(
                        "Somebody above you was told of %(duty)s. He alone may let it rest.",
                        duty=duty.display_name,
                    )
                )

    @api.model
    def _escalate(self, day):
        """Bring the levels of all open duties to what `day` (date) says; returns how many changed.

        One statement. An acknowledgement ends when the ladder climbs above who gave it; what is no
        longer late, because its plan was changed, goes back to nothing.
        """
        self.env.flush_all()
        ranks = SQL(" ").join(SQL("WHEN %s THEN %s", role, rank) for role, rank in RANKS.items())
        self.env.cr.execute(
            SQL(
                """
                UPDATE lbc_duty d
                   SET escalation_level = v.level,
                       acknowledged_until = CASE WHEN v.level <= coalesce(d.acknowledged_rank, 0)
                                                 THEN d.acknowledged_until END
                  FROM (SELECT w.id, coalesce(max(CASE s.whom %(ranks)s END), 0) AS level
                          FROM lbc_duty w
                          LEFT JOIN lbc_duty_step s ON s.kind_id = w.kind_id
                               AND s.whom <> 'visitor'
                               AND w.due_date + s.days + %(grace)s <= %(day)s
                         WHERE w.state = 'open'
                           AND (w.due_date < %(day)s OR w.escalation_level > 0)
                         GROUP BY w.id) v
                 WHERE d.id = v.id AND d.escalation_level IS DISTINCT FROM v.level
                """,
                ranks=ranks,
                day=day,
                grace=self._grace_sql(),
            )
        )
        changed = self.env.cr.rowcount
        self.invalidate_model(["escalation_level", "acknowledged_until"])
        return changed

    @api.model
    def _grace_sql(self):
        """Return SQL: by how many days the ladder of duty `w` begins later; rooms with days of grace say so."""
        return SQL("0")

    @api.model
    def _cron_escalate(self):
        """Escalate what is late and tell everybody his news of the day (nightly)."""
        today = self._today()
        leaves = self.env["lbc.leave"].search(
            Domain("date_from", "=", today) | Domain("date_to", "=", today - timedelta(days=1))
        )
        if leaves:  # who is told today is whoever is there today
            self._assign_users(self._duties_in(leaves.posting_id.area_ids))
        self._escalate(today)
        self._send_digests(today)
