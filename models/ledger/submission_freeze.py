"""Submitting: the township's ledger of the cut-off day becomes frozen rows, in one statement."""

from odoo import fields, models
from odoo.tools import SQL

NEVER_COUNTED = ("draft", "to_verify", "rejected", "void")


class Submission(models.Model):
    _inherit = "lbc.submission"

    def _submit(self):
        """Freeze and submit (填报中 → 已上报); the first submission time decides on-time."""
        self._require_role("township_leader")
        self.check_access("read")
        self._require_state("state", "filling")
        for submission in self.sudo():  # submissions are read-only for every role
            submission._lock()
            count = submission._freeze()
            opening, joined, left = submission._movements()
            submission.write(
                {
                    "state": "submitted",
                    "submitted_at": fields.Datetime.now(),
                    "submitted_by": self.env.uid,
                    "child_count": count,
                    "opening_count": opening,
                    "joined_count": joined,
                    "left_count": left,
                }
            )

    def _lock(self):
        """Let one of two simultaneous submissions wait, and find the state changed."""
        self.ensure_one()
        self.env.cr.execute("SELECT state FROM lbc_submission WHERE id = %s FOR UPDATE", [self.id])
        self.invalidate_recordset(["state"])
        self._require_state("state", "filling")

    def _as_of(self):
        """Return SQL: (child_id, area_id, township_id, county_id, date_entry) of the ledger on the cut-off.

        A child that entered after the day is not in it, one that left after the day still is
        (§C.6 case 2); a child that moved inside the district is where its episode of that day was.
        """
        self.ensure_one()
        return SQL(
            """
            SELECT DISTINCT ON (e.child_id)
                   e.child_id, e.area_id, e.township_id, e.county_id, e.date_entry
              FROM lbc_episode e
             WHERE e.township_id = %(township)s AND e.state NOT IN %(never)s
               AND e.date_entry <= %(day)s
               AND (e.state <> 'exited' OR e.date_exit > %(day)s)
             ORDER BY e.child_id, e.id DESC
            """,
            township=self.township_id.id,
            never=NEVER_COUNTED,
            day=self.cutoff,
        )

    def _freeze(self):
        """Write the frozen rows of this submission; returns their number (int)."""
        self.env.flush_all()
        codes = self.env["lbc.snapshot"]._column_codes()
        expressions, joins = self.env["lbc.child"]._ledger_select(codes)
        names = SQL(", ").join(SQL.identifier(code) for code in codes)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO lbc_snapshot (
                    submission_id, child_ref, file_number, label, area_id, township_id, county_id,
                    name_masked, id_number_masked, date_entry, %(names)s)
                SELECT %(submission)s, child.id, child.file_number, child.display_name,
                       asof.area_id, asof.township_id, asof.county_id,
                       child.name_masked, child.id_number_masked, asof.date_entry, %(expressions)s
                  FROM (%(asof)s) asof
                  JOIN lbc_child child ON child.id = asof.child_id
                  %(joins)s
                """,
                submission=self.id,
                names=names,
                expressions=expressions,
                asof=self._as_of(),
                joins=joins,
            )
        )
        count = self.env.cr.rowcount
        self.env["lbc.snapshot"].invalidate_model()
        return count

    def _movements(self):
        """Return (opening, joined, left): counted against the previous submission's frozen rows."""
        previous = self._previous()
        if not previous:
            return 0, self._count_rows(), 0
        rows = self.env.execute_query(
            SQL(
                """
                SELECT count(*) FILTER (WHERE old.child_ref IS NOT NULL),
                       count(*) FILTER (WHERE old.child_ref IS NULL),
                       count(*) FILTER (WHERE new.child_ref IS NULL)
                  FROM (SELECT child_ref FROM lbc_snapshot WHERE submission_id = %s) old
                  FULL JOIN (SELECT child_ref FROM lbc_snapshot WHERE submission_id = %s) new
                    ON new.child_ref = old.child_ref
                """,
                previous.id,
                self.id,
            )
        )
        return rows[0]

    def _previous(self):
        """Return the township's last earlier submission (0 or 1 record)."""
        return self.search(
            [
                ("township_id", "=", self.township_id.id),
                ("state", "=", "submitted"),
                ("cutoff", "<", self.cutoff),
            ],
            order="cutoff desc",
            limit=1,
        )

    def _count_rows(self):
        return self.env["lbc.snapshot"].search_count([("submission_id", "=", self.id)])
