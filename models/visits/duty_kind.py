"""Filed visits can prove duties; visits are owed per household or per child, as the profile says."""

from odoo import api, models

UNITS = {"monthly_visit": "household", "monthly_visit_child": "child"}


class DutyKind(models.Model):
    _inherit = "lbc.duty.kind"

    @api.model
    def _selection_evidence_model(self):
        return [*super()._selection_evidence_model(), ("lbc.visit", self.env._("Visit"))]

    def _valid_in(self, profile):
        unit = UNITS.get(self.code, profile.visit_unit)
        return super()._valid_in(profile) and unit == profile.visit_unit


class Profile(models.Model):
    _inherit = "lbc.profile"

    @api.model
    def _duty_parameters(self):
        return super()._duty_parameters() | {
            "visit_unit",
            "visit_interval_months",
            "visit_days_high",
            "visit_days_medium",
            "visit_days_low",
            "key_visit_interval_days",
        }
