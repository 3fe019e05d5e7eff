"""Expiring and expired follow from dates: nothing is rewritten at night (§C.1.2, §C.6 case 10)."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

_WAITING = Domain("state", "=", "in_force") & Domain("renewed_by_id", "=", False)


class Agreement(models.Model):
    _inherit = "lbc.agreement"

    validity = fields.Selection(
        [
            ("pending", "Not yet in force"),
            ("future", "Begins later"),
            ("valid", "Valid"),
            ("expiring", "Expires soon"),
            ("expired", "Expired"),
            ("suspended", "Suspended"),
            ("over", "Over"),
        ],
        compute="_compute_validity",
    )
    is_expired = fields.Boolean("Expired", compute="_compute_validity", search="_search_is_expired")
    is_expiring = fields.Boolean(
        "Expires Soon", compute="_compute_validity", search="_search_is_expiring"
    )
    days_left = fields.Integer(compute="_compute_validity", help="Until the last day.")

    @api.depends("state", "date_from", "date_to", "renewed_by_id")
    def _compute_validity(self):
        today = fields.Date.context_today(self)
        for agreement in self:
            first, last = agreement.date_from, agreement.date_to
            in_force = agreement.state == "in_force" and bool(last)
            waiting = in_force and not agreement.renewed_by_id  # for somebody to renew it
            agreement.is_expired = waiting and last < today
            agreement.days_left = (last - today).days if in_force else 0
            soon = today + timedelta(days=agreement._warn_days())
            agreement.is_expiring = waiting and today <= last <= soon
            if agreement.state in ("draft", "to_sign"):
                agreement.validity = "pending"
            elif agreement.state == "suspended":
                agreement.validity = "suspended"
            elif not in_force:
                agreement.validity = "over"
            elif first > today:
                agreement.validity = "future"
            else:
                is_soon = "expiring" if agreement.is_expiring else "valid"
                agreement.validity = "expired" if agreement.is_expired else is_soon

    @api.model
    def _search_is_expired(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        expired = _WAITING & Domain("date_to", "<", today)
        return expired if True in value else ~expired

    @api.model
    def _search_is_expiring(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        found = Domain.FALSE
        for profile in self.env["lbc.profile"].sudo().search([("county_id", "!=", False)]):
            soon = today + timedelta(days=profile._agreement_warn_days())
            found |= Domain("county_id", "=", profile.county_id.id) & Domain("date_to", "<=", soon)
        expiring = _WAITING & Domain("date_to", ">=", today) & found
        return expiring if True in value else ~expiring

    def _warn_days(self):
        """Return how many days (int) before its end the agreement counts as expiring."""
        profiles = self.env["lbc.profile"].sudo()
        return profiles.browse(profiles._id_for_county(self.county_id.id))._agreement_warn_days()
