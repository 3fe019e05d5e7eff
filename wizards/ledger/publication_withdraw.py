"""Take a published table back, with the reason (§C.2 "A")."""

from odoo import fields, models


class PublicationWithdraw(models.TransientModel):
    _name = "lbc.publication.withdraw"
    _description = "Withdraw a Table"
    _inherit = ["lbc.wizard.mixin"]

    publication_id = fields.Many2one(
        "lbc.publication",
        required=True,
        domain="[('state', '=', 'published')]",
        default=lambda self: self.env.context.get("active_id"),
    )
    reason = fields.Char(
        "Reason for Withdrawal", required=True, help="Short, without names of persons."
    )

    def action_withdraw(self):
        """Withdraw the table; its readers do not find it any more."""
        self.ensure_one()
        self.publication_id._withdraw(self.reason)
        return {"type": "ir.actions.act_window_close"}
