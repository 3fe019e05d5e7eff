"""A changed parameter changes what lies ahead, never the past (B-4.3g, §C.6 case 21)."""

from odoo import api, fields, models
from odoo.fields import Domain


class Profile(models.Model):
    _inherit = "lbc.profile"

    def _today(self):
        """Return the day it is in the county (date): jobs run at night, when UTC has the day before."""
        self.ensure_one()
        return fields.Date.context_today(self.with_context(tz=self.time_zone))

    def _alike(self, day=None):
        """Return [`lbc.profile`]: those for whose counties one plan holds, together.

        They have the same kinds of duty, with the same parameters, on the same day.

        :param day: date for which it is planned; today in each county unless given
        """
        names, kinds = sorted(self._duty_parameters() - {"based_on_id"}), {}

        def plan(profile):
            on = day or profile._today()
            if on not in kinds:
                kinds[on] = self.env["lbc.duty.kind"]._holding(on)
            valid = kinds[on].filtered(lambda kind: kind._valid_in(profile))
            return on, tuple(valid.ids), tuple(profile[name] for name in names)

        return list(self.grouped(plan).values())

    @api.model
    def _duty_parameters(self):
        """Return the parameters (set of str) on which the plan of duties depends; rooms add theirs."""
        kinds = self.env["lbc.duty.kind"].sudo().with_context(active_test=False)
        kinds = kinds.search([("due_parameter", "!=", False)])
        return {"based_on_id", *kinds.mapped("due_parameter")}

    def write(self, vals):
        names = self._duty_parameters() & vals.keys()
        before = {profile: profile._values_named(names) for profile in self}
        result = super().write(vals)
        changed = self.filtered(lambda profile: profile._values_named(names) != before[profile])
        changed = changed.filtered("county_id")
        if changed:
            # Whoever sets the policy need not read the duties that follow from it.
            duties = self.env["lbc.duty"].sudo()
            kinds = self.env["lbc.duty.kind"].sudo().with_context(active_test=False)
            kinds = kinds.search(Domain.TRUE)  # a handful
            duties._refit(kinds, changed)
            duties._replan([("county_id", "in", changed.county_id.ids)])
        return result

    def _values_named(self, names):
        """Return {name: value} of some parameters, to be compared."""
        return {name: self[name] for name in names}
