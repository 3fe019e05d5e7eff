"""When facts change, what lies ahead is planned anew; what is done or past stays (§C.6 cases 7, 11, 21).

From the day of the change on: an open duty that lies ahead stays if the new plan has a slot that begins
with it, and is cancelled otherwise; the running one may only become due earlier; slots of the new
plan that are missing are made, the running one too unless something done or open covers it.
"""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...lib import ages, periods, slots
from .duty_evidence_sql import evidence_rows

MONTHS_AHEAD = 2  # so many months may have been planned in advance


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _replan(self, children, day=None):
        """Plan the open duties of these children and their households anew from `day` on.

        Call it after risk, key tags, the profile or the place of children changed. A constant number
        of statements, for one child or a whole district; who has no duties in the month yet gets them
        from the nightly job.

        :param children: `lbc.child` recordset, or a domain over it (taken as superuser)
        :param day: date from which the plan holds; today unless given
        """
        self.env.flush_all()
        Child = self.env["lbc.child"].sudo().with_context(active_test=False)
        if isinstance(children, models.BaseModel):
            children = [("id", "in", children.ids)]
        query = Child._search(Domain(children))
        homes = Domain("household_id", "in", query.subselect("household_id"))
        counties = self.env.execute_query(
            SQL("SELECT DISTINCT county_id FROM (%s) c", query.select("county_id"))
        )
        profiles = self.env["lbc.profile"].sudo()
        profiles = profiles.search([("county_id", "in", [one for (one,) in counties])])
        for alike in profiles._alike(day):
            self.sudo()._replan_counties(alike, homes, day or alike[:1]._today())

    @api.model
    def _replan_counties(self, profiles, only, day):
        """Plan anew, in counties that are `_alike`, the duties of the children in the domain `only`."""
        kinds = self.env["lbc.duty.kind"]._in_force(profiles[:1], day)
        by_risk = kinds.filtered(lambda kind: kind.density == "risk")
        changed = self._drop_strange(profiles, day, only)
        changed += self._reopen_returned(kinds - by_risk, profiles, only, day)
        for kind in by_risk:
            self._each_apart(kind, profiles, self._replan_kind, only, day)
        if changed:
            self._forget_cached()

    @api.model
    def _replan_kind(self, kind, profiles, only, day):
        """Plan anew the duties of one kind."""
        words = self._plan_words(kind, profiles, only, day)
        changed = self._move_deadlines(words)
        added = self._bring_back_slots(words) + self._add_slots(kind, words)
        if added:
            self._prove_again(kind, words)
        if changed or added:
            self._forget_cached()

    @api.model
    def _plan_words(self, kind, profiles, only, day):
        """Return what the statements of a plan are made of."""
        first = periods.month_start(day)
        rows = {
            (pace, start, stop, start - stop.__class__.resolution * kind.early_days)
            for ahead in range(MONTHS_AHEAD + 1)
            for pace in self._paces(kind, profiles[:1])
            for start, stop in slots.slots(ages.add_months(first, ahead), pace)
        }
        return {
            "kind": kind.id,
            "day": day,
            "uid": self.env.uid,
            "floor": self._floor(kind, profiles[:1], day),
            "subjects": self._subjects_sql(kind, profiles, only),
            "slots": SQL(", ").join(
                SQL("(%s, %s::date, %s::date, %s::date)", *row) for row in sorted(rows)
            ),
        }

    @api.model
    def _floor(self, kind, profile, day):
        """Return the first day (date) of the earliest slot that may reach into the month of `day`.

        One of the present paces, or one that was begun when visits were due more seldom.
        """
        floor = min(slots.earliest_start(day, self._paces(kind, profile)), day)
        if kind.density == "same":
            return floor  # their periods never change, see `FOUNDATIONS`
        ((begun,),) = self.env.execute_query(
            SQL(
                "SELECT min(d.slot_start) FROM (SELECT slot_start FROM lbc_duty WHERE kind_id = %s "
                "AND slot_start < %s AND due_date >= %s "
                "AND due_date >= slot_start + interval '1 month' OFFSET 0) d",  # else by `_kind_order`
                kind.id,
                floor,
                periods.month_start(day),
            )
        )
        return begun or floor

    @api.model
    def _move_deadlines(self, words):
        """Give open duties the deadlines of the new plan, cancel those it does not have."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE lbc_duty d
                   SET due_date = CASE WHEN slot.start = d.slot_start AND d.slot_start > %(day)s
                                       THEN slot.stop
                                       WHEN d.slot_start > %(day)s THEN d.due_date
                                       ELSE least(d.due_date, slot.stop) END,
                       state = CASE WHEN d.slot_start > %(day)s AND slot.start <> d.slot_start
                                    THEN 'cancelled' ELSE 'open' END,
                       cancel_reason = CASE WHEN d.slot_start > %(day)s
                                             AND slot.start <> d.slot_start THEN 'replanned' END,
                       cancelled_on = CASE WHEN d.slot_start > %(day)s
                                            AND slot.start <> d.slot_start THEN %(day)s END,
                       write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
                  FROM (%(subjects)s) home
                  JOIN (VALUES %(slots)s) AS slot(pace, start, stop, begin)
                    ON slot.pace = home.pace
                 WHERE d.kind_id = %(kind)s AND d.subject_key = home.subject_key
                   AND d.state = 'open' AND d.due_date >= %(day)s AND d.slot_start >= %(floor)s
                   AND greatest(%(day)s, d.slot_start) BETWEEN slot.start AND slot.stop
                   AND (d.due_date > slot.stop OR d.slot_start > %(day)s
                        AND (slot.start <> d.slot_start OR d.due_date <> slot.stop))
                """,
                **words,
            )
        )
        return self.env.cr.rowcount

    @api.model
    def _needed_sql(self, words):
        """Return SQL of `home` and `slot`: what the new plan asks for and nothing covers.

        Only in months that have been planned for the subject already.
        """
        return SQL(
            """
            (%(subjects)s) home
              JOIN (VALUES %(slots)s) AS slot(pace, start, stop, begin)
                ON slot.pace = home.pace AND slot.stop >= %(day)s AND home.entry <= slot.stop
               AND EXISTS (
                   SELECT 1 FROM lbc_duty p
                    WHERE p.kind_id = %(kind)s AND p.subject_key = home.subject_key
                      AND p.slot_start >= %(floor)s AND p.due_date >= date_trunc('month', slot.start)
                      AND p.slot_start < CASE WHEN home.pace < 0 THEN slot.stop + 1 ELSE
                          (date_trunc('month', slot.start) + interval '1 month')::date END
                   OFFSET 0)
               AND (slot.start > %(day)s OR NOT EXISTS (
                   SELECT 1 FROM lbc_duty c
                    WHERE c.kind_id = %(kind)s AND c.subject_key = home.subject_key
                      AND c.slot_start >= %(floor)s AND c.slot_start <= %(day)s
                      AND (c.state = 'open' AND c.due_date >= %(day)s
                           OR c.state = 'done' AND (c.slot_start = slot.start
                              OR c.due_date >= slot.start AND c.done_on >= slot.start))
                   OFFSET 0))
            """,
            **words,
        )

    @api.model
    def _bring_back_slots(self, words):
        """Open cancelled duties again that the new plan asks for; same rows, same ids."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE lbc_duty d
                   SET state = 'open', cancel_reason = NULL, cancelled_on = NULL,
                       due_date = slot.stop, area_id = home.area_id,
                       township_id = home.township_id, county_id = home.county_id,
                       subject_count = home.subject_count, write_uid = %(uid)s,
                       write_date = now() AT TIME ZONE 'UTC'
                  FROM %(needed)s
                 WHERE d.kind_id = %(kind)s AND d.subject_key = home.subject_key
                   AND d.slot_start = slot.start AND d.state = 'cancelled'
                """,
                needed=self._needed_sql(words),
                **words,
            )
        )
        return self.env.cr.rowcount

    @api.model
    def _add_slots(self, kind, words):
        """Make the duties that the new plan asks for and that were never there."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO lbc_duty (%(columns)s)
                SELECT %(values)s
                  FROM (SELECT home.*, slot.start, slot.stop AS due, slot.begin
                          FROM %(needed)s
                         WHERE NOT EXISTS (
                               SELECT 1 FROM lbc_duty d
                                WHERE d.kind_id = %(kind)s AND d.subject_key = home.subject_key
                                  AND d.slot_start = slot.start OFFSET 0)) home
                 CROSS JOIN LATERAL (SELECT home.start, home.begin, home.due) slot
                  %(users)s
                ON CONFLICT DO NOTHING
                """,
                columns=self._insert_columns(),
                values=self._insert_values(kind),
                needed=self._needed_sql(words),
                users=self._sql_user_joins(SQL("home.area_id"), SQL("home.visitor_id")),
                kind=kind.id,
            )
        )
        made = self.env.cr.rowcount
        self._note_made(kind, words["day"], made)
        return made

    @api.model
    def _prove_again(self, kind, words):
        """Let what was filed this month resolve the duties that were added."""
        if not kind.evidence_model:
            return
        column = "child_id" if kind.subject_type == "child" else "household_id"
        rows = SQL(
            "SELECT r.id, r.day, r.subject_id FROM (%s) r WHERE r.day >= %s "
            "AND r.subject_id IN (SELECT home.%s FROM (%s) home)",
            evidence_rows(kind),
            words["floor"],
            SQL.identifier(column),
            words["subjects"],
        )
        self._prove(kind, rows)
