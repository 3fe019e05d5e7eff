"""Children are what is assigned: to a provider for a service, to a member of a case for the case."""

from odoo import api, fields, models


class Assignment(models.Model):
    _name = "lbc.assignment"
    _inherit = ["lbc.assignment", "lbc.area.mixin"]

    child_id = fields.Many2one("lbc.child", required=True, index=True, ondelete="cascade")
    area_id = fields.Many2one(
        related="child_id.area_id", store=True, precompute=True, default=None, readonly=True
    )

    _of_organization = models.Index("(organization_id, date_to)")
    _township_order = models.Index("(township_id, id)")
    _county_order = models.Index("(county_id, id)")

    @api.depends("child_id.display_name", "organization_id.name")
    def _compute_display_name(self):
        for one in self:
            parts = (one.sudo().child_id.display_name, one.organization_id.name)
            one.display_name = " → ".join(part for part in parts if part)


class Child(models.Model):
    _inherit = "lbc.child"

    assignment_ids = fields.One2many(
        "lbc.assignment", "child_id", "Assignments", groups="left_behind_children.group_assign"
    )
