"""Activities and services on the child's file."""

from odoo import fields, models

from .activity import ACTIVITY


class Child(models.Model):
    _inherit = "lbc.child"

    support_ids = fields.Many2many(
        "lbc.activity", string="Activities and Services", readonly=True, groups=ACTIVITY
    )
