"""Categories of key children, 重点对象, and of neighbouring groups (B-4.3g, D3, §B.12)."""

from odoo import fields, models


class KeyTag(models.Model):
    _name = "lbc.key.tag"
    _description = "Category of Children"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    is_key = fields.Boolean("Key Child", help="Children of this category are visited more often.")
    color = fields.Integer()
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a category with this code.")
