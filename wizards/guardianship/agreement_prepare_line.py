"""A family that needs an agreement, and what the registry does not know of it yet."""

from odoo import fields, models


class AgreementPrepareLine(models.TransientModel):
    _name = "lbc.agreement.prepare.line"
    _description = "Family That Needs an Agreement"
    _inherit = ["lbc.wizard.mixin"]
    _order = "id"

    wizard_id = fields.Many2one(
        "lbc.agreement.prepare", required=True, ondelete="cascade", readonly=True
    )
    area_id = fields.Many2one("lbc.area", "Village", readonly=True)
    child_ids = fields.Many2many("lbc.child", string="Children", readonly=True)
    parent_ids = fields.Many2many("lbc.guardian", string="Parents", readonly=True)
    carer_id = fields.Many2one("lbc.guardian", readonly=True)
    renews_id = fields.Many2one("lbc.agreement", readonly=True)
    missing = fields.Text("What Is Missing", readonly=True)
    is_chosen = fields.Boolean("Draw Up")
