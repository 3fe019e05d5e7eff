"""The duties of a household; open ones move with it. Its visitor is named by supervisors (L-2d)."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

ASSIGNS = "left_behind_children.group_assign"
PROVIDER = "left_behind_children.role_provider"


class Household(models.Model):
    _inherit = "lbc.household"

    visitor_id = fields.Many2one(
        "res.users",
        "Responsible Visitor",
        ondelete="set null",
        index="btree_not_null",
        help="Who visits this household. Empty: the child director of the village.",
    )
    possible_visitor_ids = fields.Many2many(
        "res.users", compute="_compute_possible_visitor_ids", string="Who May Visit"
    )
    duty_ids = fields.One2many(
        "lbc.duty", "household_id", "Duties", groups="left_behind_children.group_duty_read"
    )

    def _has_field_access(self, field, operation):
        if field.name == "visitor_id" and operation == "write" and not self.env.su:
            # Who is responsible is named by who supervises, not by whoever keeps the file.
            return self.env.user.has_group(ASSIGNS) and super()._has_field_access(field, operation)
        return super()._has_field_access(field, operation)

    @api.depends("area_id")
    def _compute_possible_visitor_ids(self):
        """Offer those who visit in the village today, for who names one; two statements for any number."""
        may = self.env.user.has_group(ASSIGNS)
        people = self._posted_visitors() if may else self.env["res.users"]
        for area, households in self.grouped("area_id").items():
            households.possible_visitor_ids = people.filtered(
                lambda user, area=area: user._lbc_may_visit(area)
            )

    def _posted_visitors(self):
        """Return the users (sudo) with a post in these households' divisions, or of a provider of their county."""
        areas = self.sudo().area_id
        here = Domain("area_ids", "in", (areas | areas.township_id).ids)
        provider = Domain("post_id.role_id", "=", self.env.ref(PROVIDER).id)
        provider &= Domain("county_id", "in", areas.county_id.ids)
        return self.env["lbc.posting"].sudo().search(here | provider).user_id

    @api.constrains("visitor_id")
    def _check_visitor(self):
        for household in self.filtered("visitor_id"):
            if not household.visitor_id._lbc_may_visit(household.area_id):
                raise ValidationError(
                    self.env._(
                        "%(visitor)s does not visit in %(area)s today. Choose somebody who is posted "
                        "there as a child director or supervisor, or a provider of the district.",
                        visitor=household.visitor_id.sudo().name,
                        area=household.area_id.name,
                    )
                )

    def _drop_strange_visitors(self):
        """Forget visitors who do not work where these households lie now: the village's own take over."""
        for household in self.sudo():
            if household.visitor_id and not household.visitor_id._lbc_may_visit(household.area_id):
                household.visitor_id = False

    def write(self, vals):
        result = super().write(vals)
        if "area_id" in vals:
            self._drop_strange_visitors()
            for household in self:
                # Open duties go to whoever is responsible now; resolved ones stay where they were.
                household.sudo().duty_ids.filtered(lambda duty: duty.state == "open").write(
                    {
                        "area_id": household.area_id.id,
                        "township_id": household.township_id.id,
                        "county_id": household.county_id.id,
                    }
                )
        if {"area_id", "visitor_id"} & vals.keys():
            self.env["lbc.duty"].sudo()._assign_users([("household_id", "in", self.ids)])
        return result
