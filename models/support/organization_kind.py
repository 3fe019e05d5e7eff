"""Which mass organisation, which department: B-3.6 and L-4 let each lead its own services."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OrganizationKind(models.Model):
    _inherit = "lbc.organization.kind"

    parent_id = fields.Many2one(
        "lbc.organization.kind",
        "Belongs to",
        ondelete="restrict",
        help="What is the duty of the wider kind is also the duty of this one.",
    )

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A kind of organisation cannot belong to itself. Choose another one.")
            )
