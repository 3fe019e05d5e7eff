"""Kinds of organisations, with the two facts that policy hangs on them (B-3.1b, L-4b, D13)."""

from odoo import fields, models


class OrganizationKind(models.Model):
    _name = "lbc.organization.kind"
    _description = "Kind of Organisation"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    mandated_reporter = fields.Boolean(
        help="Its staff must report a child in danger to the police at once."
    )
    leading_group = fields.Boolean(
        help="Organisations of this kind usually sit in the leading group."
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a kind with this code.")
