"""Who works with a child without having its area: providers, mass organisations, members of a case (§C.2 “@”, “C”).

Every sharing outside the area has a purpose, a ground and an end (§C.2, cross rules). Lower rooms add
what is assigned: the registry the child.
"""

from odoo import api, fields, models
from odoo.fields import Domain

from .legal_grounds import LEGAL_GROUNDS


class Assignment(models.Model):
    _name = "lbc.assignment"
    _description = "Assignment"
    _inherit = ["lbc.access.mixin", "lbc.scope.source"]
    _order = "date_from desc, id desc"
    _default_write_group = "left_behind_children.group_assign"

    kind = fields.Selection(
        [("service", "Service to the child"), ("case", "Part in a case")],
        required=True,
        default="service",
    )
    organization_id = fields.Many2one(
        "lbc.organization", "Organisation", required=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users", "Person", index=True, ondelete="restrict", help="Empty: its whole staff."
    )
    purpose = fields.Char(required=True)
    legal_ground = fields.Selection(LEGAL_GROUNDS, required=True, default="statutory_duty")
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("To", required=True, help="Last day; no sharing without an end.")
    ended_on = fields.Date("Ended Early On", readonly=True, copy=False)
    is_current = fields.Boolean(compute="_compute_is_current", search="_search_is_current")

    _period = models.Constraint(
        "CHECK(date_to >= date_from)", "An assignment cannot end before it begins."
    )

    @api.depends("date_from", "date_to", "ended_on")
    def _compute_is_current(self):
        today = fields.Date.context_today(self)
        for one in self:
            dated = bool(one.date_from and one.date_to) and not one.ended_on
            one.is_current = dated and one.date_from <= today <= one.date_to

    @api.model
    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        current = Domain("date_from", "<=", today) & Domain("date_to", ">=", today)
        current &= Domain("ended_on", "=", False)
        return current if True in value else ~current

    def action_end(self):
        """End the assignment today: its people meet the child no longer."""
        self._check_field_access(self._fields["date_to"], "write")
        self.check_access("write")
        # Read-only to everybody; the rights were checked.
        self.sudo().filtered("is_current").ended_on = fields.Date.context_today(self)
        return True
