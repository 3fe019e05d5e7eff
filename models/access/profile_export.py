"""How freely data leave the system, and how much one person reads: parameters of the district."""

from odoo import fields, models


class Profile(models.Model):
    _inherit = "lbc.profile"

    export_days = fields.Integer(
        "Days an Export Stays Open",
        default=7,
        required=True,
        help="Longest time in which an approved export can be downloaded.",
    )
    export_rows_free = fields.Integer(
        "Files Exported without Approval",
        default=500,
        help="A user who takes more files than this within a day needs a second person. 0: always.",
    )
    files_per_hour = fields.Integer(
        "Files Read an Hour",
        default=500,
        help="Who reads the protected data of more files is stopped until somebody else approves.",
    )

    _export_limits = models.Constraint(
        "CHECK(export_days BETWEEN 1 AND 31 AND export_rows_free >= 0 AND files_per_hour >= 0)",
        "Exports stay open for 1 to 31 days; numbers of files are not negative.",
    )
