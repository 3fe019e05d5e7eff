"""Merging divisions: the successor takes over what lives, the past keeps its name (§C.6 case 18)."""

from odoo import fields, models
from odoo.exceptions import UserError


class Area(models.Model):
    _inherit = "lbc.area"

    def _merge_into(self, successor, last_day):
        """Make these divisions part of `successor` after `last_day` (date, today at the latest).

        Villages of a merged township lie in its successor from now on. Children, households and
        adults follow; visits, episodes, snapshots and resolved duties keep the old division, and
        whoever is responsible for the successor goes on seeing them.

        :raises UserError: names the division and what is wrong with the merger
        """
        last_day = fields.Date.to_date(last_day)
        self._check_merger(successor, last_day)
        self.write({"successor_id": successor.id, "valid_to": last_day})
        if successor.level == "village":
            for model in ("lbc.household", "lbc.child", "lbc.guardian"):
                # A merger moves everybody, whoever carries it out.
                records = self.env[model].sudo().search([("area_id", "in", self.ids)])
                records.write({"area_id": successor.id})
        else:
            # What ended before lies where it lay: its keys say where it belonged.
            inside = self.search([("parent_id", "in", self.ids), ("valid_to", "=", False)])
            inside.write({"parent_id": successor.id})

    def _check_merger(self, successor, last_day):
        """Refuse a merger after which nobody could say who is responsible for a division."""
        if last_day > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "The last day lies in the future. Everybody moves at once, so merge on the day "
                    "itself or later."
                )
            )
        if successor.successor_id or successor.valid_to:
            raise UserError(
                self.env._(
                    "%(area)s has itself ended. Choose the division that exists today.",
                    area=successor.display_name,
                )
            )
        for area in self:
            if area.level != successor.level or area == successor:
                raise UserError(
                    self.env._(
                        "%(area)s can only become part of another division of its own level.",
                        area=area.display_name,
                    )
                )
            if area.successor_id or area.valid_to:
                raise UserError(self.env._("%(area)s has already ended.", area=area.display_name))
