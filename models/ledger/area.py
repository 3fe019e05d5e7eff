"""A merged township reports no more: its villages lie in the successor, which reports them."""

from odoo import models


class Area(models.Model):
    _inherit = "lbc.area"

    def _merge_into(self, successor, last_day):
        result = super()._merge_into(successor, last_day)
        # Read-only for every role; whoever may merge has been asked by the merger.
        submissions = self.env["lbc.submission"].sudo()
        submissions.search(
            [("township_id", "in", self.ids), ("first_submitted_at", "=", False)]
        ).unlink()
        return result
