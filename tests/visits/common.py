"""What the tests of visits share: a household on the ledger, a visit that lacks nothing."""

from odoo import fields

from ..common import CareCase

COMPLETE = {
    "met_carer": True,
    "family_note": "奶奶在家照料，父亲每月汇款。",
    "care_quality": "good",
    "schooling": "attending",
    "danger": "no",
}
NOT_MET = {"not_met_reason": "家中无人", "next_visit_date": "2026-11-25"}


class VisitCase(CareCase):
    """A child of village a1 is on the ledger and a visit is due to its household."""

    roles = ("village", "township", "civil_affairs", "provider", "school", "education")

    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger()
        self.home = self.child.household_id

    def draft(self, role="village", **vals):
        """Create a visit to the household in a role; returns it in the role's environment."""
        visits = self.env["lbc.visit"].with_user(self.users[role])
        return visits.create({"household_id": self.home.id, **vals})

    def filed(self, role="village", **vals):
        """Create and file a complete visit."""
        visit = self.draft(role, **{**COMPLETE, **vals})
        visit.action_submit()
        return visit

    def plan(self, day="2026-11-01"):
        """Make the month's duties of the county; returns that of the household."""
        self.env["lbc.duty"]._generate_visits(self.county, fields.Date.to_date(day))
        return self.env["lbc.duty"].search([("household_id", "=", self.home.id)])
