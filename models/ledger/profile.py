"""What the district sets for its quarters (D4–D8; DHIS2's two settings of time)."""

from odoo import fields, models

# The roles that receive the report, by what the district has set (`report_to`, D6).
RECEIVERS = {
    "office": ("leading_office",),
    "civil_affairs": ("civil_affairs",),
    "both": ("leading_office", "civil_affairs"),
}


class Profile(models.Model):
    _inherit = "lbc.profile"

    quarter_on_time_days = fields.Integer(
        "Days of Grace",
        help="A first submission is on time until the end of this many days after the cut-off.",
    )
    quarter_lock_days = fields.Integer(
        "Locked after Days",
        help="From this many days after the cut-off on, a first submission needs an exception; "
        "0: never.",
    )
    report_kind_ids = fields.Many2many(
        "lbc.organization.kind",
        "lbc_profile_report_kind_rel",
        string="Kinds of Department That Submit",
        help="Departments of these kinds submit as well, where departments do.",
    )

    _quarter_days = models.Constraint(
        "CHECK(quarter_on_time_days >= 0 AND quarter_lock_days >= 0 AND (quarter_lock_days = 0 "
        "OR quarter_lock_days > quarter_on_time_days))",
        "Days after the cut-off are not negative, and the lock comes after the days of grace.",
    )

    def _report_receivers(self):
        """Return the roles (tuple of str) that receive the report and answer for it (D6)."""
        self.ensure_one()
        return RECEIVERS[self.report_to]
