"""Merge villages or townships into another (domain.md §C.6 case 18)."""

from odoo import fields, models


class AreaMerge(models.TransientModel):
    _name = "lbc.area.merge"
    _description = "Merge Divisions"
    _inherit = ["lbc.wizard.mixin"]

    area_ids = fields.Many2many(
        "lbc.area",
        string="Merged",
        required=True,
        default=lambda self: self.env["lbc.area"].browse(self.env.context.get("active_ids", [])),
    )
    level = fields.Char(compute="_compute_level")
    successor_id = fields.Many2one(
        "lbc.area", "Become Part of", required=True, domain="[('level', '=', level)]"
    )
    last_day = fields.Date(required=True, default=fields.Date.context_today)

    def _compute_level(self):
        for wizard in self:
            wizard.level = wizard.area_ids[:1].level

    def action_merge(self):
        """Carry the merger out; children and households follow, history keeps the old names."""
        self.ensure_one()
        self.area_ids.check_access("write")
        self.area_ids._merge_into(self.successor_id, self.last_day)
        return {"type": "ir.actions.act_window_close"}
