"""What is left to do before a township submits, as numbers that open their rows (L-2h, B-5.2c)."""

from odoo import fields, models

WAITING = ("to_verify", "exit_pending", "transferring")


class Submission(models.Model):
    _inherit = "lbc.submission"

    current_count = fields.Integer("On the Ledger Now", compute="_compute_todo")
    unverified_count = fields.Integer("Not Verified This Quarter", compute="_compute_todo")
    waiting_count = fields.Integer("Waiting for a Decision", compute="_compute_todo")

    def _compute_todo(self):
        counts = [
            self._count_children(domain)
            for domain in (self._on_ledger(), self._unverified(), self._waiting())
        ]
        for submission in self:
            current, unverified, waiting = (
                found.get(submission.township_id.id, 0) for found in counts
            )
            submission.current_count = current
            submission.unverified_count = unverified
            submission.waiting_count = waiting

    def _count_children(self, domain):
        """Return {township id: number of children} of these submissions' townships."""
        own = [("township_id", "in", self.township_id.ids), *domain]
        # A number is no file: whoever may see the submission may see how many it will hold.
        groups = self.env["lbc.child"].sudo()._read_group(own, ["township_id"], ["__count"])
        return {township.id: count for township, count in groups}

    def _on_ledger(self):
        return self.env["lbc.child"]._on_ledger_domain()

    def _unverified(self):
        return [*self._on_ledger(), ("is_unverified", "=", True)]

    def _waiting(self):
        return [("state", "in", WAITING)]

    def action_view_current(self):
        """Open the children who are on the township's ledger today."""
        return self._open_children(self.env._("On the Ledger Now"), self._on_ledger())

    def action_view_unverified(self):
        """Open the children whose file nobody has checked this quarter."""
        return self._open_children(self.env._("Not Verified This Quarter"), self._unverified())

    def action_view_waiting(self):
        """Open the children who wait for the township's decision."""
        return self._open_children(self.env._("Waiting for a Decision"), self._waiting())

    def _open_children(self, name, domain):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "lbc.child",
            "view_mode": "list,form",
            "domain": [("township_id", "=", self.township_id.id), *domain],
            "context": {"create": False},
        }
