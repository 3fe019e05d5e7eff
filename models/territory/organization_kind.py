"""Kinds of organisations, with the facts that policy hangs on them (B-3.1b, L-4b, D13).

Which mass organisation, which department: B-3.6 and L-4 let each lead its own services, so that a kind may belong
to a wider one.
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OrganizationKind(models.Model):
    _name = "lbc.organization.kind"
    _description = "Kind of Organisation"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    parent_id = fields.Many2one(
        "lbc.organization.kind",
        "Belongs to",
        ondelete="restrict",
        help="What is the duty of the wider kind is also the duty of this one.",
    )
    mandated_reporter = fields.Boolean(
        help="Its staff must report a child in danger to the police at once."
    )
    leading_group = fields.Boolean(
        help="Organisations of this kind usually sit in the leading group."
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a kind with this code.")

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A kind of organisation cannot belong to itself. Choose another one.")
            )
