"""A merged township reports no more what comes after it: its villages lie in the successor, which reports them.

What it owed from before stays due, to be made by the successor's people or closed by the recipient with a reason; what
its villages have confirmed goes with them (§C.6 case 18).
"""

from odoo import fields, models

from .submission import TO_MAKE


class Area(models.Model):
    _inherit = "lbc.area"

    def _merge_into(self, successor, last_day):
        # Read-only for every role; whoever may merge has been asked by the merger.
        self.env["lbc.quarter"].sudo()._take_turn((self | successor).county_id)
        result = super()._merge_into(successor, last_day)
        last_day = fields.Date.to_date(last_day)
        if successor.level == "township":
            self._hand_over_reports(last_day)
        elif successor.level == "village":
            self._forget_waiting_parts(last_day)
        return result

    def _hand_over_reports(self, last_day):
        """Leave to the successor what it can still report: the quarters of the last day and after.

        A quarter that the successor has reported already stays with the old township, or its
        children would be in no report.
        """
        submissions = self.env["lbc.submission"].sudo()  # read-only for every role
        due = submissions.search(
            [
                ("township_id", "in", self.ids),
                ("first_submitted_at", "=", False),
                ("state", "in", TO_MAKE),
                ("cutoff", ">=", last_day),
            ]
        )
        due._hand_over_parts().unlink()

    def _forget_waiting_parts(self, last_day):
        """Expect nothing more of villages that have ended; what they confirmed stays."""
        parts = self.env["lbc.submission.village"].sudo()  # read-only for every role
        parts.search(
            [
                ("area_id", "in", self.ids),
                ("state", "=", "waiting"),
                ("cutoff", ">", last_day),
                ("submission_id.state", "in", TO_MAKE),
            ]
        ).unlink()
