"""Agreements in the child's list of columns, where the census's words stood until now (architecture, idea 8)."""

from odoo import api, models

from . import columns


class Child(models.Model):
    _inherit = "lbc.child"

    @api.model
    def _ledger_columns(self):
        own = {column.code: column for column in columns.COLUMNS}
        return [own.get(column.code, column) for column in super()._ledger_columns()]

    @api.model
    def _ledger_joins(self):
        return {**super()._ledger_joins(), **columns.JOINS}
