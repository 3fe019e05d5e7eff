"""Steps on the ledger change what is due."""

from odoo import models


class Child(models.Model):
    _inherit = "lbc.child"

    def _after_step(self):
        result = super()._after_step()
        self.env["lbc.duty"]._cancel_for(self.household_id)
        return result
