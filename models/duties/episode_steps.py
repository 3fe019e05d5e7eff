"""Steps on the ledger, and moves, change what is due."""

from odoo import models


class Child(models.Model):
    _inherit = "lbc.child"

    def write(self, vals):
        homes = (
            {child: child.sudo().household_id for child in self} if "household_id" in vals else {}
        )
        result = super().write(vals)
        if homes:
            self.env["lbc.duty"].sudo()._follow_children(self, homes)
        if "area_id" in vals:
            # Open duties go to whoever is responsible now; resolved ones stay where they were.
            duties = self.env["lbc.duty"].sudo()
            duties._take_keys("child_id", self.ids)
            duties._assign_users([("child_id", "in", self.ids)])
        return result

    def _after_step(self):
        result = super()._after_step()
        # Duties follow from who is on the ledger; whoever takes the step need not read them.
        duties = self.env["lbc.duty"].sudo()
        duties._cancel_for(self.sudo().household_id)
        duties._replan(self)
        return result
