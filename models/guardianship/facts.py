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


class GuardianFact(models.AbstractModel):
    """Base of what the answer rests on: whoever it concerned before or concerns now is asked about again."""

    _name = "lbc.guardian.fact"
    _description = "Fact about a Guardian"

    def _concerned(self):
        """Return the people (`lbc.guardian` or `lbc.child`) whose dates follow from these records."""
        return self.sudo().guardian_id

    @api.model_create_multi
    def create(self, vals_list):
        facts = super().create(vals_list)
        facts._concerned()._refresh_guardian_dates()
        return facts

    def write(self, vals):
        before = self._concerned()
        result = super().write(vals)
        (before | self._concerned())._refresh_guardian_dates()
        return result

    def unlink(self):
        before = self._concerned()
        result = super().unlink()
        before.exists()._refresh_guardian_dates()
        return result


class Migration(models.Model):
    _name = "lbc.migration"
    _inherit = ["lbc.migration", "lbc.guardian.fact"]


class Capacity(models.Model):
    _name = "lbc.capacity"
    _inherit = ["lbc.capacity", "lbc.guardian.fact"]


class HomeStay(models.Model):
    _name = "lbc.home.stay"
    _inherit = ["lbc.home.stay", "lbc.guardian.fact"]

    def _concerned(self):
        return self.sudo().migration_id.guardian_id


class Guardianship(models.Model):
    _name = "lbc.guardianship"
    _inherit = ["lbc.guardianship", "lbc.guardian.fact"]

    def _concerned(self):
        return self.sudo().child_id
