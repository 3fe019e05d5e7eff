"""Merging divisions: the successor takes over what lives, the past keeps its name (§C.6 case 18)."""

from odoo import models
from odoo.exceptions import UserError


class Area(models.Model):
    _inherit = "lbc.area"

    def _merge_into(self, successor, last_day):
        """Make these villages part of `successor` after `last_day` (date).

        Children, households and adults follow; visits, episodes, snapshots and resolved duties
        keep the old village, and whoever is responsible for the successor goes on seeing them.
        """
        for area in self:
            if area.level != successor.level or area == successor:
                raise UserError(
                    self.env._(
                        "%(area)s can only become part of another division of its own level.",
                        area=area.display_name,
                    )
                )
            area.write({"successor_id": successor.id, "valid_to": last_day})
        if successor.level == "village":
            for model in ("lbc.household", "lbc.child", "lbc.guardian"):
                # A merger moves everybody, whoever carries it out.
                records = self.env[model].sudo().search([("area_id", "in", self.ids)])
                records.write({"area_id": successor.id})
