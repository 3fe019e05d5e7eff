"""Agreements prove duties; gaps and ends of agreements set them off (§C.1.2, §C.6 case 10)."""

from odoo import api, models


class DutyKind(models.Model):
    _inherit = "lbc.duty.kind"

    @api.model
    def _selection_evidence_model(self):
        found = super()._selection_evidence_model()
        return [*found, ("lbc.agreement", self.env._("Care agreement"))]

    @api.model
    def _selection_due_parameter(self):
        field = self.env["lbc.profile"]._fields["agreement_warn_first"]
        own = (field.name, field._description_string(self.env))
        return [*super()._selection_due_parameter(), own]

    @api.model
    def _selection_event_date(self):
        return [
            *super()._selection_event_date(),
            ("child:gap_since", self.env._("Child: without a guardian since")),
            ("child:agreement_warn_on", self.env._("Child: the agreement is to be renewed from")),
        ]


class Duty(models.Model):
    _inherit = "lbc.duty"

    def _fulfil_action(self):
        if self.kind_id.evidence_model != "lbc.agreement":
            return super()._fulfil_action()
        return self.child_id.action_view_agreements()
