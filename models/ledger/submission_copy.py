"""A recipient's copy of a version, with its own columns and a receipt (D6, D7, L-2i, L-2j)."""

from odoo import fields, models

RECIPIENTS = [
    ("leading_office", "Office of the leading group"),
    ("civil_affairs", "County civil affairs"),
    ("education", "Education authority"),
    ("police", "Police"),
]


class SubmissionCopy(models.Model):
    _name = "lbc.submission.copy"
    _description = "Copy of a Submission"
    _inherit = ["lbc.access.mixin"]
    _order = "version_id desc, recipient"
    _rec_name = "recipient"

    version_id = fields.Many2one(
        "lbc.submission.version", required=True, readonly=True, index=True, ondelete="restrict"
    )
    recipient = fields.Selection(RECIPIENTS, required=True, readonly=True)
    township_id = fields.Many2one("lbc.area", readonly=True, index=True, ondelete="restrict")
    county_id = fields.Many2one(
        "lbc.area", required=True, readonly=True, index=True, ondelete="restrict"
    )
    columns = fields.Json(readonly=True, help="Codes of the columns that the copy holds.")
    sha256 = fields.Char("SHA-256", readonly=True)
    check_code = fields.Char(related="version_id.check_code", related_sudo=True)
    received_at = fields.Datetime(readonly=True)
    received_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")

    _one = models.Constraint(
        "UNIQUE(version_id, recipient)", "The recipient already has its copy of this version."
    )
