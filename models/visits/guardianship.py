"""Who cared for a child on a given day (§C.6 case 11)."""

from odoo import models


class Guardianship(models.Model):
    _inherit = "lbc.guardianship"

    def _is_carer_on(self, day):
        """Return whether this line made somebody the entrusted carer on `day` (date)."""
        self.ensure_one()
        begun = not self.date_from or self.date_from <= day
        ended = self.date_to and self.date_to < day
        return self.role == "carer" and begun and not ended
