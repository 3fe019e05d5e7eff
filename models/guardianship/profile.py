"""When the end of an agreement is announced (B-3.2c, parameter `agreement_warn_days`)."""

from odoo import models


class Profile(models.Model):
    _inherit = "lbc.profile"

    def _agreement_warn_days(self):
        """Return how many days (int) before its end an agreement first counts as expiring."""
        return max(self._numbers("agreement_warn_days"), default=0) if self else 0
