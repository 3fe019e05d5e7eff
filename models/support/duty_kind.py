"""Filed activities can prove duties."""

from odoo import api, models


class DutyKind(models.Model):
    _inherit = "lbc.duty.kind"

    @api.model
    def _selection_evidence_model(self):
        return [*super()._selection_evidence_model(), ("lbc.activity", self.env._("Activity"))]
