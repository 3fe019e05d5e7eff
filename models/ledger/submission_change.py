"""What changed since the unit's last report, frozen with the version (§C.3 R1): computed, never typed.

A row belongs to the data group of its column. Who may not read that group sees what is masked, or nothing.
"""

from odoo import api, fields, models

from ..access import data_groups
from ..access.append_only import NEVER, append_only

KINDS = [
    ("joined", "Joined"),
    ("left", "Left"),
    ("moved_in", "Moved in"),
    ("moved_out", "Moved out"),
    ("guardian", "Guardian changed"),
    ("work", "Work place changed"),
    ("address", "Address changed"),
    ("school", "School changed"),
    ("other", "Other change"),
]


class SubmissionChange(models.Model):
    _name = "lbc.submission.change"
    _description = "Change since the Last Quarter"
    _inherit = ["lbc.access.mixin"]
    _order = "version_id, sequence"
    _rec_name = "label"
    _log_access = False
    _journal_children = "child_ref"
    _append_only = NEVER

    version_id = fields.Many2one(
        "lbc.submission.version", required=True, readonly=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer("No.", readonly=True, aggregator=None)
    child_ref = fields.Integer("Child", readonly=True, index=True, aggregator=None)
    file_number = fields.Char(readonly=True)
    label = fields.Char("File", readonly=True, help="Number of the file and masked name.")
    area_id = fields.Many2one("lbc.area", "Village (Key)", readonly=True, ondelete="restrict")
    township_id = fields.Many2one("lbc.area", "Township (Key)", readonly=True, ondelete="restrict")
    county_id = fields.Many2one("lbc.area", "County (Key)", readonly=True, ondelete="restrict")
    from_area_id = fields.Many2one("lbc.area", "From Village", readonly=True, ondelete="restrict")
    to_area_id = fields.Many2one("lbc.area", "To Village", readonly=True, ondelete="restrict")
    kind = fields.Selection(KINDS, readonly=True)
    ground = fields.Char(
        readonly=True, help="Code of the ground of entry or exit (R1 counts by it)."
    )
    column = fields.Char(
        "Column (Code)", readonly=True, help="Empty where the child joined, left or moved."
    )
    column_name = fields.Char("What Changed", compute="_compute_column_name")
    data_group = fields.Char(readonly=True)
    before_clear = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    after_clear = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    before_masked = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    after_masked = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    before = fields.Char(compute="_compute_values", help="Masked for who may not read the column.")
    after = fields.Char(compute="_compute_values", help="Masked for who may not read the column.")
    day = fields.Date("Happened On", readonly=True)
    basis = fields.Char(readonly=True, groups=data_groups.GUARDIANSHIP)
    entered_by = fields.Char(readonly=True, help="Who entered it: post and organisation.")

    def _compute_column_name(self):
        self.column_name = False

    def _compute_values(self):
        self.before = self.after = False

    def init(self):
        """Let the database itself refuse any change of a frozen row."""
        append_only(self.env.cr, self._table, *self._append_only)
