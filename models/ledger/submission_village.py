"""The village confirms its part of the quarter (domain.md §C.1.2: 村级已确认)."""

from odoo import fields, models


class SubmissionVillage(models.Model):
    _name = "lbc.submission.village"
    _description = "Village's Part of a Submission"
    _inherit = ["lbc.access.mixin"]
    _order = "submission_id, area_id"
    _rec_name = "area_id"
    _lbc_export_free = True  # counts, no child

    submission_id = fields.Many2one(
        "lbc.submission", required=True, readonly=True, index=True, ondelete="cascade"
    )
    area_id = fields.Many2one(
        "lbc.area", "Village", required=True, readonly=True, index=True, ondelete="restrict"
    )
    township_id = fields.Many2one(related="area_id.township_id", store=True, index=True)
    county_id = fields.Many2one(related="area_id.county_id", store=True, index=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("confirmed", "Confirmed")],
        default="waiting",
        required=True,
        readonly=True,
    )
    confirmed_on = fields.Date(readonly=True)
    confirmed_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    child_count = fields.Integer("Number of Children", readonly=True)
    unverified_count = fields.Integer("Not Verified", readonly=True)
    note = fields.Char(readonly=True, help="No names of children or families.")

    _one = models.Constraint(
        "UNIQUE(submission_id, area_id)", "The village already has its part in this submission."
    )
