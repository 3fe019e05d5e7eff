"""Agreements in the child's list of columns, behind those of the carer (architecture, idea 8)."""

from odoo import api, models

from ...lib.columns import after_block
from . import columns


class Child(models.Model):
    _inherit = "lbc.child"

    @api.model
    def _ledger_columns(self):
        return after_block(super()._ledger_columns(), columns.COLUMNS)

    @api.model
    def _ledger_joins(self):
        return {**super()._ledger_joins(), **columns.JOINS}
