"""Refusing an export: the requester is told why."""

from odoo import fields, models


class ExportRefuse(models.TransientModel):
    _name = "lbc.export.refuse"
    _description = "Refuse an Export"
    _inherit = ["lbc.wizard.mixin"]

    export_id = fields.Many2one("lbc.export", required=True, ondelete="cascade")
    answer = fields.Text("Reason for Refusal", required=True)

    def action_refuse(self):
        """Refuse with the reason; see `lbc.export.action_refuse` for who may."""
        self.ensure_one()
        self.check_access("read")
        self.export_id.action_refuse(self.answer)
        return {"type": "ir.actions.act_window_close"}
