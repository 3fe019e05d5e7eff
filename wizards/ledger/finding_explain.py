"""Explain contradictions: why the ledger is right as it stands (domain.md §C.1.2)."""

from odoo import api, fields, models


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
        "Explanation",
        compute="_compute_note",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="Why it is right as it stands. No names of anybody.",
    )

    @api.depends("finding_ids")
    def _compute_note(self):
        """Propose what was said when the same was found before, if there is one such explanation."""
        for wizard in self:
            notes = set(wizard.finding_ids.mapped("note"))
            wizard.note = wizard.note or (notes.pop() if len(notes) == 1 else False)

    def action_explain(self):
        """Write the explanation at the contradictions chosen."""
        self.ensure_one()
        self.check_access("read")
        self._require_role("township")
        self.finding_ids._explain(self.note)
        return {"type": "ir.actions.act_window_close"}
