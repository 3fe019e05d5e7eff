"""One version of what a unit reported (architecture, idea 6; §C.6 case 13): the first one, and each correction.

Its frozen rows (`lbc.snapshot`), its changes (`lbc.submission.change`) and its files (`lbc.submission.file`) never
change; the version is written once, sealed by its digest in the same transaction, and never changed again.
"""

from psycopg2 import errors

from odoo import api, fields, models

from ...lib import digest
from ..access.append_only import REFUSE, append_only

# What has no digest yet is being made by the transaction that made it; with one it stays.
UNTIL_SEALED = (
    "lbc_append_only_sealed",
    f"""
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.digest IS NULL THEN
            RETURN NEW;
        END IF;
    END IF;
    {REFUSE}
END
""",
)
COUNTS = (
    "opening_count",
    "joined_count",
    "left_count",
    "moved_in_count",
    "moved_out_count",
    "changed_count",
    "closing_count",
    "unverified_count",
)


class SubmissionVersion(models.Model):
    _name = "lbc.submission.version"
    _description = "Version of a Submission"
    _inherit = ["lbc.access.mixin", "lbc.proof.mixin"]
    _order = "id desc"
    _lbc_export_free = True  # counts and digests, no child
    _proof_moment = "submitted_at"
    _proof_told = ("number", "unit_key", "check_code")
    _append_only = UNTIL_SEALED

    submission_id = fields.Many2one(
        "lbc.submission", required=True, readonly=True, index=True, ondelete="restrict"
    )
    number = fields.Integer(
        "Version",
        required=True,
        readonly=True,
        aggregator=None,
        help="1: as first reported; then the corrections.",
    )
    township_id = fields.Many2one("lbc.area", readonly=True, index=True, ondelete="restrict")
    organization_id = fields.Many2one(
        "lbc.organization", "Department", readonly=True, index=True, ondelete="restrict"
    )
    county_id = fields.Many2one(
        "lbc.area", required=True, readonly=True, index=True, ondelete="restrict"
    )
    unit_key = fields.Char("Unit (Key)", readonly=True, help="Code of the unit when it reported.")
    cutoff = fields.Date("As of", required=True, readonly=True)
    submitted_at = fields.Datetime(required=True, readonly=True)
    submitted_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    reason = fields.Char(
        "Reason of Correction", readonly=True, help="Why it was returned, for what; no names."
    )
    statement = fields.Text(
        readonly=True, help="What a department states about its work of the quarter; no names."
    )
    opening_count = fields.Integer("Opening", readonly=True)
    joined_count = fields.Integer("Joined", readonly=True)
    left_count = fields.Integer("Left", readonly=True)
    moved_in_count = fields.Integer("Moved In", readonly=True)
    moved_out_count = fields.Integer("Moved Out", readonly=True)
    changed_count = fields.Integer(
        "Information Changed", readonly=True, help="Children of whom something else changed."
    )
    closing_count = fields.Integer("Closing", readonly=True)
    unverified_count = fields.Integer("Not Verified", readonly=True)
    previous_id = fields.Many2one(
        "lbc.submission.version",
        "Made Before",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The unit's version to which this one is chained.",
    )
    previous_digest = fields.Char(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="That of the version made before, when this one was chained to it.",
    )
    on_time_until = fields.Datetime(
        readonly=True, help="A first report before this moment is on time; as set when it was made."
    )
    # Digests of single columns, rows or lines tell whoever guesses their values that he is right.
    compared_refs = fields.Json(
        "Compared with",
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Versions (id, digest) of the earlier quarter from which the changes follow.",
    )
    compared_columns = fields.Char(
        readonly=True,
        groups="left_behind_children.group_ledger_rows",
        help="Columns in which changes since the earlier quarter were looked for.",
    )
    scheme = fields.Integer(
        default=2, readonly=True, aggregator=None, help="How the rows' digest was made."
    )
    column_digests = fields.Json(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="[column, digest of its values]: names the column that somebody changed.",
    )
    row_marks = fields.Text(
        readonly=True,
        prefetch=False,  # of thousands of rows
        groups=fields.NO_ACCESS,
    )
    rows_digest = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    changes_digest = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    content_digest = fields.Char(readonly=True, groups="left_behind_children.group_ledger_rows")
    digest = fields.Char(
        readonly=True,
        groups="left_behind_children.group_ledger_rows",
        help="Covers the content, the files and the version made before.",
    )
    check_code = fields.Char(
        compute="_compute_check_code",
        compute_sudo=True,
        help="Follows from every frozen row. The printed cover and the receipts carry it: whoever "
        "holds one can tell whether a single word of the report has changed.",
    )
    snapshot_ids = fields.One2many(
        "lbc.snapshot",
        "version_id",
        "Frozen Register",
        groups="left_behind_children.group_ledger_rows",
    )
    change_ids = fields.One2many(
        "lbc.submission.change",
        "version_id",
        "Changes",
        groups="left_behind_children.group_ledger_rows",
    )
    file_ids = fields.One2many(
        "lbc.submission.file",
        "version_id",
        "Files",
        groups="left_behind_children.group_ledger_rows,left_behind_children.group_duty_own",
    )

    _number_unique = models.Constraint(
        "UNIQUE(submission_id, number)", "This version of the submission is already there."
    )

    @api.depends("submission_id", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            name = version.sudo().submission_id.display_name  # a unit and a quarter
            version.display_name = self.env._(
                "%(submission)s, version %(number)s", submission=name, number=version.number
            )

    @api.depends("content_digest")
    def _compute_check_code(self):
        for version in self:
            code = version.content_digest
            version.check_code = digest.short_code(code) if digest.is_sha256(code) else False

    def action_view_snapshot(self):
        """Open the frozen register of this version, whichever was the last one."""
        return self._open_rows("lbc.snapshot", [("version_id", "=", self.id)])

    def action_view_changes(self):
        """Open what changed since the unit's last quarter (R1)."""
        domain = [("version_id", "=", self.id), ("against", "=", "quarter")]
        return self._open_rows("lbc.submission.change", domain)

    def action_view_difference(self):
        """Open what this correction changed in the version before it."""
        domain = [("version_id", "=", self.id), ("against", "=", "version")]
        return self._open_rows("lbc.submission.change", domain)

    def _open_rows(self, model, domain):
        self.ensure_one()
        self.check_access("read")
        self._require_group("ledger_rows")
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": model,
            "view_mode": "list,form" if model == "lbc.snapshot" else "list",
            "domain": domain,
        }

    @api.model
    def _sql_error_to_message(self, exc):
        if isinstance(exc, errors.RestrictViolation) and not exc.diag.constraint_name:
            return self.env._(
                "What was reported stays as it was. Return the report to the unit: its correction "
                "becomes a new version."
            )
        return super()._sql_error_to_message(exc)

    def init(self):
        """Let the database itself refuse any change of a sealed version."""
        append_only(self.env.cr, self._table, *self._append_only)
