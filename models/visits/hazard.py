"""Hazards in and around the house that a visitor looks for (domain.md §B.4); districts add their own."""

from odoo import fields, models


class Hazard(models.Model):
    _name = "lbc.hazard"
    _description = "Hazard"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    is_danger = fields.Boolean(
        "Asks for Danger",
        help="Whoever ticks it is asked to say whether a child is in danger at this moment.",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a hazard with this code.")
