"""A changed policy is a fact like any other: every verdict in the county is given anew (B-2a, §C.4)."""

from odoo import api, fields, models

POLICY = {
    "county_id",
    "age_limit",
    "age_reached_on",
    "out_min_months",
    "out_scope",
    "home_tolerance_days",
    "incapacity_illness",
    "incapacity_disability",
    "incapacity_other",
}
VERDICT = ("eligibility", "eligibility_reason", "eligibility_basis", "review_on")


class Profile(models.Model):
    _inherit = "lbc.profile"

    grant_hours = fields.Integer(
        "Hours of Temporary Access",
        default=3,
        required=True,
        tracking=True,
        help="How long a file stays open after the glass was broken or a request approved.",
    )
    lookups_per_hour = fields.Integer(
        "Searches outside the Area per Hour", default=20, required=True, tracking=True
    )

    _grant_hours_range = models.Constraint(
        "CHECK(grant_hours BETWEEN 1 AND 24)", "Temporary access lasts 1 to 24 hours."
    )

    @api.model_create_multi
    def create(self, vals_list):
        profiles = super().create(vals_list)
        profiles._judge_children_again()
        return profiles

    def write(self, vals):
        result = super().write(vals)
        if POLICY & vals.keys():
            self._judge_children_again()
        return result

    def _judge_children_again(self):
        """Recompute the verdicts of the children of these profiles' counties.

        Exits that follow are proposed by the daily job, as after any other change.
        """
        counties = self.county_id
        if not counties:
            return
        # Whoever sets the policy decides over all children of the county, also those he cannot see.
        children = self.env["lbc.child"].sudo()
        children = children.search([("county_id", "in", counties.ids), ("state", "!=", "void")])
        for name in VERDICT:
            self.env.add_to_compute(children._fields[name], children)
