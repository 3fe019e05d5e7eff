"""Risk on the child's file: the level comes from assessments, and drives the visits (§B.11, L-2m)."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..access import data_groups


class Child(models.Model):
    _inherit = "lbc.child"
    _past_events = ("risk_level",)  # the first assessment is news, not a supplement

    risk_level = fields.Selection(
        readonly=True, help="Follows from the risk assessment that is in force."
    )
    risk_assessment_ids = fields.One2many(
        "lbc.risk.assessment", "child_id", "Risk Assessments", groups=data_groups.RISK
    )
    risk_assessed_on = fields.Date(
        "Last Risk Assessment", compute="_compute_risk_assessed_on", groups=data_groups.RISK
    )

    @api.depends("risk_assessment_ids.state", "risk_assessment_ids.date")
    def _compute_risk_assessed_on(self):
        found = dict(
            self.env["lbc.risk.assessment"]._read_group(
                [("child_id", "in", self.ids), ("state", "in", ("in_force", "replaced"))],
                ["child_id"],
                ["date:max"],
            )
        )
        for child in self:
            child.risk_assessed_on = found.get(child._origin, False)

    def action_assess_risk(self):
        """Open the scorecard for this child: the draft that is there, or a new one."""
        self.ensure_one()
        self.check_access("read")
        assessments = self.env["lbc.risk.assessment"]
        if assessments.has_access("read"):
            draft = assessments.search(
                [("child_id", "=", self.id), ("state", "in", ("draft", "to_review"))], limit=1
            )
        else:
            draft = assessments
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Risk Assessment"),
            "res_model": assessments._name,
            "res_id": draft.id,
            "views": [(False, "form")],
            "context": {"default_child_id": self.id},
        }

    def action_view_risk(self):
        """Open the child's assessments."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "lbc.risk.assessment",
            "view_mode": "list,form",
            "domain": [("child_id", "in", self.ids)],
            "context": {"default_child_id": self.id},
            "name": self.env._("Risk Assessments"),
        }

    @api.model
    def _past_expressions(self):
        return {**super()._past_expressions(), "risk_level": "own.risk_level"}

    @api.model
    def _risk_changed(self, child_ids):
        """Follow a change of level or category of these children (list of ids): spans, and visits anew."""
        if not child_ids:
            return
        self.env["lbc.key.span"]._sync(SQL("child.id = ANY(%s)", child_ids))
        # Duties are read-only for every role; whoever may change the facts changes what is due.
        self.env["lbc.duty"].sudo()._replan(self.browse(child_ids))

    @api.model
    def _cron_risk(self):
        """What a day brings: overrides that end, key children, assessments due (nightly, all counties)."""
        self.env["lbc.risk.assessment"]._cron_overrides()
        everybody = SQL("true")
        self._sync_key_tags_where(everybody)
        self.env["lbc.key.span"]._sync(everybody)
        self._set_risk_due(everybody)
