"""Hazards in and around the house that a visitor looks for (domain.md §B.4); districts add their own."""

from odoo import api, fields, models

from ...lib import questions


class Hazard(models.Model):
    _name = "lbc.hazard"
    _description = "Hazard"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        compute="_compute_code",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        copy=False,
        help="Short name for data exchange; made by itself.",
    )
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    is_danger = fields.Boolean(
        "Asks for Danger",
        help="Whoever ticks it is asked to say whether a child is in danger at this moment.",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a hazard with this code.")

    @api.depends("name")
    def _compute_code(self):
        """A code nobody has to think of, as kinds of activities have it; it stays when the name changes."""
        for hazard in self:
            if not hazard.code and hazard.name:
                hazard.code = f"hazard_{questions.key(hazard.name)}"
