"""Sealing a version: digests of its rows and changes in the database, the chain in `lib.ledger_chain` (idea 6).

The rows are hashed where they lie: one statement reads each row once, for the digest, for a mark of each row and for a
digest of each column. With marks and columns `_verify` names what was changed.
"""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ...lib import digest, ledger_chain, ledger_changes, periods
from ...lib.periods import Quarter
from .snapshot import STORED
from .submission_version import COUNTS
from .submission_version_marks import row_mark

FIXED = (
    *("child_ref", "file_number", "label", "area_id", "township_id", "county_id"),
    *("date_entry", "verified_on", "school_key", "extra"),
)
HASHED = (*FIXED, *STORED)
CHANGE_HASHED = (
    *("against", "sequence", "child_ref", "file_number", "label", "area_id", "township_id"),
    *("county_id", "from_area_id", "to_area_id", "kind", "ground", "column", "data_group"),
    *("before_clear", "after_clear", "before_masked", "after_masked"),
    *("day", "basis", "entered_by"),
)
KEYS = ("submission_id", "township_id", "organization_id", "county_id")
EMPTY = SQL("''::bytea")
# between two values, and for none; frozen values hold neither (`_freeze` takes them out)
_SIGNS = {"between": r"E'\x1f'", "nothing": r"E'\x01'"}


class SubmissionVersion(models.Model):
    _inherit = "lbc.submission.version"

    def _seal_content(self, compared, hashed):
        """Count, hash what was frozen, and set the content digest, of which the printed code is made.

        :param compared: versions from which the changes follow
        :param hashed: digests of the rows, as `_hashed_rows` returns them
        """
        self.env.flush_all()
        compared = compared.sorted("id")
        names = " ".join(ledger_changes.KIND_OF)
        values = {
            **self._counted(compared),
            **hashed,
            "previous_digest": self.previous_id.digest,
            "on_time_until": self._on_time_until(),
            "compared_columns": names,
            "changes_digest": self._hashed_changes(names),
            "compared_refs": [[one.id, one.digest] for one in compared],
        }
        self.write(values)
        self.content_digest = ledger_chain.content_digest(self._content())

    def _seal(self):
        """Make the documents, which may carry the code, and close the version with its digest."""
        self._make_documents()
        self.digest = ledger_chain.head(self.content_digest, self._file_digests())
        self.flush_recordset()
        self._note_proof()

    def _on_time_until(self):
        """Return the first moment (naive UTC) at which a report as of the cut-off is late, as set today."""
        profile = self.env["lbc.profile"]._for_county(self.county_id)
        last = self.submission_id.cutoff + timedelta(days=profile.quarter_on_time_days)
        return periods.end_of(last, profile.time_zone)

    def _make_documents(self):
        """Hook: make the files and copies of these versions, once."""

    def _proof_digest(self):
        return self.digest

    def _papers(self):
        """Return the stored documents (list of records) that belong to the version."""
        return list(self.file_ids)

    def _file_digests(self):
        return [one._sealed() for one in self._papers()]

    def _content(self):
        """Return the `Content` of this version, with the digests that are stored."""
        self.ensure_one()
        return ledger_chain.Content(
            previous=self.previous_digest or ledger_chain.START,
            unit=self.unit_key or "",
            keys=tuple(self[name].id or 0 for name in KEYS),
            cutoff=self.cutoff,
            on_time_until=self.on_time_until or None,
            number=self.number,
            submitted_at=self.submitted_at,
            submitted_by=self.submitted_by.id or 0,
            reason=self.reason or "",
            statement=self.statement or "",
            compared=tuple(one for _id, one in self.compared_refs or ()),
            counts=tuple(self[name] for name in COUNTS),
            rows=self.rows_digest,
            changes=self.changes_digest or "",
        )

    def _counted(self, compared):
        """Return {name: number} of what the version holds."""
        start = Quarter.of(self.cutoff).start
        rows = self.env.execute_query(
            SQL(
                """
                SELECT (SELECT count(*) FROM lbc_snapshot WHERE version_id = ANY(%(compared)s)),
                       count(*) FILTER (WHERE kind = 'joined'),
                       count(*) FILTER (WHERE kind = 'left'),
                       count(*) FILTER (WHERE kind = 'moved_in'),
                       count(*) FILTER (WHERE kind = 'moved_out'),
                       count(DISTINCT child_ref) FILTER (
                           WHERE kind NOT IN ('joined', 'left', 'moved_in', 'moved_out')),
                       (SELECT count(*) FROM lbc_snapshot WHERE version_id = %(version)s),
                       (SELECT count(*) FROM lbc_snapshot WHERE version_id = %(version)s
                           AND (verified_on IS NULL OR verified_on < %(start)s))
                  FROM lbc_submission_change
                 WHERE version_id = %(version)s AND against = 'quarter'
                """,
                compared=compared.ids,
                version=self.id,
                start=start,
            )
        )
        return dict(zip(COUNTS, rows[0], strict=True))

    @api.model
    def _row_text(self, names):
        """Return SQL of the one text of a row: PostgreSQL's, in which no two rows are alike.

        Dates are ISO there, as on every connection of psycopg2.
        """
        return SQL("ROW(%s)::text", SQL(", ").join(map(SQL.identifier, names)))

    def _hashed_rows(self, names=HASHED):
        """Return the digests of the frozen rows: of all, of each column, and a mark of each row.

        The digest is made of those of the columns: each is the SHA-256 of the column's values in the
        order of the children, with signs between them that no frozen value holds. Marks only help to
        find rows (`submission_version_marks`), and may change with PostgreSQL.

        :param names: columns of `lbc_snapshot` that are covered, in order
        """
        whole = "COALESCE(string_agg(COALESCE(%s, {nothing}), {between}), '')".format(**_SIGNS)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT string_agg(mark, ','), ARRAY[%(columns)s]
                  FROM (SELECT %(mark)s AS mark, %(texts)s
                          FROM lbc_snapshot WHERE version_id = %(version)s
                         ORDER BY child_ref) ordered
                """,
                columns=SQL(", ").join(
                    SQL(f"encode(sha256(convert_to({whole}, 'UTF8')), 'hex')", SQL.identifier(name))
                    for name in names
                ),
                mark=row_mark(names),
                texts=SQL(", ").join(
                    SQL("%s::text AS %s", SQL.identifier(name), SQL.identifier(name))
                    for name in names
                ),
                version=self.id,
            )
        )
        marks, found = rows[0]
        columns = [list(pair) for pair in zip(names, found, strict=True)]
        return {
            "rows_digest": digest.sha256(columns),
            "row_marks": marks or "",
            "column_digests": columns,
        }

    def _hashed_changes(self, names):
        """Return the digest (str) of the frozen changes, and of what they were looked for in.

        :param names: columns (str) that were compared
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT encode(sha256(
                           convert_to(%(names)s, 'UTF8') || COALESCE(string_agg(sha, ''), %(empty)s)), 'hex')
                  FROM (SELECT sha256(convert_to(%(text)s, 'UTF8')) AS sha
                          FROM lbc_submission_change WHERE version_id = %(version)s
                         ORDER BY against, sequence) ordered
                """,
                names=names or "",
                empty=EMPTY,
                text=self._row_text(CHANGE_HASHED),
                version=self.id,
            )
        )
        return rows[0][0]
