"""Take a filed activity back, with the reason (architecture, idea 2: what it proved is open again)."""

from odoo import fields, models


class ActivityWithdraw(models.TransientModel):
    _name = "lbc.activity.withdraw"
    _description = "Withdraw an Activity"
    _inherit = ["lbc.wizard.mixin"]

    activity_id = fields.Many2one("lbc.activity", required=True, ondelete="cascade")
    reason = fields.Char("Why Withdrawn", required=True, help="Short, without names of persons.")

    def action_withdraw(self):
        """Withdraw the activity; who may, is checked by the step."""
        self.ensure_one()
        self.activity_id._withdraw(self.reason)
        return {"type": "ir.actions.act_window_close"}
