"""The page on which a visit due is fulfilled, and a month of visits (L-2d, B-3.3d)."""

from odoo import api, fields, models


class Duty(models.Model):
    _inherit = "lbc.duty"

    def _fulfil_action(self):
        if self.kind_id.evidence_model != "lbc.visit":
            return super()._fulfil_action()
        household = self.household_id or self.child_id.household_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Visit"),
            "res_model": "lbc.visit",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_household_id": household.id},
        }

    @api.model
    def _visit_kind(self, profile):
        """Return the kind of the monthly visit, with the profile's unit (household or child)."""
        code = "monthly_visit" if profile.visit_unit == "household" else "monthly_visit_child"
        return self.env["lbc.duty.kind"].search([("code", "=", code)], limit=1)

    @api.model
    def _generate_visits(self, county, day):
        """Make this month's visits of a county, within the caller's area; returns their number."""
        profile = self.env["lbc.profile"]._for_county(county)
        children = [("county_id", "=", county.id), *self.env["lbc.child"]._on_ledger_domain()]
        return self._generate_month(
            self._visit_kind(profile), day, children, profile.visit_interval_months
        )

    @api.model
    def _cron_generate(self):
        """Make the month's visits of every county with a profile (nightly)."""
        today = fields.Date.context_today(self)
        for county in self.env["lbc.profile"].search([("county_id", "!=", False)]).county_id:
            self._generate_visits(county, today)
