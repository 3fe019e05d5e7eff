"""A move never reaches back into a report: who was reported here is not reported there as well."""

from odoo import api, models
from odoo.exceptions import UserError


class Transfer(models.Model):
    _inherit = "lbc.transfer"

    @api.model
    def _propose(self, child, to_area, day, reason):
        transfer = super()._propose(child, to_area, day, reason)
        if (
            transfer.sudo().state == "proposed"
        ):  # inside a township it was carried over, and checked
            transfer._check_day()
        return transfer

    def _carry_over(self):
        self._check_day()
        return super()._carry_over()

    def _check_day(self):
        """Refuse a day before the child was on the ledger, or one that is already reported.

        The frozen rows of either township say where the child was on their cut-off day; a move on
        or before it would put the child into both registers (§C.6 case 5).
        """
        for transfer in self.sudo():  # the other township's reports are not the user's
            entry = transfer.child_id.date_entry
            if entry and transfer.date < entry:
                raise UserError(
                    self.env._(
                        "%(child)s is on the ledger since %(day)s. The move cannot lie before.",
                        child=transfer.child_id.display_name,
                        day=entry,
                    )
                )
            townships = transfer.from_township_id | transfer.to_township_id
            reported = self.env["lbc.submission"].sudo()._last_submitted(townships)
            if reported and transfer.date <= reported.cutoff:
                raise UserError(
                    self.env._(
                        "%(township)s has already reported as of %(day)s. Date the move after that "
                        "day; a move that waits for an answer is withdrawn and proposed again.",
                        township=reported.township_id.display_name,
                        day=reported.cutoff,
                    )
                )
