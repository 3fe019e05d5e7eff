"""Submitting: the township's ledger of the cut-off day becomes frozen rows, in one statement."""

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...lib import periods
from ...lib.columns import TEXT
from ..registry.past_sql import then
from .snapshot import FROZEN, MASKED, masked_name
from .submission import TO_MAKE

# A verification after the cut-off is the next quarter's, also where nothing earlier was kept.
_VERIFIED = then("child", "verified_on", "date")
VERIFIED_THEN = f"CASE WHEN ({_VERIFIED}) <= asof.day THEN ({_VERIFIED}) END"
_LABEL = f"concat_ws(' ', child.file_number, NULLIF({then('child', 'name_masked')}, ''))"
NEVER_COUNTED = ("draft", "to_verify", "rejected", "void")


class Submission(models.Model):
    _inherit = "lbc.submission"

    def _submit(self, reason=None, statement=None):
        """Freeze and submit (已审 → 已上报); the first submission time decides on-time.

        :param reason: what was corrected (str), of a returned report; no names
        :param statement: what a department states (str), required of one; no names
        :raises UserError: not checked yet, before the quarter's last month, locked, or an earlier
            quarter of the unit is not submitted
        """
        self._check_maker("township_leader")
        for submission in self.sudo():  # submissions are read-only for every role
            submission._lock()
            submission._check_begun()
            submission._check_open()
            submission._check_earlier_submitted()
            version = submission._make_version(reason, statement)
            submission._note_step("submitted", version.reason)
        self._after_flow()

    def _make_version(self, reason, statement):
        """Write the next version of the report with all that belongs to it; returns it, sealed."""
        now = fields.Datetime.now()
        last = self.version_ids.sorted("number")[-1:]
        version = self.env["lbc.submission.version"].create(
            {
                "submission_id": self.id,
                "number": last.number + 1,
                "township_id": self.township_id.id,
                "organization_id": self.organization_id.id,
                "county_id": self.county_id.id,
                "unit_key": self.township_id.code or f"organization {self.organization_id.id}",
                "cutoff": self.cutoff,
                "submitted_at": now,
                "submitted_by": self.env.uid,
                "reason": reason or (last and self.return_reason) or False,
                "statement": self._required_statement(statement),
                "previous_id": self._last_made().id,
            }
        )
        compared = version.browse()
        if self.township_id:
            compared = self._compared_versions()
            self._freeze(version)
        hashed = version._hashed_rows()
        if self.township_id:
            version._find_changes(compared, hashed["row_marks"])
            if last:
                version._find_changes(last, hashed["row_marks"], against="version")
        version._seal_content(compared, hashed)
        values = {"state": "submitted", "submitted_at": now, "submitted_by": self.env.uid}
        values |= {"current_version_id": version.id, "return_reason": False}
        values |= {"received_at": False, "received_by": False}
        if not self.first_submitted_at:
            values["first_submitted_at"] = now
        self.write(values)
        version._seal()
        return version

    def _required_statement(self, statement):
        """Return the statement (str or False); a department has nothing else to report."""
        if self.organization_id and not (statement or "").strip():
            raise UserError(self.env._("State what the department did and verified this quarter."))
        return statement or False

    def _lock(self):
        """Let one of two simultaneous submissions wait, and find the state changed."""
        self.ensure_one()
        self.env.cr.execute("SELECT state FROM lbc_submission WHERE id = %s FOR UPDATE", [self.id])
        self.invalidate_recordset(["state"])
        self._require_state(
            "state", *(("filling", "returned") if self.organization_id else ("checked",))
        )

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

    def _check_open(self):
        """Refuse a first report of a locked quarter, unless the unit has an exception for today.

        What was returned may be corrected at any time: returning asks for it.
        """
        profile = self.env["lbc.profile"]._for_county(self.county_id)
        days = profile.quarter_lock_days
        if not days or self.version_ids:
            return
        today = periods.local_date(fields.Datetime.now(), profile.time_zone)
        locked = self.cutoff + timedelta(days=days) <= today
        if locked and not any(one.date_to >= today for one in self.exception_ids):
            raise UserError(
                self.env._(
                    "%(submission)s is locked since %(day)s. Ask the receiving office for an "
                    "exception.",
                    submission=self.display_name,
                    day=self.cutoff + timedelta(days=days),
                )
            )

    def _check_earlier_submitted(self):
        """Refuse to leave a gap: a quarter opens with the numbers with which the last one closed."""
        waiting = self.search(
            [*self._of_unit(), ("state", "in", TO_MAKE), ("cutoff", "<", self.cutoff)],
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

    def _of_unit(self):
        """Return the domain of this unit's submissions."""
        key = "organization_id" if self.organization_id else "township_id"
        return [(key, "=", self[key].id)]

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
        # OFFSET 0: looked up child by child. Of rows that were frozen a moment ago the planner
        # knows nothing, and would compare each child with all of them.
        return SQL(
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
            day=self.cutoff,
            township=self.township_id.id,
            others=self._others_on(self.cutoff).current_version_id.ids,
            past=list(past),
            then=list(then),
            counts=self._on_ledger_then(SQL.identifier("e")),
            later_counts=self._on_ledger_then(SQL.identifier("later")),
        )

    def _on_ledger_then(self, episode, day=None):
        """Return SQL: whether an episode (SQL alias) is on the ledger on a day, else on the cut-off."""
        return SQL(
            "%(e)s.state NOT IN %(never)s AND %(e)s.date_entry <= %(day)s "
            "AND (%(e)s.state <> 'exited' OR %(e)s.date_exit > %(day)s)",
            e=episode,
            never=NEVER_COUNTED,
            day=day or self.cutoff,
        )

    def _freeze(self, version):
        """Write the frozen rows of a version."""
        self.env.flush_all()
        expressions = {column.code: _printable(column, column.sql) for column in FROZEN}
        expressions |= {masked_name(one): _printable(one, one.masked) for one in MASKED}
        expressions |= {"verified_on": VERIFIED_THEN, "school_key": "school.id"}
        expressions |= {"label": _LABEL, "extra": self.env["lbc.child"]._added_then()}
        values, joins = self.env["lbc.child"]._ledger_sql(expressions, self.cutoff)
        self.env["lbc.journal"]._note("create", "lbc.snapshot", reason=self.display_name)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO lbc_snapshot (
                    version_id, submission_id, child_ref, file_number, area_id, township_id,
                    county_id, date_entry, %(names)s)
                SELECT %(version)s, %(submission)s, child.id, child.file_number,
                       asof.area_id, asof.township_id, %(county)s, asof.date_entry, %(values)s
                  FROM (%(asof)s) asof
                  JOIN lbc_child child ON child.id = asof.child_id
                  %(joins)s
                 ORDER BY asof.area_id, child.file_number
                """,
                version=version.id,
                submission=self.id,
                county=self.county_id.id,
                names=SQL(", ").join(map(SQL.identifier, expressions)),
                values=values,
                asof=self._as_of(),
                joins=joins,
            )
        )
        self.env["lbc.snapshot"].invalidate_model()

    def _last_made(self):
        """Return the unit's version (0 or 1 record) to which the next one is chained."""
        return self.env["lbc.submission.version"].search(
            [("submission_id", "any", self._of_unit())], order="id desc", limit=1
        )

    def _compared_versions(self):
        """Return the versions from which this report goes on: with which its opening closed.

        Its own last one, and those of townships that were merged into it since.
        """
        earlier = self.search(
            [
                ("township_id", "in", self.township_id._with_predecessors().ids),
                ("current_version_id", "!=", False),
                ("cutoff", "<", self.cutoff),
            ],
            order="cutoff desc",
        )
        own = earlier.filtered(lambda one: one.township_id == self.township_id)[:1]
        last = {}
        for one in earlier:
            last.setdefault(one.township_id, one)
        merged = [one for one in last.values() if not own or one.cutoff >= own.cutoff]
        return (own | own.union(*merged)).current_version_id

    def _last_submitted(self, townships):
        """Return the report (0 or 1 record) with the latest cut-off that one of them has made."""
        return self.search(
            [("township_id", "in", townships.ids), ("current_version_id", "!=", False)],
            order="cutoff desc",
            limit=1,
        )


def _printable(column, expression):
    """Return the SQL text of a value without the two signs that stand between values in the digest."""
    if expression and column.kind == TEXT:
        return f"translate({expression}, E'\\x01\\x1f', '')"
    return expression or "NULL"
