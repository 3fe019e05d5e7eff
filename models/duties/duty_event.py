"""Duties that an event sets off: so many days after a day in the subject's file (§C.1.2)."""

from datetime import date

from odoo import api, models
from odoo.tools import SQL

from .duty import SUBJECT_COLUMN
from .duty_kind import SUBJECTS


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _generate_events(self, kind, profiles, today):
        """Make the duties of events up to today; cancel those whose day was corrected since.

        :return: number (int) of duties made
        """
        self._lock_generator()
        self.env.flush_all()
        self._cancel_corrected(kind, profiles, today)
        back = self._reopen_corrected(kind, profiles, today)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO lbc_duty (%(columns)s)
                SELECT %(values)s
                  FROM (%(subjects)s) home
                  JOIN %(table)s subject ON subject.id = home.%(column)s
                 CROSS JOIN LATERAL (SELECT %(day)s AS start, %(day)s - %(early)s AS begin,
                                            %(due)s AS due) slot
                  %(users)s
                 WHERE slot.start BETWEEN %(since)s AND %(today)s
                   AND NOT EXISTS (
                       SELECT 1 FROM lbc_duty d
                        WHERE d.kind_id = %(kind)s AND d.subject_key = home.subject_key
                          AND d.slot_start = slot.start OFFSET 0)
                ON CONFLICT DO NOTHING
                """,
                columns=self._insert_columns(),
                values=self._insert_values(kind),
                subjects=self._subjects_sql(kind, profiles),
                users=self._sql_user_joins(SQL("home.area_id"), SQL("home.visitor_id")),
                due=self._event_due(kind, profiles[:1]),
                since=kind.date_from,
                today=today,
                early=kind._early(profiles[:1]),
                **self._event_words(kind),
            )
        )
        made = self.env.cr.rowcount
        self._note_made(kind, today, made)
        if made or back:
            self._prove_waiting(kind, profiles, kind.date_from)
        return made

    @api.model
    def _event_words(self, kind):
        """Return what the statements about a kind's events name."""
        name = kind.event_date.partition(":")[2]
        return {
            "kind": kind.id,
            "table": SQL.identifier(self.env[SUBJECTS[kind.subject_type]]._table),
            "column": SQL.identifier(SUBJECT_COLUMN[kind.subject_type]),
            "day": SQL("subject.%s::date", SQL.identifier(name)),
        }

    @api.model
    def _event_due(self, kind, profile):
        """Return SQL of the day on which the duty of the event on `subject`'s day is due."""
        day = self._event_words(kind)["day"]
        value = profile[kind.due_parameter] if kind.due_parameter else kind.due_value
        if kind.due_rule == "after_start":
            return SQL("%s + %s", day, value)
        last = SQL("(date_trunc('month', %s) + interval '1 month - 1 day')::date", day)
        if kind.due_rule == "period_end" or not value:
            return last
        first = SQL("date_trunc('month', %s)::date", day)
        return SQL("greatest(%s, least(%s, %s + %s))", day, last, first, value - 1)

    @api.model
    def _cancel_corrected(self, kind, profiles, today):
        """Cancel open duties whose event happened on another day than was thought.

        Where the policy plans the day, what is past due stays: a new plan does not excuse from it.
        """
        planned = kind.event_date in kind._planned_events()
        self.env.cr.execute(
            SQL(
                """
                UPDATE lbc_duty d
                   SET state = 'cancelled', cancelled_on = %(today)s, cancel_reason = 'event'
                  FROM %(table)s subject
                 WHERE d.kind_id = %(kind)s AND d.county_id = ANY(%(counties)s) AND d.state = 'open'
                   AND subject.id = d.%(column)s AND d.slot_start IS DISTINCT FROM %(day)s
                   AND d.due_date >= %(floor)s
                """,
                floor=SQL("%s::date", today if planned else date.min),
                today=today,
                counties=profiles.county_id.ids,
                **self._event_words(kind),
            )
        )
        if self.env.cr.rowcount:
            self._forget_cached()

    @api.model
    def _reopen_corrected(self, kind, profiles, today):
        """Open again duties whose event happened on their day after all; returns how many."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE lbc_duty d
                   SET state = 'open', cancelled_on = NULL, cancel_reason = NULL,
                       due_date = %(due)s, told_from = %(told)s
                  FROM (%(subjects)s) home
                  JOIN %(table)s subject ON subject.id = home.%(column)s
                 WHERE d.kind_id = %(kind)s AND d.subject_key = home.subject_key
                   AND d.state = 'cancelled' AND d.cancel_reason = 'event'
                   AND d.slot_start = %(day)s AND %(day)s BETWEEN %(since)s AND %(today)s
                """,
                subjects=self._subjects_sql(kind, profiles),
                due=self._event_due(kind, profiles[:1]),
                told=self._told_from(),
                since=kind.date_from,
                today=today,
                **self._event_words(kind),
            )
        )
        if self.env.cr.rowcount:
            self._forget_cached()
        return self.env.cr.rowcount
