"""Who did what with a submission, and why (domain.md §C.1.2 季报): a log to which lines are only added."""

from odoo import api, fields, models

from ..access.append_only import REFUSE, append_only

# What was done stays; it goes with a report that was never made (of a township that was merged).
WITH_THE_REPORT = (
    "lbc_append_only_with_report",
    f"""
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT 1 FROM lbc_submission WHERE id = OLD.submission_id) THEN
            RETURN OLD;
        END IF;
    END IF;
    {REFUSE}
END
""",
)
KINDS = [
    ("checked", "Checked"),
    ("sent_back", "Sent Back to the Supervisor"),
    ("excepted", "Exception Granted"),
    ("submitted", "Submitted"),
    ("received", "Received"),
    ("returned", "Returned"),
    ("closed", "Closed"),
]


class SubmissionStep(models.Model):
    _name = "lbc.submission.step"
    _description = "Step of a Submission"
    _inherit = ["lbc.access.mixin", "lbc.proof.mixin"]
    _order = "id desc"
    _rec_name = "kind"
    _log_access = False
    _lbc_export_free = True  # units and times, no child
    _append_only = WITH_THE_REPORT
    _proof_moment = "done_at"
    _proof_told = ("kind",)
    _proof_covers = ("submission_id", "version_id", "done_at", "done_by", "reason")

    submission_id = fields.Many2one(
        "lbc.submission", required=True, readonly=True, index=True, ondelete="cascade"
    )
    version_id = fields.Many2one("lbc.submission.version", readonly=True, ondelete="restrict")
    kind = fields.Selection(KINDS, "Step", required=True, readonly=True)
    done_at = fields.Datetime(required=True, readonly=True)
    done_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    reason = fields.Char(readonly=True, help="No names of children or families.")

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps._note_proof()
        return steps

    def init(self):
        """Let the database itself refuse any change of a line."""
        append_only(self.env.cr, self._table, *self._append_only)
