"""When a kind or the profile says other days, duties ahead become due on these; the past stays (§C.6 case 21)."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ...lib import slots

_RETIME = """
UPDATE lbc_duty d
   SET due_date = greatest(v.due, %(today)s), window_start = v.begin,
       write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
  FROM (%(rows)s) AS v(id, begin, due)
 WHERE d.id = v.id AND (d.due_date, d.window_start) <> (greatest(v.due, %(today)s), v.begin)
"""


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _retime(self, kind, profiles, today):
        """Give the open duties ahead of a kind in some counties their present days; returns how many changed.

        None becomes due before `today`: nobody is late by a change of the rules.
        """
        rows = self._event_days(kind, profiles[:1]) if kind.period == "event" else None
        rows = rows or self._period_days(kind, profiles, today)
        if not rows:
            return 0
        ahead = SQL(
            "%s AND d.kind_id = %s AND d.county_id = ANY(%s) AND d.state = 'open' AND d.due_date >= %s",
            rows,
            kind.id,
            profiles.county_id.ids,
            today,
        )
        self.env.cr.execute(SQL(_RETIME, rows=ahead, today=today, uid=self.env.uid))
        return self.env.cr.rowcount

    @api.model
    def _event_days(self, kind, profile):
        """Return SQL of (duty `d`, window, due day) of the duties that an event sets off."""
        return SQL(
            "SELECT d.id, d.slot_start - %(early)s, %(due)s FROM lbc_duty d "
            "JOIN %(table)s subject ON subject.id = d.%(column)s WHERE d.slot_start = %(day)s",
            early=kind._early(profile),
            due=self._event_due(kind, profile),
            **self._event_words(kind),
        )

    @api.model
    def _period_days(self, kind, profiles, today):
        """Return SQL of (duty `d`, window, due day) of the duties of periods; None without any.

        Where pace follows risk the plan says when they are due, see `_replan`.
        """
        if kind.density == "risk":
            return SQL(
                "SELECT d.id, d.slot_start - %s, d.due_date FROM lbc_duty d WHERE true",
                kind.early_days,
            )
        starts = self.env.execute_query(
            SQL(
                "SELECT DISTINCT slot_start FROM lbc_duty WHERE kind_id = %s AND county_id = ANY(%s) "
                "AND state = 'open' AND due_date >= %s",
                kind.id,
                profiles.county_id.ids,
                today,
            )
        )
        profile, days = profiles[:1], []
        for (start,) in starts:
            _first, end = slots.period(kind.period, self._interval(kind), start)
            value = profile[kind.due_parameter] if kind.due_parameter else kind.due_value
            due = slots.due_day(kind.due_rule, value, start, end)
            days.append(
                SQL(
                    "(%s::date, %s::date, %s::date)", start, start - timedelta(kind.early_days), due
                )
            )
        return days and SQL(
            "SELECT d.id, slot.begin, slot.due FROM lbc_duty d "
            "JOIN (VALUES %s) AS slot(start, begin, due) ON slot.start = d.slot_start WHERE true",
            SQL(", ").join(days),
        )
