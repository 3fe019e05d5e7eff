"""Explain contradictions: why the ledger is right as it stands (domain.md §C.1.2)."""

from odoo import fields, models


class FindingExplain(models.TransientModel):
    _name = "lbc.finding.explain"
    _description = "Explain Contradictions"
    _inherit = ["lbc.wizard.mixin"]

    finding_ids = fields.Many2many(
        "lbc.submission.finding",
        "lbc_finding_explain_rel",
        required=True,
        string="Contradictions",
    )
    left_out_count = fields.Integer(
        help="Chosen too, but each of these needs a decision or a reason of its own."
    )
    note = fields.Char(
        "Explanation", required=True, help="Why it is right as it stands. No names of anybody."
    )

    def action_explain(self):
        """Write the explanation at the contradictions chosen."""
        self.ensure_one()
        self.check_access("read")
        self._require_role("township")
        self.finding_ids._explain(self.note)
        return {"type": "ir.actions.act_window_close"}
