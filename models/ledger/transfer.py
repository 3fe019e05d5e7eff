"""A move takes place on its true day, and not beside a report: who is reported here is not reported there as well."""

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
        self.env["lbc.quarter"]._take_turn(self.sudo().county_id)
        self._check_day()
        return super()._carry_over()

    def _check_day(self):
        """Refuse a day before the child was on the ledger.

        A move keeps its true day, also one that was reported: which report holds the child follows
        from the reports' rows (`lbc.submission._as_of`; §C.6 case 5).
        """
        for transfer in self.sudo():  # the child may be the other township's
            entry = transfer.child_id.date_entry
            if entry and transfer.date < entry:
                raise UserError(
                    self.env._(
                        "%(child)s is on the ledger since %(day)s. The move cannot lie before.",
                        child=transfer.child_id.display_name,
                        day=entry,
                    )
                )


class Child(models.Model):
    _inherit = "lbc.child"

    def _begin_episode(self, kind, day, basis):
        if kind == "moved_in":  # by a transfer or a census: not beside a report of either township
            self.env["lbc.quarter"]._take_turn(self.sudo().county_id)
        return super()._begin_episode(kind, day, basis)
