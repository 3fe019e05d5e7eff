"""Changes of organisations are written down."""

from odoo import models


class Organization(models.Model):
    _name = "lbc.organization"
    _inherit = ["lbc.organization", "lbc.journal.changes"]
    _journal_changes = True
    _journal_plain_text = True
