"""Visits and risk on the child's file."""

from odoo import api, fields, models

from ..access import data_groups
from .visit import FILED


class Child(models.Model):
    _inherit = "lbc.child"

    # The same lines as `lbc.visit.child_ids`: a filed visit is not changed from the file.
    visit_ids = fields.Many2many(
        "lbc.visit", string="Visits", readonly=True, groups=data_groups.VISITS
    )
    visit_count = fields.Integer(compute="_compute_visits", groups=data_groups.VISITS)
    last_visit_date = fields.Date(
        "Last Visit", compute="_compute_visits", groups=data_groups.VISITS
    )
    appointment_on = fields.Date(
        related="household_id.appointment_on", related_sudo=False, groups=data_groups.VISITS
    )
    risk_level = fields.Selection(
        [("high", "High"), ("medium", "Medium"), ("low", "Low")],
        "Risk",
        groups=data_groups.RISK,
        index="btree_not_null",
    )

    @api.depends("visit_ids.state", "visit_ids.date")
    def _compute_visits(self):
        for child in self:
            filed = child.visit_ids.filtered(lambda visit: visit.state in FILED)
            child.visit_count = len(filed)
            child.last_visit_date = max(filed.mapped("date"), default=False)

    def action_view_visits(self):
        """Open the visits that covered this child."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "lbc.visit",
            "view_mode": "list,form",
            "domain": [("child_ids", "in", self.ids)],
            "context": {"default_household_id": self.household_id.id},
            "name": self.env._("Visits"),
        }
