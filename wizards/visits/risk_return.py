"""Returning a risk assessment: its assessor is told why (domain.md §C.1.2 风险)."""

from odoo import fields, models


class RiskReturn(models.TransientModel):
    _name = "lbc.risk.return"
    _description = "Return a Risk Assessment"
    _inherit = ["lbc.wizard.mixin"]

    assessment_id = fields.Many2one("lbc.risk.assessment", required=True, ondelete="cascade")
    reason = fields.Char("Why", required=True)

    def action_return(self):
        """Give the assessment back with the reason; see `lbc.risk.assessment._return` for who may."""
        self.ensure_one()
        self.check_access("read")
        self.assessment_id._return(self.reason)
        return {"type": "ir.actions.act_window_close"}
