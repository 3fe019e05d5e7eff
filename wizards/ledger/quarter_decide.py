"""Return a report, send it back, or grant an exception from the lock: what takes a reason (domain.md §C.1.2)."""

from odoo import fields, models


class QuarterDecide(models.TransientModel):
    _name = "lbc.quarter.decide"
    _description = "Decide on a Submission"
    _inherit = ["lbc.wizard.mixin"]

    submission_id = fields.Many2one(
        "lbc.submission",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    decision = fields.Selection(
        [
            ("return", "Return to the unit for correction"),
            ("send_back", "Send back to the supervisor"),
            ("except", "Grant an exception from the lock"),
            ("close", "Close: the unit was merged and does not report"),
        ],
        default="return",
        required=True,
    )
    reason = fields.Char(required=True, help="No names of children or families.")
    date_to = fields.Date("Until", default=lambda self: self.env.user._lbc_today())

    def action_decide(self):
        """Take the step that was chosen; it checks role, area and state itself."""
        self.ensure_one()
        self.check_access("read")
        if self.decision == "return":
            self.submission_id._return(self.reason)
        elif self.decision == "send_back":
            self.submission_id._send_back(self.reason)
        elif self.decision == "close":
            self.submission_id._close(self.reason)
        else:
            self.submission_id._grant_exception(self.date_to, self.reason)
        return {"type": "ir.actions.act_window_close"}
