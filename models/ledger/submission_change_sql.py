"""Computing what changed, in one statement a version (§C.3 R1): the rule is that of `lib.ledger_changes`.

Day, basis and who entered it come from `submission_change_facts`.
"""

from odoo import models
from odoo.tools import SQL

from ...lib import ledger_changes
from .snapshot import BESIDE, FROZEN, MASKED, masked_name

_BY_CODE = {column.code: column for column in (*FROZEN, *BESIDE)}
_MASKED = {column.code for column in MASKED}
# Of a correction every word counts, not only what the official form asks for; what changes by itself corrects nothing.
ALL = {code: ledger_changes.KIND_OF.get(code, ledger_changes.OTHER) for code in _BY_CODE}
ALL = {code: kind for code, kind in ALL.items() if code not in ("township", "risk", "last_visit")}
_KEPT = ("file_number", "label", ledger_changes.SCHOOL_KEY)


class SubmissionVersion(models.Model):
    _inherit = "lbc.submission.version"

    def _find_changes(self, compared, marks, against="quarter"):
        """Write the frozen changes from the rows of other versions to those of this one.

        :param compared: `lbc.submission.version`s whose rows are the earlier ones
        :param marks: marks (str) of this version's rows, by which the few that differ are found
        :param against: `quarter`, or `version` for the visible difference of a correction
        """
        self.ensure_one()
        columns = ledger_changes.KIND_OF if against == "quarter" else ALL
        children = self._children_to_compare(compared, marks, whole=against != "quarter")
        places = self.submission_id._places(self.cutoff)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH pair AS MATERIALIZED (
                    SELECT old.child_ref AS o_child_ref, new.child_ref AS n_child_ref,
                           %(place)s AS o_place_id,
                           new.area_id AS n_place_id, %(pair)s
                      FROM unnest(%(children)s::int[]) AS one(child_id)
                      LEFT JOIN lbc_snapshot old
                        ON old.child_ref = child_id AND old.version_id = ANY(%(compared)s)
                      LEFT JOIN lbc_snapshot new
                        ON new.child_ref = child_id AND new.version_id = %(version)s
                ), line AS (%(lines)s)
                INSERT INTO lbc_submission_change (
                    version_id, against, sequence, child_ref, file_number, label,
                    area_id, township_id, county_id, from_area_id, to_area_id, kind, ground, "column",
                    data_group, before_clear, after_clear, before_masked, after_masked,
                    day, basis, entered_by)
                SELECT %(version)s, %(against)s, row_number() OVER (
                           ORDER BY line.file_number, line.child_ref, line.position),
                       line.child_ref, line.file_number, line.label,
                       line.area_id, %(township)s, %(county)s, line.from_area_id, line.to_area_id,
                       line.kind, %(ground)s, line."column", line.data_group,
                       line.before_clear, line.after_clear, line.before_masked, line.after_masked,
                       %(day)s, %(basis)s, person_name.name
                  FROM line %(facts)s
                """,
                pair=_pair(columns),
                place=place_then(places, SQL.identifier("old", "area_id")),
                **self._fact_parts(compared, places),
                lines=self._lines(columns, self._elsewhere(compared, places, against)),
                version=self.id,
                against=against,
                compared=compared.ids,
                children=children,
                township=self.township_id.id,
                county=self.county_id.id,
            )
        )
        self.env["lbc.submission.change"].invalidate_model()

    def _lines(self, columns, elsewhere):
        """Return SQL of the lines, by the rule of `lib.ledger_changes.compare`.

        :param elsewhere: SQL of where who came was before, and of where who went is now
        """
        return SQL(
            """
            SELECT n_child_ref AS child_ref, n_file_number AS file_number, n_label AS label,
                   n_place_id AS area_id, there.area_id AS from_area_id, n_place_id AS to_area_id,
                   0 AS position,
                   CASE WHEN there.area_id IS NULL THEN 'joined' ELSE 'moved_in' END AS kind,
                   NULL AS "column", NULL AS data_group, NULL AS before_clear, NULL AS after_clear,
                   NULL AS before_masked, NULL AS after_masked
              FROM pair LEFT JOIN LATERAL (%(was)s) there ON true
             WHERE o_child_ref IS NULL
             UNION ALL
            SELECT o_child_ref, o_file_number, o_label, o_place_id, o_place_id, there.area_id, 0,
                   CASE WHEN there.area_id IS NULL THEN 'left' ELSE 'moved_out' END,
                   NULL, NULL, NULL, NULL, NULL, NULL
              FROM pair LEFT JOIN LATERAL (%(goes)s) there ON true
             WHERE n_child_ref IS NULL
             UNION ALL
            SELECT n_child_ref, n_file_number, n_label, n_place_id,
                   CASE WHEN one."column" = 'village' THEN o_place_id END,
                   CASE WHEN one."column" = 'village' THEN n_place_id END, one.position,
                   one.kind, one."column", one.data_group, one.before, one.after,
                   one.before_masked, one.after_masked
              FROM pair
             CROSS JOIN LATERAL (VALUES %(cells)s) AS one(
                   position, kind, "column", data_group, before, after, before_masked, after_masked)
             WHERE o_child_ref = n_child_ref
               AND CASE WHEN one."column" = 'village' THEN o_place_id <> n_place_id
                        WHEN one."column" = 'school' AND o_school_key <> n_school_key THEN true
                        WHEN one."column" = 'school' AND o_school_key = n_school_key THEN false
                        ELSE one.before IS DISTINCT FROM one.after END
            """,
            was=elsewhere[0],
            goes=elsewhere[1],
            cells=SQL(", ").join(
                _cell(position, code, kind)
                for position, (code, kind) in enumerate(columns.items(), 1)
            ),
        )

    def _elsewhere(self, compared, places, against):
        """Return SQL of where the child of a line was before, and is now, in another unit of the county."""
        nowhere = SQL("SELECT NULL::int AS area_id WHERE false")
        submission = self.submission_id
        # quarters go by their own day, not by that of the reports
        reports = compared.submission_id.mapped("cutoff")
        earlier = max(reports, default=None) or submission._earlier_cutoff()
        if against != "quarter":
            return nowhere, nowhere
        own = [past for past, _then in places]
        before = submission._others_on(earlier) - compared.submission_id
        now = submission._standing_others()
        came = self._stands_in(before, SQL("n_child_ref"), earlier, own) if earlier else nowhere
        return came, self._stands_in(now, SQL("o_child_ref"), self.cutoff, own)

    def _stands_in(self, others, child, day, own):
        """Return SQL of the village (area_id) in which other units have the child on a day.

        Whoever has reported as of the day is asked by its rows, whoever has not by the ledger.

        :param others: submissions of those who have
        :param child: SQL of the child's id
        :param own: ids of the unit's own divisions
        """
        submission = self.submission_id
        return SQL(
            """
            SELECT found.area_id FROM (
                SELECT s.area_id FROM lbc_snapshot s
                 WHERE s.child_ref = %(child)s AND s.version_id = ANY(%(versions)s)
                 UNION ALL
                SELECT e.area_id FROM lbc_episode e JOIN lbc_area a ON a.id = e.area_id
                 WHERE e.child_id = %(child)s AND %(on_ledger)s AND a.county_id = %(county)s
                   AND e.area_id <> ALL(%(own)s) AND a.township_id <> ALL(%(reporting)s)
                   AND NOT EXISTS (SELECT 1 FROM lbc_episode later WHERE later.child_id = e.child_id
                                      AND later.id > e.id AND %(later)s)) found LIMIT 1
            """,
            child=child,
            versions=others.current_version_id.ids,
            on_ledger=submission._on_ledger_then(SQL.identifier("e"), day),
            later=submission._on_ledger_then(SQL.identifier("later"), day),
            county=self.county_id.id,
            own=own,
            reporting=others.township_id._with_predecessors().ids,
        )


def place_then(places, area):
    """Return SQL of the division that was responsible on the cut-off for a division.

    :param places: as `lbc.submission._places` returns them
    :param area: SQL of the division's id
    """
    moved = [(past, then) for past, then in places if past != then]
    if not moved:
        return area
    past, then = zip(*moved, strict=True)
    return SQL(
        "COALESCE((%(then)s::int[])[array_position(%(past)s::int[], %(area)s)], %(area)s)",
        past=list(past),
        then=list(then),
        area=area,
    )


def _pair(columns):
    """Return SQL of the columns of the rows before (o_…) and after (n_…)."""
    masked = (masked_name(_BY_CODE[code]) for code in columns if code in _MASKED)
    names = [*_KEPT, *columns, *masked]
    return SQL(", ").join(
        SQL("%s AS %s", SQL.identifier(side, name), SQL.identifier(f"{letter}{name}"))
        for side, letter in (("old", "o_"), ("new", "n_"))
        for name in names
    )


def _cell(position, code, kind):
    """Return SQL of one line of the compared columns: where it stands, what it is, before and after."""
    column = _BY_CODE[code]
    seen = masked_name(column) if code in _MASKED else (None if column.group else code)
    masked = [
        SQL("%s::text", SQL.identifier(f"{side}{seen}")) if seen else SQL("NULL::text")
        for side in ("o_", "n_")
    ]
    clear = [SQL("%s::text", SQL.identifier(f"{side}{code}")) for side in ("o_", "n_")]
    return SQL(
        "(%s, %s, %s, %s, %s)",
        position,
        kind,
        code,
        column.group,
        SQL(", ").join([*clear, *masked]),
    )
