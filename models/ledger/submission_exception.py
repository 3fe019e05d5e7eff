"""A unit may report although the quarter is locked: granted to one unit, for a time (DHIS2's lock exception)."""

from odoo import fields, models


class SubmissionException(models.Model):
    _name = "lbc.submission.exception"
    _description = "Exception from the Lock"
    _inherit = ["lbc.access.mixin"]
    _order = "id desc"
    _lbc_export_free = True  # units and times, no child

    submission_id = fields.Many2one(
        "lbc.submission", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date_to = fields.Date("Until", required=True, readonly=True, help="To the end of this day.")
    reason = fields.Char(required=True, readonly=True, help="No names of children or families.")
    granted_by = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    granted_at = fields.Datetime(required=True, readonly=True)
