"""How long an acknowledged duty rests: a parameter of the district."""

from odoo import fields, models


class Profile(models.Model):
    _inherit = "lbc.profile"

    acknowledge_days = fields.Integer(
        "Days an Acknowledged Duty Rests",
        default=7,
        required=True,
        help="A late duty that a supervisor has acknowledged comes back after so many days.",
    )

    _acknowledge_days_range = models.Constraint(
        "CHECK(acknowledge_days BETWEEN 1 AND 90)",
        "An acknowledged duty rests for 1 to 90 days.",
    )
