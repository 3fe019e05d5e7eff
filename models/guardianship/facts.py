"""When facts of a person change, who answers for the children is asked again (domain.md §C.1.2, §C.6 cases 3, 11)."""

from odoo import api, models

from .vocabulary import CONFIRMED


class Guardian(models.Model):
    _inherit = "lbc.guardian"

    def write(self, vals):
        died = self.browse()
        if vals.get("state") == "dead":
            died = self.filtered(lambda person: person.state != "dead")
        result = super().write(vals)
        for person in died.sudo():
            self.env["lbc.agreement"]._end_for_carer(person, person.state_since)
        if {"state", "state_since", "birth_date", "id_number"} & vals.keys():
            self._refresh_guardian_dates()
        return result

    def _refresh_guardian_dates(self):
        """Bring the dates of the children of these adults up to date."""
        adults = self.sudo()  # children elsewhere are concerned as well
        children = adults.guardianship_ids.child_id
        lines = self.env["lbc.agreement.line"].sudo()
        children |= lines.search(
            [("agreement_id.carer_id", "in", self.ids), ("state", "in", CONFIRMED)]
        ).child_id
        interim = self.env["lbc.agreement.interim"].sudo()
        children |= interim.search([("carer_id", "in", self.ids)]).child_id
        children._refresh_guardian_dates()


class Migration(models.Model):
    _inherit = "lbc.migration"

    @api.model_create_multi
    def create(self, vals_list):
        spells = super().create(vals_list)
        spells.guardian_id._refresh_guardian_dates()
        return spells

    def write(self, vals):
        result = super().write(vals)
        self.guardian_id._refresh_guardian_dates()
        return result


class Capacity(models.Model):
    _inherit = "lbc.capacity"

    @api.model_create_multi
    def create(self, vals_list):
        losses = super().create(vals_list)
        losses.guardian_id._refresh_guardian_dates()
        return losses

    def write(self, vals):
        result = super().write(vals)
        self.guardian_id._refresh_guardian_dates()
        return result


class Guardianship(models.Model):
    _inherit = "lbc.guardianship"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.sudo().child_id._refresh_guardian_dates()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.sudo().child_id._refresh_guardian_dates()
        return result
