"""Whom a unit's report holds: the ledger on the report's own day, each child in one report of the quarter.

A report is as of the cut-off, or of the day on which it is made if that comes first: nobody can report a day that has
not come. What happens later belongs to the next report (§C.6 cases 1, 2, 5). Units report on different days, so their
rows decide who carries a child: standing reports (submitted or received) hold whom they hold, and whoever went to a
unit that has reported without him is carried by the last unit on his way that has not.
"""

from datetime import timedelta
from typing import NamedTuple

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...lib.periods import Quarter
from ..registry.past_sql import on_day, past_join, then
from .submission import REPORTED

# A verification after the day is the next report's, also where nothing earlier was kept.
_VERIFIED = then("child", "verified_on", "date")
VERIFIED_THEN = f"CASE WHEN ({_VERIFIED}) <= asof.day THEN ({_VERIFIED}) END"
NEVER_COUNTED = ("draft", "to_verify", "rejected", "void")
_FOREVER = timedelta(days=92 * 2)  # how far back a move may lie that a report has still to follow


class Stint(NamedTuple):
    """A time in which what lies in a division belongs to another one, and to a unit.

    past, then: ids of the division and of what it had become. unit: id of the township that reports it in the
    quarter. start, end: first and last day (date), None without bound.
    """

    past: int
    then: int
    unit: int
    start: object
    end: object

    def is_on(self, day):
        return (not self.start or self.start <= day) and (not self.end or self.end >= day)


class Submission(models.Model):
    _inherit = "lbc.submission"

    def _day(self):
        """Return the day (date) as of which this report is, or would be if it were made now."""
        self.ensure_one()
        if self.state in REPORTED and self.current_version_id:
            return self.current_version_id.cutoff
        return min(self.cutoff, self._today())

    def _today(self):
        """Return the day it is in the district (date), whatever the user's own time zone is."""
        return self.env["lbc.profile"]._for_county(self.county_id)._today()

    def _standing_others(self):
        """Return the reports of the quarter that other townships have made; a returned one does not stand."""
        return self.search(
            [
                ("quarter_id", "=", self.quarter_id.id),
                ("township_id", "not in", [False, self.township_id.id]),
                ("state", "in", REPORTED),
                ("current_version_id", "!=", False),
            ]
        )

    # -- where the divisions belong

    def _places(self, day=None):
        """Return [(division, the one responsible for it on the day of the report)] of the township.

        Divisions merge: what lay in a division that had ended by then is reported by its successor
        (§C.6 case 18).
        """
        day = day or self._day()
        own = self.township_id.id
        return [
            (one.past, one.then) for one in self._stints() if one.unit == own and one.is_on(day)
        ]

    def _stints(self):
        """Return the `Stint`s of the county's villages, to which unit of this quarter they belong.

        A village belongs to the report that has its part: the quarter was opened with it there. One
        without a part belongs to its township.
        """
        area = self.env["lbc.area"].with_context(active_test=False)
        villages = area.search([("county_id", "=", self.county_id.id), ("level", "=", "village")])
        villages = villages._with_predecessors()
        parts = self.env["lbc.submission.village"].search(
            [
                ("submission_id.quarter_id", "=", self.quarter_id.id),
                ("submission_id.state", "!=", "closed"),
            ]
        )
        unit_of = {part.area_id.id: part.submission_id.township_id.id for part in parts}
        found = []
        for village in villages:
            start, then, passed = None, village, set()
            while then and then.id not in passed:
                passed.add(then.id)
                end = then.valid_to if then.successor_id else None
                unit = unit_of.get(then.id) or then.township_id._on(self.cutoff).id
                if not end or not start or end >= start:
                    found.append(Stint(village.id, then.id, unit, start, end))
                    start = end and end + timedelta(days=1)
                then = then.successor_id if end else then.browse()
        return found

    # -- who is in the report

    def _as_of(self):
        """Return SQL: (child_id, day, date_entry, area_id, township_id) of the report's rows.

        A child that entered after the day is not in it, one that left after the day still is
        (§C.6 case 2); a child that moved is where it was that day. Nobody stands in two reports of
        one quarter, and nobody falls between two that were made on different days.
        """
        self.ensure_one()
        day, stints, others = self._day(), self._stints(), self._standing_others()
        own = [one for one in stints if one.unit == self.township_id.id]
        places = [one for one in own if one.is_on(day)]
        # OFFSET 0: looked up child by child. Of rows that were frozen a moment ago the planner
        # knows nothing, and would compare each child with all of them.
        query = SQL(
            """
            SELECT e.child_id, %(day)s::date AS day, e.date_entry,
                   place.then_id AS area_id, %(township)s AS township_id
              FROM unnest(%(past)s::int[], %(then)s::int[]) AS place(past_id, then_id)
              JOIN lbc_episode e ON e.area_id = place.past_id
             WHERE e.area_id = ANY(%(past)s) AND %(counts)s
               AND NOT EXISTS (SELECT 1 FROM lbc_episode later
                                WHERE later.child_id = e.child_id AND later.id > e.id
                                  AND %(later_counts)s OFFSET 0)
               AND NOT EXISTS (SELECT 1 FROM lbc_snapshot s
                                WHERE s.child_ref = e.child_id
                                  AND s.version_id = ANY(%(others)s) OFFSET 0)
            """,
            day=day,
            township=self.township_id.id,
            others=others.current_version_id.ids,
            past=[one.past for one in places],
            then=[one.then for one in places],
            counts=self._on_ledger_then(SQL.identifier("e"), day),
            later_counts=self._on_ledger_then(SQL.identifier("later"), day),
        )
        if not others or not own:
            return query
        return SQL("%s UNION ALL %s", query, self._left_behind(day, stints, others))

    def _left_behind(self, day, stints, others):
        """Return SQL of the rows of those who went on to units that had reported without them.

        The way of a child: its moves inside the district, and the mergers of the villages where it
        was. The last unit on it that has no standing report carries the child, where it was then.
        """
        own, since = self.township_id.id, Quarter.of(self.cutoff).start - _FOREVER
        mine = [one for one in stints if one.unit == own]
        gone = {one.past for one in mine if one.end and one.end >= since and one.end < day}
        return SQL(
            """
            SELECT way.child_id, %(day)s::date, way.date_entry, way.then_id, %(own)s
              FROM (
                SELECT DISTINCT ON (link.child_id)
                       link.child_id, link.date_entry, place.then_id, place.unit_id,
                       link.step = 0 AND (place.until IS NULL OR place.until >= %(day)s) AS is_here
                  FROM (
                    WITH RECURSIVE link AS (
                        SELECT e.*, 0 AS step FROM lbc_episode e
                         WHERE e.child_id IN (%(candidates)s) AND %(counts)s
                           AND NOT EXISTS (SELECT 1 FROM lbc_episode later
                                            WHERE later.child_id = e.child_id AND later.id > e.id
                                              AND %(later_counts)s)
                         UNION ALL
                        SELECT e.*, link.step + 1 FROM link JOIN lbc_episode e ON e.id = link.previous_id
                         WHERE link.entry_kind = 'moved_in' AND e.state = 'exited'
                    ) SELECT * FROM link) link
                  JOIN unnest(%(past)s::int[], %(then)s::int[], %(units)s::int[],
                              %(starts)s::date[], %(ends)s::date[])
                         AS place(past_id, then_id, unit_id, since, until)
                    ON place.past_id = link.area_id
                   AND (place.until IS NULL OR place.until >= link.date_entry)
                   AND (place.since IS NULL OR place.since <= CASE WHEN link.step = 0 THEN %(day)s
                            ELSE GREATEST(link.date_exit - 1, link.date_entry) END)
                 WHERE place.unit_id <> ALL(%(standing)s)
                 ORDER BY link.child_id, link.step, place.since DESC NULLS LAST) way
             WHERE way.unit_id = %(own)s AND NOT way.is_here
               AND NOT EXISTS (SELECT 1 FROM lbc_snapshot s
                                WHERE s.child_ref = way.child_id
                                  AND s.version_id = ANY(%(versions)s) OFFSET 0)
            """,
            day=day,
            own=own,
            candidates=SQL(
                """
                SELECT m.child_id FROM lbc_episode m
                 WHERE m.area_id = ANY(%(ever)s) AND m.state = 'exited'
                   AND m.exit_reason = 'moved_inside' AND m.date_exit <= %(day)s
                   AND (m.date_exit >= %(since)s OR m.write_date >= %(since)s)
                 UNION
                SELECT m.child_id FROM lbc_episode m WHERE m.area_id = ANY(%(gone)s)
                """,
                ever=list({one.past for one in mine}),
                gone=list(gone),
                day=day,
                since=since,
            ),
            counts=self._on_ledger_then(SQL.identifier("e"), day),
            later_counts=self._on_ledger_then(SQL.identifier("later"), day),
            past=[one.past for one in stints],
            then=[one.then for one in stints],
            units=[one.unit for one in stints],
            starts=[one.start or None for one in stints],
            ends=[one.end or None for one in stints],
            standing=others.township_id.ids,
            versions=others.current_version_id.ids,
        )

    def _on_ledger_then(self, episode, day=None):
        """Return SQL: whether an episode (SQL alias) is on the ledger on a day, else on the report's."""
        return SQL(
            "%(e)s.state NOT IN %(never)s AND %(e)s.date_entry <= %(day)s "
            "AND (%(e)s.state <> 'exited' OR %(e)s.date_exit > %(day)s)",
            e=episode,
            never=NEVER_COUNTED,
            day=day or self._day(),
        )

    def _rows_now(self):
        """Return SQL: (child_id, area_id, is_unverified) of what was reported, else would be reported now."""
        self.env.flush_all()
        if self.state in REPORTED:
            return SQL(
                "SELECT child_ref AS child_id, area_id, "
                "verified_on IS NULL OR verified_on < %s AS is_unverified "
                "FROM lbc_snapshot WHERE version_id = %s",
                Quarter.of(self.cutoff).start,
                self.current_version_id.id,
            )
        return SQL(
            "SELECT asof.child_id, asof.area_id, COALESCE((%s) < %s, true) AS is_unverified "
            "FROM (%s) asof JOIN lbc_child child ON child.id = asof.child_id %s",
            SQL(VERIFIED_THEN),
            Quarter.of(self.cutoff).start,
            self._as_of(),
            SQL(on_day(past_join("child", "lbc.child"), self._day())),
        )

    def _count_rows(self):
        """Return {village id: (children, of whom not verified)} of the report, in one statement."""
        rows = self.env.execute_query(
            SQL(
                "SELECT area_id, count(*), count(*) FILTER (WHERE is_unverified) FROM (%s) now "
                "GROUP BY area_id",
                self._rows_now(),
            )
        )
        return {area: (count, unverified) for area, count, unverified in rows}

    def _row_children(self, unverified=False, village=None):
        """Return the ids of the report's children.

        :param unverified: only those whom nobody has verified
        :param village: only those of this `lbc.area`
        """
        condition = SQL("is_unverified") if unverified else SQL("true")
        if village:
            condition = SQL("%s AND area_id = %s", condition, village.id)
        rows = self.env.execute_query(
            SQL("SELECT child_id FROM (%s) now WHERE %s", self._rows_now(), condition)
        )
        return [child_id for (child_id,) in rows]

    # -- the way of the unit through its quarters

    def _of_unit(self):
        """Return the domain of this unit's submissions."""
        key = "organization_id" if self.organization_id else "township_id"
        return [(key, "=", self[key].id)]

    def _before_unit(self):
        """Return the domain of the submissions with which this unit's go on: its own, and merged ones."""
        if self.organization_id:
            return Domain(self._of_unit())
        return Domain("township_id", "in", self.township_id._with_predecessors().ids)

    def _after_unit(self):
        """Return the domain of the submissions that go on with this unit's: its own, its successors'."""
        if self.organization_id:
            return Domain(self._of_unit())
        found = area = self.township_id
        while (area := area.successor_id) and area not in found:
            found |= area
        return Domain("township_id", "in", found.ids)
