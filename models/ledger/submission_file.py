"""A document of a version: made once, stored with its SHA-256, served as stored (architecture, idea 6)."""

from odoo import fields, models

from ..access.append_only import NEVER, append_only

DOCUMENTS = [
    ("changes", "Changes (R1)"),
    ("register", "Full register (R2)"),
    ("summary", "Official summary table (R3)"),
    ("roster", "Roster (R4)"),
    ("cover", "Cover for the seal"),
]


class SubmissionFile(models.Model):
    _name = "lbc.submission.file"
    _description = "Document of a Submission"
    _inherit = ["lbc.access.mixin"]
    _order = "version_id desc, document"
    _rec_name = "name"
    _log_access = False
    _append_only = NEVER

    version_id = fields.Many2one(
        "lbc.submission.version", required=True, readonly=True, index=True, ondelete="restrict"
    )
    document = fields.Selection(DOCUMENTS, required=True, readonly=True)
    name = fields.Char("File Name", required=True, readonly=True)
    township_id = fields.Many2one("lbc.area", readonly=True, index=True, ondelete="restrict")
    county_id = fields.Many2one(
        "lbc.area", required=True, readonly=True, index=True, ondelete="restrict"
    )
    attachment_id = fields.Many2one(
        "ir.attachment", readonly=True, ondelete="restrict", groups=fields.NO_ACCESS
    )
    sha256 = fields.Char("SHA-256", required=True, readonly=True)
    size = fields.Integer("Size (Bytes)", readonly=True, aggregator=None)
    row_count = fields.Integer("Rows", readonly=True, aggregator=None)

    _one = models.Constraint(
        "UNIQUE(version_id, document)", "This document of the version was already made."
    )

    def init(self):
        """Let the database itself refuse any change of a stored document."""
        append_only(self.env.cr, self._table, *self._append_only)
