"""The visits of a household and what was agreed at the last one."""

from odoo import api, fields, models

from ..access import data_groups


class Household(models.Model):
    _inherit = "lbc.household"

    visit_ids = fields.One2many(
        "lbc.visit", "household_id", "Visits", readonly=True, groups=data_groups.VISITS
    )
    appointment_on = fields.Date(
        "Next Appointment", compute="_compute_appointment_on", groups=data_groups.VISITS
    )

    @api.depends("visit_ids.appointment_open", "visit_ids.next_visit_date")
    def _compute_appointment_on(self):
        Visit, days = self.env["lbc.visit"], {}
        if Visit.has_access("read"):
            domain = [("household_id", "in", self.ids), ("appointment_open", "=", True)]
            days = dict(Visit._read_group(domain, ["household_id"], ["next_visit_date:max"]))
        for household in self:
            household.appointment_on = days.get(household._origin, False)
