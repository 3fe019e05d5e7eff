"""What planning a month of visits would make, before anything is written (L-2d, B-3.3d).

The same subjects, slots and conditions as `_generate_period`, counted instead of inserted.
"""

from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...lib import slots


class Load(NamedTuple):
    """What falls on one visitor in one village."""

    area_id: int
    user_id: int | None
    subjects: int
    children: int
    visits: int
    missing: int


class Preview(NamedTuple):
    """A month before it is planned; `reasons` are counts of families (or children) by why nothing is planned."""

    subjects: int
    children: int
    planned: int
    missing: int
    loads: list
    reasons: dict


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _preview_visits(self, county, day):
        """Count the visits of the month of `day` in a county, within the caller's area; three statements.

        :return: `Preview`
        """
        profile = self.env["lbc.profile"]._for_county(county)
        kind = self._visit_kind(profile).sudo()  # its conditions may ask for what not all read
        if not kind:
            return Preview(0, 0, 0, 0, [], {})
        period = slots.period(kind.period, 1, day)
        self.env.flush_all()
        rows = self.env.execute_query(self._preview_sql(kind, profile, period))
        loads = [Load(*row[:6]) for row in rows if row[4]]
        reasons = {
            "planned": sum(row[6] for row in rows),
            "interval": sum(row[7] for row in rows),
            "cancelled": sum(row[8] for row in rows),
            "entry": sum(row[9] for row in rows),
            **self._preview_others(kind, county, rows),
        }
        return Preview(
            subjects=sum(row[2] for row in rows),
            children=sum(row[3] for row in rows),
            planned=self._planned_count(kind, county, period),
            missing=sum(load.missing for load in loads),
            loads=loads,
            reasons={reason: count for reason, count in reasons.items() if count},
        )

    @api.model
    def _preview_sql(self, kind, profile, period):
        """Return SQL: per village and visitor, families, children, visits, those to be made, and why not."""
        return SQL(
            """
            WITH home AS MATERIALIZED (
                SELECT home.subject_key, home.subject_count, home.area_id, %(user)s AS user_id,
                       slot.start, slot.start IS NOT NULL AND home.covered IS NOT TRUE
                       AND slot.start <> ALL (coalesce(home.there, '{}')) AS missing
                  FROM (SELECT home.*, cover.covered, cover.starts AS there
                          FROM (%(subjects)s) home FULL JOIN (%(cover)s) cover
                            ON cover.subject_id = coalesce(home.household_id, home.child_id)
                        OFFSET 0) home  -- as in `_uncovered_sql`
                  LEFT JOIN (VALUES %(slots)s) AS slot(pace, start, stop, begin, due)
                    ON slot.pace = home.pace
                   AND (home.entry <= slot.stop OR slot.stop <@ ANY (home.spells))
                  %(users)s
                 WHERE home.subject_key IS NOT NULL),
            subject AS (
                SELECT subject_key, area_id, user_id, max(subject_count) AS children,
                       count(start) AS visits, count(*) FILTER (WHERE missing) AS missing
                  FROM home GROUP BY subject_key, area_id, user_id),
            had AS (
                SELECT s.*, d.state
                  FROM subject s
                  LEFT JOIN LATERAL (
                       SELECT min(d.state) FILTER (WHERE d.state <> 'cancelled') AS state,
                              count(*) AS number
                         FROM lbc_duty d
                        WHERE d.kind_id = %(kind)s AND d.subject_key = s.subject_key
                          AND d.slot_start BETWEEN %(start)s AND %(end)s) m ON true
                  LEFT JOIN LATERAL (SELECT CASE WHEN m.state IS NOT NULL THEN 'planned'
                                                 WHEN m.number > 0 THEN 'cancelled' END AS state
                  ) d ON true)
            SELECT area_id, user_id, count(*), sum(children), sum(visits), sum(missing),
                   count(*) FILTER (WHERE missing = 0 AND state = 'planned'),
                   count(*) FILTER (WHERE missing = 0 AND visits > 0 AND state IS NULL),
                   count(*) FILTER (WHERE missing = 0 AND visits > 0 AND state = 'cancelled'),
                   count(*) FILTER (WHERE visits = 0 AND state IS NULL)
              FROM had GROUP BY area_id, user_id ORDER BY area_id, sum(missing) DESC
            """,
            user=self._sql_user(),
            subjects=self._subjects_sql(kind, profile),
            cover=self._cover_sql(kind, profile, period),
            slots=self._slots_sql(kind, profile, period),
            users=self._sql_user_joins(SQL("home.area_id"), SQL("home.visitor_id")),
            kind=kind.id,
            start=period[0],
            end=period[1],
        )

    @api.model
    def _planned_count(self, kind, county, period):
        """Return how many visits of the month are planned already (int)."""
        return self.search_count(
            [
                ("kind_id", "=", kind.id),
                ("slot_start", ">=", period[0]),
                ("slot_start", "<=", period[1]),
                ("county_id", "=", county.id),
                ("state", "!=", "cancelled"),
            ]
        )

    @api.model
    def _preview_others(self, kind, county, rows):
        """Return counts of who is not among the subjects at all: siblings, households without a child."""
        Child = self.env["lbc.child"]
        on_ledger = Child._on_ledger_domain()
        here = Domain("county_id", "=", county.id)
        homes = Child._search(here & Domain(on_ledger) & Domain("household_id", "!=", False))
        known = here & Domain("child_ids", "!=", False)
        empty = known & Domain("id", "not in", homes.subselect("household_id"))
        siblings = 0
        if kind.subject_type == "household":
            siblings = sum(row[3] - row[2] for row in rows)
        return {"no_child": self.env["lbc.household"].search_count(empty), "siblings": siblings}
