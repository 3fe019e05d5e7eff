"""One page for every decision about a child that needs a reason or a basis (§C.1.2 在册)."""

from odoo import fields, models


class ChildDecide(models.TransientModel):
    _name = "lbc.child.decide"
    _description = "Decide on a Child's Place on the Ledger"
    _inherit = ["lbc.wizard.mixin"]

    child_ids = fields.Many2many("lbc.child", required=True, string="Children")
    decision = fields.Selection(
        [
            ("verify", "Enter on the ledger"),
            ("reject", "Send back to the village"),
            ("refuse_exit", "The child stays"),
            ("return", "Back on the ledger"),
            ("void", "Void the record"),
        ],
        required=True,
    )
    day = fields.Date("On", required=True, default=fields.Date.context_today)
    reason = fields.Char("Basis or Reason", required=True)

    def default_get(self, names):
        values = super().default_get(names)
        if "child_ids" in names and self.env.context.get("active_model") == "lbc.child":
            values["child_ids"] = [fields.Command.set(self.env.context.get("active_ids", []))]
        return values

    def action_decide(self):
        """Carry the decision out; role, area and state are checked by each step."""
        self.ensure_one()
        children = self.child_ids
        if self.decision == "verify":
            children._verify(self.day, self.reason)
        elif self.decision == "reject":
            children._reject(self.reason)
        elif self.decision == "refuse_exit":
            children._refuse_exit(self.reason)
        elif self.decision == "return":
            children._return(self.day, self.reason)
        else:
            children._void(self.reason)
        return {"type": "ir.actions.act_window_close"}
