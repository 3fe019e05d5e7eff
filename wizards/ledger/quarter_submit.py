"""Submit a township's ledger: what will be frozen, then the leader's confirmation (B-5.2d, L-2i)."""

from odoo import fields, models


class QuarterSubmit(models.TransientModel):
    _name = "lbc.quarter.submit"
    _description = "Submit the Quarter"
    _inherit = ["lbc.wizard.mixin"]

    submission_id = fields.Many2one(
        "lbc.submission", required=True, readonly=False,
        default=lambda self: self.env.context.get("active_id"),
    )
    cutoff = fields.Date(related="submission_id.cutoff", string="As of")
    days_left = fields.Integer(related="submission_id.days_left")
    child_count = fields.Integer("Number of Children", related="submission_id.current_count")
    unverified_count = fields.Integer(
        "Not Verified This Quarter", compute="_compute_open_points"
    )
    pending_count = fields.Integer("Waiting for a Decision", compute="_compute_open_points")

    def _compute_open_points(self):
        Child = self.env["lbc.child"].sudo()  # numbers only
        for wizard in self:
            here = [("township_id", "=", wizard.submission_id.township_id.id)]
            on_ledger = Child._on_ledger_domain()
            wizard.unverified_count = Child.search_count(
                [*here, *on_ledger, ("is_unverified", "=", True)]
            )
            waiting = ("to_verify", "exit_pending", "transferring")
            wizard.pending_count = Child.search_count([*here, ("state", "in", waiting)])

    def action_submit(self):
        """Freeze and submit."""
        self.ensure_one()
        self.submission_id.check_access("read")
        self.submission_id._submit()
        return self.submission_id.action_view_snapshot()
