"""Steps on the ledger change what is due."""

from odoo import models


class Child(models.Model):
    _inherit = "lbc.child"

    def write(self, vals):
        result = super().write(vals)
        if "area_id" in vals:
            # Open duties go to whoever is responsible now; resolved ones stay where they were.
            duties = self.env["lbc.duty"].sudo()
            for child in self:
                duties.search([("child_id", "=", child.id), ("state", "=", "open")]).write(
                    {
                        "area_id": child.area_id.id,
                        "township_id": child.township_id.id,
                        "county_id": child.county_id.id,
                    }
                )
        return result

    def _after_step(self):
        result = super()._after_step()
        self.env["lbc.duty"]._cancel_for(self.household_id)
        return result
