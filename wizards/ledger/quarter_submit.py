"""Submit a township's ledger: what will be frozen, then the leader's confirmation (B-5.2d, L-2i)."""

from odoo import api, fields, models

# what the unit may submit now; a department submits without a check
OPEN = [
    *("|", ("state", "=", "checked")),
    *("&", ("organization_id", "!=", False), ("state", "in", ("filling", "returned"))),
]


class QuarterSubmit(models.TransientModel):
    _name = "lbc.quarter.submit"
    _description = "Submit the Quarter"
    _inherit = ["lbc.wizard.mixin"]

    submission_id = fields.Many2one(
        "lbc.submission",
        required=True,
        domain=OPEN,
        default=lambda self: self._default_submission(),
    )
    is_department = fields.Boolean(compute="_compute_todo")
    is_correction = fields.Boolean(compute="_compute_todo")
    reason = fields.Char("What Was Corrected", help="No names of children or families.")
    statement = fields.Text(
        help="What the department did and verified this quarter; no names of children or families."
    )
    cutoff = fields.Date("As of", compute="_compute_todo")
    days_left = fields.Integer(compute="_compute_todo")
    due_text = fields.Char("Time Left", compute="_compute_todo")
    child_count = fields.Integer("Number of Children", compute="_compute_todo")
    unverified_count = fields.Integer("Not Verified in the Quarter", compute="_compute_todo")
    waiting_count = fields.Integer("Waiting for a Decision", compute="_compute_todo")

    def _default_submission(self):
        """Return the submission from which the page was opened, else the first one still to make."""
        if self.env.context.get("active_model") == "lbc.submission":
            return self.env.context.get("active_id")
        return self.env["lbc.submission"].search(OPEN, order="cutoff, id", limit=1)

    @api.depends("submission_id")
    def _compute_todo(self):
        for wizard in self:
            submission = wizard.submission_id
            submission.check_access("read")  # whoever fills in another township's id learns nothing
            wizard.is_department = bool(submission.organization_id)
            wizard.is_correction = bool(submission.version_ids)
            # the day of the rows: nobody reports a day that has not come
            wizard.cutoff = submission and submission.sudo()._day()
            wizard.days_left = submission.days_left
            wizard.due_text = submission.due_text
            wizard.child_count = submission.current_count
            wizard.unverified_count = submission.unverified_count
            wizard.waiting_count = submission.waiting_count

    def action_submit(self):
        """Freeze and submit; then show what was reported, or what has come up since the check."""
        self.ensure_one()
        refusal = self.submission_id._submit(self.reason, self.statement)
        report = {
            "type": "ir.actions.act_window",
            "res_model": "lbc.submission",
            "res_id": self.submission_id.id,
            "views": [(False, "form")],
            "target": "current",
        }
        if not refusal:
            return report
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "danger", "sticky": True, "message": refusal, "next": report},
        }
