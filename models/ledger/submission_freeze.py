"""Submitting: the township's ledger of the cut-off day becomes frozen rows, in one statement."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...lib import digest, periods
from .snapshot import FROZEN, MASKED, STORED, masked_name

NEVER_COUNTED = ("draft", "to_verify", "rejected", "void")


class Submission(models.Model):
    _inherit = "lbc.submission"

    def _submit(self):
        """Freeze and submit (填报中 → 已上报); the first submission time decides on-time.

        :raises UserError: already submitted, before the quarter's last month, or an earlier quarter
            of the township is not submitted
        """
        self._require_role("township_leader")
        self.check_access("read")
        self._require_state("state", "filling")
        for submission in self.sudo():  # submissions are read-only for every role
            submission._lock()
            submission._check_begun()
            submission._check_earlier_submitted()
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
                    "digest": submission._digest_of_rows(),
                }
            )

    def _lock(self):
        """Let one of two simultaneous submissions wait, and find the state changed."""
        self.ensure_one()
        self.env.cr.execute("SELECT state FROM lbc_submission WHERE id = %s FOR UPDATE", [self.id])
        self.invalidate_recordset(["state"])
        self._require_state("state", "filling")

    def _check_begun(self):
        """Refuse a report before its filling-in begins, on day 1 of the last month (§C.1.2)."""
        zone = self.env["lbc.profile"]._for_county(self.county_id).time_zone
        quarter = self.quarter_id
        first = periods.Quarter(quarter.year, quarter.number).last_month_start
        if periods.local_date(fields.Datetime.now(), zone) < first:
            raise UserError(
                self.env._(
                    "%(quarter)s can be submitted from %(day)s on: the report shows the ledger as "
                    "of %(cutoff)s.",
                    quarter=quarter.display_name,
                    day=first,
                    cutoff=self.cutoff,
                )
            )

    def _check_earlier_submitted(self):
        """Refuse to leave a gap: a quarter opens with the numbers with which the last one closed."""
        waiting = self.search(
            [
                ("township_id", "=", self.township_id.id),
                ("state", "=", "filling"),
                ("cutoff", "<", self.cutoff),
            ],
            order="cutoff",
            limit=1,
        )
        if waiting:
            raise UserError(
                self.env._(
                    "Submit %(earlier)s first: the numbers of %(quarter)s begin where it ends.",
                    earlier=waiting.display_name,
                    quarter=self.quarter_id.display_name,
                )
            )

    def _places(self):
        """Return [(division, the one responsible for it on the cut-off)] of the township.

        Divisions merge: what lay in a division that had ended by the cut-off is reported by its
        successor (§C.6 case 18).
        """
        area = self.env["lbc.area"].with_context(active_test=False)
        townships = self.township_id._with_predecessors()
        places = area.search([("township_id", "in", townships.ids)])._with_predecessors()
        return [
            (place.id, then.id)
            for place in places
            if (then := place._on(self.cutoff)).township_id._on(self.cutoff) == self.township_id
        ]

    def _as_of(self):
        """Return SQL: (child_id, day, date_entry, area_id, township_id) of the ledger on the cut-off.

        A child that entered after the day is not in it, one that left after the day still is
        (§C.6 case 2); a child that moved is where it was that day. Nobody stands in two reports of
        one quarter: whom another township has reported (before it was merged), it has reported.
        """
        self.ensure_one()
        places = self._places()
        past, then = zip(*places, strict=True) if places else ((), ())
        return SQL(
            """
            SELECT e.child_id, %(day)s::date AS day, e.date_entry,
                   place.then_id AS area_id, %(township)s AS township_id
              FROM unnest(%(past)s::int[], %(then)s::int[]) AS place(past_id, then_id)
              JOIN lbc_episode e ON e.area_id = place.past_id
             WHERE %(counts)s
               AND NOT EXISTS (SELECT 1 FROM lbc_episode later
                                WHERE later.child_id = e.child_id AND later.id > e.id
                                  AND %(later_counts)s)
               AND NOT EXISTS (SELECT 1 FROM lbc_snapshot s
                                 JOIN lbc_submission other ON other.id = s.submission_id
                                WHERE s.child_ref = e.child_id
                                  AND other.quarter_id = %(quarter)s AND other.id <> %(self)s)
            """,
            day=self.cutoff,
            township=self.township_id.id,
            quarter=self.quarter_id.id,
            self=self.id,
            past=list(past),
            then=list(then),
            counts=self._on_ledger_then(SQL.identifier("e")),
            later_counts=self._on_ledger_then(SQL.identifier("later")),
        )

    def _on_ledger_then(self, episode):
        """Return SQL: whether an episode (SQL alias) is on the ledger on the cut-off day."""
        return SQL(
            "%(e)s.state NOT IN %(never)s AND %(e)s.date_entry <= %(day)s "
            "AND (%(e)s.state <> 'exited' OR %(e)s.date_exit > %(day)s)",
            e=episode,
            never=NEVER_COUNTED,
            day=self.cutoff,
        )

    def _freeze(self):
        """Write the frozen rows of this submission; returns their number (int)."""
        self.env.flush_all()
        expressions = {column.code: column.sql or "NULL" for column in FROZEN}
        expressions |= {masked_name(column): column.masked for column in MASKED}
        values, joins = self.env["lbc.child"]._ledger_sql(expressions)
        self.env["lbc.journal"]._note("create", "lbc.snapshot", reason=self.display_name)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO lbc_snapshot (
                    submission_id, child_ref, file_number, label, area_id, township_id, county_id,
                    date_entry, %(names)s)
                SELECT %(submission)s, child.id, child.file_number, child.display_name,
                       asof.area_id, asof.township_id, %(county)s, asof.date_entry, %(values)s
                  FROM (%(asof)s) asof
                  JOIN lbc_child child ON child.id = asof.child_id
                  %(joins)s
                 ORDER BY asof.area_id, child.file_number
                """,
                submission=self.id,
                county=self.county_id.id,
                names=SQL(", ").join(map(SQL.identifier, expressions)),
                values=values,
                asof=self._as_of(),
                joins=joins,
            )
        )
        count = self.env.cr.rowcount
        self.env["lbc.snapshot"].invalidate_model()
        return count

    def _movements(self):
        """Return (opening, joined, left): counted against the previous submission's frozen rows.

        Opening + joined − left is the number of rows of this submission, always.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT count(old.child_ref),
                       count(*) FILTER (WHERE old.child_ref IS NULL),
                       count(*) FILTER (WHERE new.child_ref IS NULL)
                  FROM (SELECT child_ref FROM lbc_snapshot WHERE submission_id = %s) old
                  FULL JOIN (SELECT child_ref FROM lbc_snapshot WHERE submission_id = %s) new
                    ON new.child_ref = old.child_ref
                """,
                self._previous().id or 0,
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

    def _last_submitted(self, townships):
        """Return the report (0 or 1 record) with the latest cut-off that one of them has made."""
        return self.search(
            [("township_id", "in", townships.ids), ("state", "=", "submitted")],
            order="cutoff desc",
            limit=1,
        )

    def _digest_of_rows(self):
        """Return the SHA-256 of the frozen rows; what is empty is left out, so that columns added
        later change nothing.
        """
        names = ["child_ref", "file_number", "area_id", "date_entry", *STORED]
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM lbc_snapshot WHERE submission_id = %s ORDER BY child_ref",
                SQL(", ").join(map(SQL.identifier, names)),
                self.id,
            )
        )
        return digest.sha256_rows(
            [[name, value] for name, value in zip(names, row, strict=True) if value is not None]
            for row in rows
        )
