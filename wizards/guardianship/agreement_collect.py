"""Enter the signatures of many agreements at once, after the meeting (domain.md §B.3, §C.1.2 待签 → 生效)."""

from odoo import fields, models
from odoo.exceptions import UserError


class AgreementCollect(models.TransientModel):
    _name = "lbc.agreement.collect"
    _description = "Enter Signatures"
    _inherit = ["lbc.wizard.mixin"]

    signed_on = fields.Date(
        required=True, default=fields.Date.context_today, help="The day of the meeting."
    )
    line_ids = fields.One2many("lbc.agreement.collect.line", "wizard_id", "Agreements")

    def default_get(self, names):
        values = super().default_get(names)
        if "line_ids" in names and self.env.context.get("active_model") == "lbc.agreement":
            agreements = self.env["lbc.agreement"].browse(self.env.context.get("active_ids", []))
            waiting = agreements.filtered(lambda one: one.state == "to_sign")
            values["line_ids"] = [(0, 0, {"agreement_id": one.id}) for one in waiting]
        return values

    def action_collect(self):
        """Keep the signatures that were ticked; what was signed already stays as it is.

        :raises UserError: nothing is out for signing; a line has no scan of the paper
        """
        self.ensure_one()
        self._require_role("village", "township", "civil_affairs")
        lines = self.line_ids.filtered(lambda line: line._ticked())
        if not lines:
            raise UserError(
                self.env._(
                    "Tick who has signed. Only agreements out for signing can be signed: choose "
                    "“To Sign” on the drafts first."
                )
            )
        values = [vals for line in lines for vals in line._signatures(self.signed_on)]
        self.env["lbc.agreement.signature"].create(values)
        return {"type": "ir.actions.act_window_close"}


class AgreementCollectLine(models.TransientModel):
    _name = "lbc.agreement.collect.line"
    _description = "Signatures of One Agreement"
    _inherit = ["lbc.wizard.mixin"]

    wizard_id = fields.Many2one("lbc.agreement.collect", required=True, ondelete="cascade")
    agreement_id = fields.Many2one("lbc.agreement", required=True, ondelete="cascade")
    parents = fields.Boolean(default=True, help="All parents of the agreement signed.")
    carer = fields.Boolean("Entrusted Person", default=True)
    child = fields.Boolean("Children", help="Those of 8 years and older who wished to sign.")
    witness = fields.Boolean("Village", default=True)
    scan = fields.Binary("Scan of the Paper")
    scan_filename = fields.Char("File Name")
    remote_note = fields.Char(
        "Parents Signed from Afar", help="Channel, time and witness; empty: they were present."
    )

    def _ticked(self):
        return self.parents or self.carer or self.child or self.witness

    def _signatures(self, day):
        """Return the values of the signatures of this agreement that are not there yet."""
        self.ensure_one()
        agreement = self.agreement_id
        if not self.scan:
            raise UserError(
                self.env._(
                    "%(agreement)s: add the scan or a photo of the signed page.",
                    agreement=agreement.display_name,
                )
            )
        known = {(one.who, one.guardian_id.id, one.child_id.id) for one in agreement.signature_ids}
        common = {
            "agreement_id": agreement.id,
            "signed_on": day,
            "scan": self.scan,
            "scan_filename": self.scan_filename,
        }
        return [
            {**common, **own}
            for own in self._people(agreement)
            if (own["who"], own.get("guardian_id", False), own.get("child_id", False)) not in known
        ]

    def _people(self, agreement):
        """Yield who, person and remark of each ticked signature."""
        if self.parents:
            remote = {"is_remote": bool(self.remote_note), "remote_note": self.remote_note}
            for parent in agreement.parent_ids:
                yield {"who": "parent", "guardian_id": parent.id, **remote}
        if self.carer and agreement.carer_id:
            yield {"who": "carer", "guardian_id": agreement.carer_id.id}
        if self.child:
            for line in agreement.line_ids:
                if line._is_to_be_heard():
                    yield {"who": "child", "child_id": line.child_id.id}
        if self.witness:
            yield {"who": "witness"}
