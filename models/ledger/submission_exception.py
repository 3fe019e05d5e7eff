"""A unit may report although the quarter is locked: granted to one unit, for a time (DHIS2's lock exception)."""

from odoo import api, fields, models

from ..access.append_only import append_only
from .submission_step import WITH_THE_REPORT


class SubmissionException(models.Model):
    _name = "lbc.submission.exception"
    _description = "Exception from the Lock"
    _inherit = ["lbc.access.mixin", "lbc.proof.mixin"]
    _order = "id desc"
    _lbc_export_free = True  # units and times, no child
    _append_only = WITH_THE_REPORT
    _proof_moment = "granted_at"
    _proof_told = ("date_to",)
    _proof_covers = ("submission_id", "reason", "granted_by", "granted_at")

    submission_id = fields.Many2one(
        "lbc.submission", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date_to = fields.Date("Until", required=True, readonly=True, help="To the end of this day.")
    reason = fields.Char(required=True, readonly=True, help="No names of children or families.")
    granted_by = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    granted_at = fields.Datetime(required=True, readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        exceptions = super().create(vals_list)
        exceptions._note_proof()
        return exceptions

    def init(self):
        """Let the database itself refuse any change of what was granted."""
        append_only(self.env.cr, self._table, *self._append_only)
