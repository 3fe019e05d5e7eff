"""Purge the journal past retention: verified first, and with a seal of its own."""

from odoo import api, fields, models

from .journal_verify import check_auditor


class JournalPurge(models.TransientModel):
    _name = "lbc.journal.purge"
    _description = "Purge the Journal"
    _inherit = ["lbc.wizard.mixin"]

    reason = fields.Char(required=True, help="Ground and number of the decision; no names.")
    seal_count = fields.Integer("Seals Past Retention", compute="_compute_found")
    row_count = fields.Integer("Rows to Purge", compute="_compute_found")
    last_day = fields.Date("Up to", compute="_compute_found")

    @api.depends_context("uid")
    def _compute_found(self):
        check_auditor(self)
        seals = self.env["lbc.journal.seal"]._purgeable()
        self.seal_count = len(seals)
        self.row_count = sum(seals.mapped("row_count"))
        self.last_day = seals[-1:].day

    def action_purge(self):
        """Verify, purge and seal; then show the seals."""
        self.ensure_one()
        check_auditor(self)
        self.env["lbc.journal.seal"]._purge(self.reason)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "left_behind_children.journal_seal_action"
        )
