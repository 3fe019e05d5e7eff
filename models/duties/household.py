"""The duties of a household; open ones move with it."""

from odoo import fields, models


class Household(models.Model):
    _inherit = "lbc.household"

    visitor_id = fields.Many2one(
        "res.users",
        "Responsible Visitor",
        ondelete="set null",
        index="btree_not_null",
        help="Who visits this household. Empty: the child director of the village.",
    )
    duty_ids = fields.One2many(
        "lbc.duty", "household_id", "Duties", groups="left_behind_children.group_duty_read"
    )

    def write(self, vals):
        result = super().write(vals)
        if "area_id" in vals:
            for household in self:
                # Open duties go to whoever is responsible now; resolved ones stay where they were.
                household.sudo().duty_ids.filtered(lambda duty: duty.state == "open").write(
                    {
                        "area_id": household.area_id.id,
                        "township_id": household.township_id.id,
                        "county_id": household.county_id.id,
                    }
                )
        return result
