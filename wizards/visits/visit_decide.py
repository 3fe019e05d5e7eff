"""One page for every step of a visit that needs words: return, withdraw, take up a danger (domain.md §C.1.2)."""

from odoo import fields, models


class VisitDecide(models.TransientModel):
    _name = "lbc.visit.decide"
    _description = "Decide on a Visit"
    _lbc_data_groups = ("visits",)
    _inherit = ["lbc.wizard.mixin"]

    visit_ids = fields.Many2many("lbc.visit", required=True, string="Visits")
    decision = fields.Selection(
        [
            ("return", "Send back to be corrected"),
            ("withdraw", "Withdraw"),
            ("acknowledge", "Take up the danger"),
        ],
        required=True,
    )
    reason = fields.Text("In Words", required=True)

    def default_get(self, names):
        values = super().default_get(names)
        if "visit_ids" in names and self.env.context.get("active_model") == "lbc.visit":
            values["visit_ids"] = [fields.Command.set(self.env.context.get("active_ids", []))]
        return values

    def action_decide(self):
        """Carry the decision out; role, area and state are checked by each step."""
        self.ensure_one()
        if self.decision == "return":
            self.visit_ids._return(self.reason)
        elif self.decision == "withdraw":
            self.visit_ids._withdraw(self.reason)
        else:
            self.visit_ids._acknowledge_danger(self.reason)
        return {"type": "ir.actions.act_window_close"}
