"""Suspend, resume or end an agreement; who looks after the children meanwhile has to be named (§C.1.2 协议)."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.guardianship.vocabulary import END_REASONS, INTERIM_KINDS, SUSPENSION_REASONS

# What can be decided about an agreement in which state.
DECISIONS = {
    "in_force": ["suspend", "end"],
    "suspended": ["resume", "end", "interim"],
    "ended": ["interim"],
}


class AgreementDecide(models.TransientModel):
    _name = "lbc.agreement.decide"
    _description = "Suspend or End an Agreement"
    _inherit = ["lbc.wizard.mixin"]

    agreement_id = fields.Many2one("lbc.agreement", required=True)
    decision = fields.Selection(
        [
            ("suspend", "Suspend"),
            ("resume", "Let it hold again"),
            ("end", "End"),
            ("interim", "Name other interim care"),
        ],
        "What Is Decided",
        required=True,
        default="suspend",
    )
    decisions = fields.Json("What Can Be Decided", compute="_compute_decisions")
    day = fields.Date("From This Day", default=fields.Date.context_today, required=True)
    suspension_reason = fields.Selection(SUSPENSION_REASONS)
    end_reason = fields.Selection(END_REASONS)
    note = fields.Text(
        "What It Rests on",
        help="Who reported it, what was found, what was decided.",
    )
    interim_kind = fields.Selection(INTERIM_KINDS, "By Whom")
    interim_carer_id = fields.Many2one("lbc.guardian")
    interim_organization_id = fields.Many2one("lbc.organization", "Institution")
    is_nobody_needed = fields.Boolean(compute="_compute_is_nobody_needed")

    def default_get(self, names):
        values = super().default_get(names)
        agreement = self.env["lbc.agreement"].browse(values.get("agreement_id"))
        known = DECISIONS.get(agreement.state)
        if "decision" in names and known and values.get("decision") not in known:
            values["decision"] = known[0]
        return values

    @api.depends("agreement_id.state")
    def _compute_decisions(self):
        for wizard in self:
            wizard.decisions = DECISIONS.get(wizard.agreement_id.state, [])

    @api.depends("decision", "end_reason")
    def _compute_is_nobody_needed(self):
        needless = self.env["lbc.agreement"]._ends_without_interim()
        for wizard in self:
            wizard.is_nobody_needed = wizard.decision == "resume" or (
                wizard.decision == "end" and wizard.end_reason in needless
            )

    def action_decide(self):
        """Take the decision; each checks its own role.

        :raises UserError: something is missing, or the agreement is not open to the decision
        """
        self.ensure_one()
        if not self.note:
            raise UserError(self.env._("Write down what the decision rests on."))
        agreement = self.agreement_id
        interim = None if self.is_nobody_needed else self._interim()
        if self.decision == "suspend":
            self._require_reason(self.suspension_reason)
            agreement._suspend(self.day, self.suspension_reason, self.note, interim)
        elif self.decision == "resume":
            agreement._resume(self.day, self.note)
        elif self.decision == "end":
            self._require_reason(self.end_reason)
            agreement._end(self.day - timedelta(days=1), self.end_reason, self.note, interim)
        else:
            agreement._change_interim(self.day, self.note, interim)
        return {"type": "ir.actions.act_window_close"}

    def _require_reason(self, reason):
        if not reason:
            raise UserError(self.env._("Choose the reason."))

    def _interim(self):
        """Return what the steps take as interim care; only what goes with the kind."""
        interim = {"kind": self.interim_kind, "note": self.note}
        if self.interim_kind == "person":
            interim["carer_id"] = self.interim_carer_id.id
        elif self.interim_kind == "institution":
            interim["organization_id"] = self.interim_organization_id.id
        return interim
