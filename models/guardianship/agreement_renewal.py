"""One agreement follows another: the old one runs until the other begins, decisions take both along (§C.6 case 10)."""

from datetime import timedelta

from odoo import api, fields, models

from .agreement_steps import KEEPERS
from .vocabulary import CONFIRMED, OPEN

DAYS_OF_A_YEAR = 365


class Agreement(models.Model):
    _inherit = "lbc.agreement"

    def action_renew(self):
        """Draft the agreement that follows this one; every question is asked and signed anew (§C.6 case 10)."""
        self.ensure_one()
        self._check_step(*KEEPERS)
        self._require_state("state", "in_force")
        over = ("cancelled", "ended")  # one that ended before it began is drawn up again
        known = self.sudo().search([("renews_id", "=", self.id), ("state", "not in", over)])
        # What it renews is set by this step only, so the superuser creates it, in the caller's name.
        draft = known[:1] or self.sudo().create(self._renewal_vals())
        return self._open_form(draft)

    def _renewal_vals(self):
        """Return the values of the draft that follows: same parties, next day or today, no longer than before."""
        old = self.sudo()
        today = fields.Date.context_today(self)
        first = max(old.date_to + timedelta(days=1), today)
        length = min((old.date_to - old.date_from).days, DAYS_OF_A_YEAR - 1)
        still = old.line_ids.filtered(lambda line: not line.ended_on)
        return {
            "renews_id": old.id,
            "area_id": old.area_id.id,
            "line_ids": [(0, 0, {"child_id": child.id}) for child in still.child_id],
            "parent_ids": [(6, 0, old.parent_ids.ids)],
            "carer_id": old.carer_id.id,
            "relation": old.relation,
            "reason": old.reason,
            "work_place": old.work_place,
            "organization_id": old.organization_id.id,
            "date_from": first,
            "date_to": first + timedelta(days=length),
        }

    def _and_renewals(self, same_carer=True, after=None):
        """Return this agreement and the open ones that follow it (sudo).

        :param same_carer: whether a renewal with another carer is left alone
        :param after: date; one that was drawn up by itself follows only if it begins later than that
        """
        found = following = self.sudo()
        while following := following.renewed_by_id.filtered(
            lambda one: one.state in OPEN and (not same_carer or one.carer_id == self.carer_id)
        ):
            found |= following
        # One that was drawn up by itself for the same children is no other matter.
        children = found.line_ids.child_id
        later = found.search(
            [
                ("carer_id", "=", found[0].carer_id.id),
                ("state", "in", OPEN),
                ("date_from", ">", max(filter(None, (found[0].date_to, after)))),
                ("line_ids.child_id", "in", children.ids),
            ]
        )
        return found | later.filtered(lambda one: one.line_ids.child_id <= children)

    def _renewed(self):
        """Return the confirmed agreements with the same carer that this one renews (sudo)."""
        found = before = self.sudo()
        while before := before.renews_id.filtered(
            lambda one: one.state in CONFIRMED and one.carer_id == self.carer_id
        ):
            found |= before
        return found - self

    def _give_way(self):
        """Write that those of these agreements (sudo) are renewed whose successor has begun."""
        today = fields.Date.context_today(self)
        self.filtered(
            lambda one: (
                one.state in OPEN
                and one.renewed_by_id.state in CONFIRMED
                and one.renewed_by_id._first_day() <= today
            )
        ).state = "renewed"

    @api.model
    def _renewed_early(self, counties):
        """Return the agreements of counties that run on until the confirmed one that renews them begins."""
        return self.search(
            [
                ("county_id", "in", counties.ids),
                ("state", "in", OPEN),
                ("renewed_by_id", "!=", False),
            ]
        )
