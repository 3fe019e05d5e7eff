"""Whom duties concern, as SQL: one row per subject with its keys, its pace and since when it is there.

Rows: child_id, household_id, place_id, organization_id, subject_key, area_id, township_id, county_id,
subject_count, pace, entry (first day of what still lasts), spells (times that have ended: they hold what
fell due while they lasted), starts (first days of slots that have a duty), visitor_id.
"""

from datetime import date

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...lib import domains, slots
from .duty import SUBJECT_COLUMN
from .duty_kind import SUBJECTS

ALWAYS = date(1900, 1, 1)


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _subjects_sql(self, kind, profiles, only=Domain.TRUE, left=None, cover=None):
        """Return SQL of the subjects of a kind in the counties of profiles that are `_alike`.

        :param only: `Domain` over the subject's model, for households over `lbc.child`; the caller's
            record rules apply to it
        :param left: SQL condition over `lbc_episode episode`: children who have left the ledger and
            are taken as well, for the time they were on it
        :param cover: SQL as of `_cover_sql`: whom it covers is left out
        """
        if kind.subject_type == "child":
            return self._children_sql(kind, profiles, only, left, cover)
        if kind.subject_type == "household":
            return self._households_sql(kind, profiles, only, left, cover)
        return self._places_sql(kind, profiles, only, cover)

    @api.model
    def _uncovered_sql(self, rows, column, cover):
        """Return SQL of the rows whose subject in `column` nothing covers, with its `starts`.

        A FULL JOIN, because the planner can make it in no other way than by hashing or sorting both
        sides once: statistics do not know of a new month yet, so that it would compare each subject
        with all duties of it. OFFSET 0 keeps it from becoming another join.
        """
        if cover is None:
            return SQL("SELECT r.*, NULL::date[] AS starts FROM (%s) r", rows)
        return SQL(
            """
            SELECT * FROM (
                SELECT r.*, cover.starts
                  FROM (%(rows)s) r FULL JOIN (%(cover)s) cover ON cover.subject_id = r.%(column)s
                 WHERE cover.covered IS NOT TRUE OFFSET 0) r WHERE r.%(column)s IS NOT NULL
            """,
            rows=rows,
            cover=cover,
            column=SQL.identifier(column),
        )

    @api.model
    def _subject_condition(self, kind):
        """Return the administrator's condition on the subjects, as a `Domain`."""
        return Domain(domains.parse(kind.subject_domain))

    @api.model
    def _spells_sql(self, kind, profiles, only, left):
        """Return SQL of (child, its household and keys, pace, entry, leave): times on the ledger."""
        Child = self.env["lbc.child"]
        county = Domain("county_id", "in", profiles.county_id.ids)
        if kind.subject_type == "child":
            only &= self._subject_condition(kind)
        columns = SQL(
            "lbc_child.id, lbc_child.household_id, lbc_child.area_id, lbc_child.township_id, "
            "lbc_child.county_id, %s AS pace",
            self._sql_pace(kind, profiles[:1]),
        )
        here = county & Domain(Child._on_ledger_domain())
        if kind.subject_type == "household" and not self.env.su:
            # Whose household the caller meets; its pace is that of all its children.
            homes = Child._search(here & only).subselect("household_id")
            here = Child.sudo()._search(here & Domain("household_id", "in", homes))
        else:
            here = Child._search(here & only)
        spells = here.select(
            columns,
            SQL("coalesce(lbc_child.date_entry, %s) AS entry, NULL::date AS leave", ALWAYS),
        )
        if left is None:
            return spells
        there = Child.sudo()._search(county & only)
        there.add_join(
            "JOIN", "episode", "lbc_episode", SQL("episode.child_id = lbc_child.id AND %s", left)
        )
        ended = there.select(
            columns,
            SQL("coalesce(episode.date_entry, %s) AS entry, episode.date_exit AS leave", ALWAYS),
        )
        return SQL("%s UNION ALL %s", spells, ended)

    @api.model
    def _children_sql(self, kind, profiles, only, left, cover):
        return SQL(
            """
            SELECT c.id AS child_id, NULL::int AS household_id, NULL::int AS place_id,
                   NULL::int AS organization_id, 'child:' || c.id AS subject_key,
                   c.area_id, c.township_id, c.county_id, 1 AS subject_count, c.pace,
                   CASE WHEN c.leave IS NULL THEN c.entry END AS entry,
                   CASE WHEN c.leave IS NOT NULL THEN ARRAY[daterange(c.entry, c.leave)] END
                       AS spells,
                   c.starts, h.visitor_id
              FROM (%s) c LEFT JOIN lbc_household h ON h.id = c.household_id
            """,
            self._uncovered_sql(self._spells_sql(kind, profiles, only, left), "id", cover),
        )

    @api.model
    def _households_sql(self, kind, profiles, only, left, cover):
        homes = SQL("true")
        condition = self._subject_condition(kind)
        if not condition.is_true():
            homes = SQL(
                "h.id IN (%s)", self.env["lbc.household"].sudo()._search(condition).subselect()
            )
        ended = SQL("NULL::daterange[]")
        if left is not None:
            ended = SQL(
                "array_agg(daterange(c.entry, greatest(c.leave, c.entry))) "
                "FILTER (WHERE c.leave IS NOT NULL)"
            )
        return SQL(
            """
            SELECT NULL::int AS child_id, h.id AS household_id, NULL::int AS place_id,
                   NULL::int AS organization_id, 'household:' || h.id AS subject_key,
                   h.area_id, h.township_id, h.county_id, g.subject_count, g.pace, g.entry,
                   g.spells, g.starts, h.visitor_id
              FROM (SELECT c.household_id, count(*) AS subject_count, max(c.pace) AS pace,
                           min(c.entry) FILTER (WHERE c.leave IS NULL) AS entry,
                           %(ended)s AS spells, min(c.starts) AS starts
                      FROM (%(spells)s) c GROUP BY c.household_id) g
              JOIN lbc_household h ON h.id = g.household_id AND %(homes)s
            """,
            ended=ended,
            spells=self._uncovered_sql(
                self._spells_sql(kind, profiles, only, left), "household_id", cover
            ),
            homes=homes,
        )

    @api.model
    def _places_sql(self, kind, profiles, only, cover):
        model = self.env[SUBJECTS[kind.subject_type]].sudo().with_context(active_test=True)
        domain = (
            only & self._subject_condition(kind) & Domain("county_id", "in", profiles.county_id.ids)
        )
        if kind.subject_type != "organization":
            domain &= Domain("level", "=", kind.subject_type)
        query = model._search(domain)
        place = SQL.identifier(query.table)
        words = {
            "village": SQL("%(t)s.id, NULL::int, 'place:' || %(t)s.id, %(t)s.id", t=place),
            "township": SQL("%(t)s.id, NULL::int, 'place:' || %(t)s.id, NULL::int", t=place),
            "organization": SQL(
                "NULL::int, %(t)s.id, 'organization:' || %(t)s.id, "
                "(SELECT v.id FROM lbc_area v WHERE v.id = %(t)s.area_id AND v.level = 'village')",
                t=place,
            ),
        }[kind.subject_type]
        rows = SQL(
            "SELECT * FROM (%s) AS p(place_id, organization_id, subject_key, area_id, township_id, "
            "county_id, subject_count, pace, entry, spells)",
            query.select(
                words,
                SQL("%(t)s.township_id, %(t)s.county_id, 1, 0", t=place),
                # A place that has ended holds what fell due while it lasted.
                SQL(
                    "CASE WHEN %(t)s.valid_to IS NULL THEN coalesce(%(t)s.valid_from, %(always)s) END",
                    t=place,
                    always=ALWAYS,
                ),
                SQL(
                    "CASE WHEN %(t)s.valid_to IS NOT NULL THEN ARRAY[daterange("
                    "coalesce(%(t)s.valid_from, %(always)s), %(t)s.valid_to, '[]')] END",
                    t=place,
                    always=ALWAYS,
                ),
            ),
        )
        column = SUBJECT_COLUMN[kind.subject_type]
        return SQL(
            "SELECT NULL::int AS child_id, NULL::int AS household_id, p.*, NULL::int AS visitor_id "
            "FROM (%s) p",
            self._uncovered_sql(rows, column, cover),
        )

    @api.model
    def _sql_pace(self, kind, profile):
        """Return SQL of the pace (`lib.slots`) of a child of the table `lbc_child`; rooms say more."""
        return SQL("0") if kind.density == "same" else SQL("%s", self._base_pace(kind, profile))

    @api.model
    def _base_pace(self, kind, profile):
        """Return the pace (int) of children whom nothing calls for more often."""
        return slots.pace_of_months(kind.interval)

    @api.model
    def _paces(self, kind, profile):
        """Return all paces (set of int) that `_sql_pace` may give."""
        return {0} if kind.density == "same" else {self._base_pace(kind, profile)}
