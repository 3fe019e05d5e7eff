"""Rules hold the postings of a day: with the day the rule is asked anew, without waiting for a job."""

from odoo import models


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _compute_domain_context_values(self):
        yield from super()._compute_domain_context_values()
        yield self.env.user._lbc_today()
