"""Marks of frozen rows: 64 bits of the columns whose changes are reported, and 64 bits of all others.

Whoever holds the marks of two versions knows the few rows that differ without reading the others. Marks decide only
which rows are looked at, word by word: a mark that is missing, was made of other columns or by another PostgreSQL is
like that of no row, and costs time; where most are, they are made anew. A forged one hides a row;
`_child_without_change` reads the rows and finds it.
"""

import hashlib

from odoo import models
from odoo.tools import SQL

from ...lib import ledger_changes
from .submission_change_sql import ALL, place_then

COMPARED = (
    "area_id",
    ledger_changes.SCHOOL_KEY,
    *(one for one in ledger_changes.KIND_OF if one != ledger_changes.VILLAGE),
)


def row_mark(names):
    """Return SQL of the mark (child:compared columns:other columns) of a frozen row.

    :param names: columns of `lbc_snapshot` that it covers
    """
    compared = [name for name in names if name in COMPARED]
    others = [name for name in names if name not in COMPARED]
    return SQL(
        "child_ref || ':' || to_hex(%s) || ':' || to_hex(%s)", _bits(compared), _bits(others)
    )


def _bits(names):
    # The seed tells sets of columns apart: marks of one are never like those of another.
    seed = hashlib.sha256(" ".join(names).encode()).digest()[:8]
    columns = SQL(", ").join(map(SQL.identifier, names))
    return SQL(
        "hash_record_extended(ROW(%s), %s)", columns, int.from_bytes(seed, "big", signed=True)
    )


class SubmissionVersion(models.Model):
    _inherit = "lbc.submission.version"

    def _children_to_compare(self, compared, marks, whole=False):
        """Return the ids (list) of the children whose rows differ by their marks, or are on one side only.

        :param compared: `lbc.submission.version`s whose rows are the earlier ones
        :param marks: marks (str) of this version's rows
        :param whole: compare all columns, not only those whose changes are reported
        """
        children = _differing([one.row_marks or "" for one in compared], marks, whole)
        if compared and 2 * len(children) > marks.count(",") + 1:
            # So many hardly ever differ: the earlier marks are missing, or of another making.
            made_anew = [one._hashed_rows()["row_marks"] for one in compared]
            children = _differing(made_anew, marks, whole)
        return sorted(children)

    def _child_without_change(self):
        """Return the label (str) of a child whose rows differ although no line says so, or None.

        Read from the rows alone. Divisions that were merged since are one on both sides.
        """
        if not self.compared_columns or not self.township_id:
            return None
        earlier = self.browse([one for one, _digest in self.compared_refs or ()])
        last = self.submission_id.version_ids.filtered(lambda one: one.number == self.number - 1)
        found = self._differs_unsaid(earlier, "quarter", self.compared_columns.split())
        if not found and last:
            found = self._differs_unsaid(last, "version", self._corrected_columns())
        return found

    def _corrected_columns(self):
        """Return the columns (list) that a correction compares, of those that this version covers."""
        covered = {name for name, _digest in self.column_digests}
        return [name for name in ALL if name in covered]

    def _differs_unsaid(self, compared, against, columns):
        """Return the label of a child whose row is not that of other versions, and has no line of changes.

        :param compared: `lbc.submission.version`s whose rows are the earlier ones
        :param against: as of `_find_changes`
        :param columns: codes of the compared columns
        """
        places = self.submission_id._places(self.cutoff)
        apart = (ledger_changes.VILLAGE, ledger_changes.SCHOOL_ATTENDED)
        rows = self.env.execute_query(
            SQL(
                """
                WITH row AS MATERIALIZED (
                    SELECT s.version_id, s.child_ref, s.label, s.school_key, s.school,
                           ROW(%(place)s, %(columns)s) AS said
                      FROM lbc_snapshot s
                     WHERE s.version_id = ANY(%(compared)s) OR s.version_id = %(version)s)
                SELECT COALESCE(new.label, old.label, '#' || COALESCE(new.child_ref, old.child_ref))
                  FROM (SELECT * FROM row WHERE version_id <> %(version)s) old
                  FULL JOIN (SELECT * FROM row WHERE version_id = %(version)s) new
                    ON new.child_ref = old.child_ref
                 WHERE (old.child_ref IS NULL OR new.child_ref IS NULL OR old.said <> new.said
                        OR %(school)s AND CASE WHEN old.school_key <> new.school_key THEN true
                                               WHEN old.school_key = new.school_key THEN false
                                               ELSE old.school IS DISTINCT FROM new.school END)
                   AND COALESCE(new.child_ref, old.child_ref) NOT IN (
                       SELECT child_ref FROM lbc_submission_change
                        WHERE version_id = %(version)s AND against = %(against)s)
                 ORDER BY COALESCE(new.child_ref, old.child_ref) LIMIT 1
                """,
                columns=SQL(", ").join(
                    SQL.identifier("s", one) for one in columns if one not in apart
                ),
                school=ledger_changes.SCHOOL_ATTENDED in columns,
                place=place_then(places, SQL.identifier("s", "area_id")),
                compared=compared.ids,
                version=self.id,
                against=against,
            )
        )
        return rows[0][0] if rows else None


def _differing(earlier, marks, whole):
    """Return the ids (set) of the children whose marks differ, or are on one side only.

    :param earlier: marks (str) of each earlier version
    """
    now = set(marks.split(","))
    before = {one for text in earlier for one in text.split(",")}
    before, now = before - now, now - before
    if not whole:
        before, now = _compared_part(before), _compared_part(now)
    return {int(one.partition(":")[0]) for one in before ^ now if one}


def _compared_part(marks):
    """Return marks (set of str) without their part of the other columns."""
    return {one.rpartition(":")[0] for one in marks}
