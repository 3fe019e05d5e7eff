"""Where lower rooms join a census: what they know of a child on the day it enters the ledger."""

from odoo import api, models


class Child(models.Model):
    _inherit = "lbc.child"

    @api.model
    def _census_values(self, day):
        """Return {stored field: value} that every child of a census of `day` (date) gets besides the file's cells.

        Hook of lower rooms, called once per import.
        """
        return {}

    def _seen_by_census(self, day):
        """Hook of lower rooms: these children, on file before, are counted by a census of `day` (date)."""
        return True
