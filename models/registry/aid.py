"""Kinds of public aid, 救助措施 (domain.md §B.2.2, B-4.3h)."""

from odoo import fields, models


class Aid(models.Model):
    _name = "lbc.aid"
    _description = "Kind of Aid"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE(code)", "There is already an aid with this code.")
