"""A contradiction in the ledger that the township settles or explains before it reports (domain.md §C.1.2)."""

from odoo import fields, models


class SubmissionFinding(models.Model):
    _name = "lbc.submission.finding"
    _description = "Contradiction to Settle"
    _inherit = ["lbc.access.mixin"]
    _order = "submission_id, state, rule, area_id, id"
    _rec_name = "label"
    _journal_children = "child_ref"

    submission_id = fields.Many2one(
        "lbc.submission", required=True, readonly=True, index=True, ondelete="cascade"
    )
    rule = fields.Char(required=True, readonly=True)
    child_ref = fields.Integer("Child", readonly=True, index=True, aggregator=None)
    label = fields.Char("File", readonly=True, help="Number of the file and masked name.")
    area_id = fields.Many2one("lbc.area", "Village (Key)", readonly=True, ondelete="restrict")
    township_id = fields.Many2one("lbc.area", "Township (Key)", readonly=True, ondelete="restrict")
    county_id = fields.Many2one("lbc.area", "County (Key)", readonly=True, ondelete="restrict")
    text = fields.Char("What Is Wrong", readonly=True)
    state = fields.Selection(
        [("open", "To settle"), ("explained", "Explained"), ("settled", "Settled")],
        default="open",
        required=True,
        readonly=True,
    )
    note = fields.Char("Explanation", readonly=True, help="No names of children or families.")
    explained_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    explained_at = fields.Datetime(readonly=True)

    _one = models.UniqueIndex(
        "(submission_id, rule, child_ref)", "This contradiction is already listed."
    )
