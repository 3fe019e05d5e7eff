"""Propose that a child leaves the ledger, with ground, day and basis."""

from odoo import fields, models

from ...models.registry.vocabulary import EXIT_REASON


class ChildExit(models.TransientModel):
    _name = "lbc.child.exit"
    _description = "Leave the Ledger"
    _inherit = ["lbc.wizard.mixin"]

    child_ids = fields.Many2many("lbc.child", required=True, string="Children")
    reason = fields.Selection(
        [pair for pair in EXIT_REASON if pair[0] != "moved_inside"],
        "Ground of Exit",
        required=True,
    )
    day = fields.Date("On", required=True, default=fields.Date.context_today)
    basis = fields.Char(required=True, help="How this is known.")

    def default_get(self, names):
        values = super().default_get(names)
        if "child_ids" in names and self.env.context.get("active_model") == "lbc.child":
            values["child_ids"] = [fields.Command.set(self.env.context.get("active_ids", []))]
        return values

    def action_propose(self):
        """Propose the exit; the township confirms it."""
        self.ensure_one()
        self.child_ids._propose_exit(self.reason, self.day, self.basis)
        return {"type": "ir.actions.act_window_close"}
