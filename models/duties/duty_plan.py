"""When facts change, what lies ahead is planned anew; what is done or past stays (§C.6 cases 7, 11, 21)."""

from odoo import api, models


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _replan(self, children, day=None):
        """Plan the open duties of these children and their households anew from `day` on.

        Call it after risk, key tags, the profile or the place of children changed. A constant number
        of statements, for one child or a whole district.

        :param children: `lbc.child` recordset, or a domain over it (taken as superuser)
        :param day: date from which the plan holds; today unless given
        """

    @api.model
    def _assign_users(self, domain):
        """Name whoever is responsible for the open duties in `domain` (over `lbc.duty`): one UPDATE."""
