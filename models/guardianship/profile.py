"""When the end of an agreement is announced (B-3.2c, parameter `agreement_warn_days`)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class Profile(models.Model):
    _inherit = "lbc.profile"

    agreement_warn_first = fields.Integer(
        "Days of the First Renewal Warning",
        compute="_compute_agreement_warn_first",
        store=True,
        help="The largest of the renewal warnings: so many days before its end an agreement is to "
        "be renewed.",
    )

    @api.depends("agreement_warn_days")
    def _compute_agreement_warn_first(self):
        for profile in self:
            profile.agreement_warn_first = profile._agreement_warn_days()

    def write(self, vals):
        if "agreement_warn_first" in vals and not self.env.su:
            field = self._fields["agreement_warn_first"]
            raise AccessError(
                self.env._(
                    "“%(field)s” is not entered by hand; the steps and checks set it.",
                    field=field._description_string(self.env),
                )
            )
        result = super().write(vals)
        if {"agreement_warn_days", "agreement_required", "home_tolerance_days"} & vals.keys():
            counties = self.county_id.ids
            self.env["lbc.child"]._refresh_guardian_dates_of([("county_id", "in", counties)])
        return result

    def _agreement_warn_days(self):
        """Return how many days (int) before its end an agreement first counts as expiring."""
        try:
            return max(self._numbers("agreement_warn_days"), default=0) if self else 0
        except ValueError:
            return 0  # what was typed is refused by its own check

    @api.model
    def _parameter_names(self):
        """It follows from another parameter."""
        return [name for name in super()._parameter_names() if name != "agreement_warn_first"]
