"""Move a child to another village of the district (§C.6 case 5)."""

from odoo import fields, models


class ChildMove(models.TransientModel):
    _name = "lbc.child.move"
    _description = "Move inside the District"
    _inherit = ["lbc.wizard.mixin"]

    child_id = fields.Many2one("lbc.child", required=True)
    county_id = fields.Many2one(related="child_id.county_id")
    to_area_id = fields.Many2one(
        "lbc.area",
        "New Village",
        required=True,
        domain="[('level', '=', 'village'), ('county_id', '=', county_id), ('valid_to', '=', False)]",
    )
    day = fields.Date("Moved On", required=True, default=fields.Date.context_today)
    reason = fields.Char(required=True)

    def default_get(self, names):
        values = super().default_get(names)
        if "child_id" in names and self.env.context.get("active_model") == "lbc.child":
            values["child_id"] = self.env.context.get("active_id")
        return values

    def action_move(self):
        """Propose the move; inside one township it takes place at once."""
        self.ensure_one()
        self.env["lbc.transfer"]._propose(self.child_id, self.to_area_id, self.day, self.reason)
        return {"type": "ir.actions.act_window_close"}
