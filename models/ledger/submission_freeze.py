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
from .submission_rows import VERIFIED_THEN

_LABEL = f"concat_ws(' ', child.file_number, NULLIF({then('child', 'name_masked')}, ''))"


class Submission(models.Model):
    _inherit = "lbc.submission"

    def _submit(self, reason=None, statement=None):
        """Freeze and submit (已审 → 已上报); the first submission time decides on-time.

        :param reason: what was corrected (str), of a returned report; no names
        :param statement: what a department states (str), required of one; no names
        :return: why nothing was submitted (str): the ledger is no longer what was checked, and the
            report is being filled in again; empty when it was submitted
        :raises UserError: not checked yet, before the quarter's last month, locked, or an earlier
            quarter of the unit is not submitted
        """
        self.ensure_one()
        self._check_maker("township_leader")
        submission = self.sudo()  # submissions are read-only for every role
        submission._lock()
        submission._check_begun()
        submission._check_open()
        submission._check_earlier_submitted()
        # Not raised: what was found, and the state, shall stay for the supervisor to see.
        refusal = submission._open_again()
        if not refusal:
            version = submission._make_version(reason, statement)
            submission._note_step("submitted", version.reason)
        self._after_flow()
        return refusal

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
                "cutoff": self._day(),
                "submitted_at": now,
                "submitted_by": self.env.uid,
                "reason": reason or (last and self._returned_for()) or False,
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

    def _returned_for(self):
        """Return why the recipient returned the report (str), whatever else was asked of it since."""
        returned = self.step_ids.filtered(lambda one: one.kind == "returned")
        return returned.sorted("id")[-1:].reason or self.return_reason

    def _required_statement(self, statement):
        """Return the statement (str or False); a department has nothing else to report."""
        if self.organization_id and not (statement or "").strip():
            raise UserError(self.env._("State what the department did and verified this quarter."))
        return statement or False

    def _lock(self):
        """Let one of two simultaneous submissions wait, and find the state changed."""
        self._take_turn()
        self._require_state(
            "state", *(("filling", "returned") if self.organization_id else ("checked",))
        )

    def _check_begun(self):
        """Refuse a report before its filling-in begins, on day 1 of the last month (§C.1.2)."""
        quarter = self.quarter_id
        first = periods.Quarter(quarter.year, quarter.number).last_month_start
        if self._today() < first:
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
        days = self.env["lbc.profile"]._for_county(self.county_id).quarter_lock_days
        if not days or self.version_ids:
            return
        today = self._today()
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
            [*self._before_unit(), ("state", "in", TO_MAKE), ("cutoff", "<", self.cutoff)],
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

    def _freeze(self, version):
        """Write the frozen rows of a version."""
        self.env.flush_all()
        expressions = {column.code: _printable(column, column.sql) for column in FROZEN}
        expressions |= {masked_name(one): _printable(one, one.masked) for one in MASKED}
        expressions |= {"verified_on": VERIFIED_THEN, "school_key": "school.id"}
        expressions |= {"label": _LABEL, "extra": self.env["lbc.child"]._added_then()}
        values, joins = self.env["lbc.child"]._ledger_sql(expressions, version.cutoff)
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


def _printable(column, expression):
    """Return the SQL text of a value without the two signs that stand between values in the digest."""
    if expression and column.kind == TEXT:
        return f"translate({expression}, E'\\x01\\x1f', '')"
    return expression or "NULL"
