"""What is left to do before a township submits, as numbers that open their rows (L-2h, B-5.2c)."""

from odoo import fields, models

WAITING = ("to_verify", "exit_pending", "transferring")


class Submission(models.Model):
    _inherit = "lbc.submission"

    current_count = fields.Integer(
        "In the Report Now",
        compute="_compute_todo",
        help="Children on the ledger on the report's day: the cut-off, or today if that comes first.",
    )
    unverified_count = fields.Integer(
        "Not Verified in the Quarter",
        compute="_compute_todo",
        help="Of the children in the report, those whom nobody has verified since its quarter began.",
    )
    waiting_count = fields.Integer("Waiting for a Decision", compute="_compute_todo")

    def _compute_todo(self):
        """Count what the report would hold if it were made now, and what it holds once it is made."""
        waiting = self._count_waiting()
        for submission in self:
            # A number is no file: whoever may see the submission may see how many it holds.
            rows = submission.sudo()._count_rows().values() if submission.township_id else ()
            submission.current_count = sum(count for count, _left in rows)
            submission.unverified_count = sum(left for _count, left in rows)
            submission.waiting_count = waiting.get(submission.township_id.id, 0)

    def _count_waiting(self):
        """Return {township id: number of children} who wait for a decision today."""
        own = [("township_id", "in", self.township_id.ids), *self._waiting()]
        groups = self.env["lbc.child"].sudo()._read_group(own, ["township_id"], ["__count"])
        return {township.id: count for township, count in groups}

    def _waiting(self):
        return [("state", "in", WAITING)]

    def action_view_current(self):
        """Open the children whom the report would hold if it were made now."""
        return self._open_rows_now(self.env._("In the Report Now"), unverified=False)

    def action_view_unverified(self):
        """Open those of the report's children whose file nobody has checked in its quarter."""
        return self._open_rows_now(self.env._("Not Verified in the Quarter"), unverified=True)

    def action_view_waiting(self):
        """Open the children who wait for the township's decision."""
        self.ensure_one()
        self.check_access("read")
        domain = [("township_id", "=", self.township_id.id), *self._waiting()]
        return self._open_children(self.env._("Waiting for a Decision"), domain)

    def _open_rows_now(self, name, unverified):
        self.ensure_one()
        self.check_access("read")
        # Ids only; the list shows of them what the user's own rules open.
        children = self.sudo()._row_children(unverified) if self.township_id else []
        return self._open_children(name, [("id", "in", children)])

    def _open_children(self, name, domain):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "lbc.child",
            "view_mode": "list,form",
            "domain": domain,
            "context": {"create": False},
        }
