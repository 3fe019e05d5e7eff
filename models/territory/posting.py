"""Who holds which post where, from when to when (B-5.1b, L-S2i, §B.9).

A user's areas and role come from here: the record rules read them through
`res.users._lbc_scope`, whose cache is cleared by every change of a posting.
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

SCOPE_LEVELS = ("village", "township", "county")


class Posting(models.Model):
    _name = "lbc.posting"
    _description = "Posting"
    _inherit = ["lbc.scope.source"]
    _order = "date_from desc, id desc"

    name = fields.Char("Person", required=True)
    user_id = fields.Many2one(
        "res.users", "Login", ondelete="restrict", index=True, help="Empty: does not log in."
    )
    post_id = fields.Many2one("lbc.post", required=True, index=True, ondelete="restrict")
    scope = fields.Selection(related="post_id.scope")
    organization_id = fields.Many2one(
        "lbc.organization", "Organisation", required=True, index=True, ondelete="restrict"
    )
    county_id = fields.Many2one(related="organization_id.county_id", store=True, index=True)
    area_ids = fields.Many2many(
        "lbc.area",
        string="Area of Responsibility",
        compute="_compute_area_ids",
        store=True,
        readonly=False,
        help="Villages of a child director, townships of a supervisor.",
    )
    employment = fields.Selection(
        [("staff", "On the Staff"), ("purchased", "Purchased Service"), ("part_time", "Part-time")],
        default="staff",
    )
    phone = fields.Char()
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("To", help="Last day of the posting.")
    is_current = fields.Boolean(compute="_compute_is_current", search="_search_is_current")
    training_hours = fields.Float()
    record_check_date = fields.Date(help="Criminal-record check, yearly (article 62 of the law).")
    active = fields.Boolean(default=True)

    _period = models.Constraint(
        "CHECK(date_to >= date_from)", "A posting cannot end before it begins."
    )

    @api.depends("organization_id", "post_id")
    def _compute_area_ids(self):
        for posting in self:
            area = posting.organization_id.area_id
            if not posting.area_ids and area.level == posting.post_id.scope:
                posting.area_ids = area

    @api.depends("date_from", "date_to")
    def _compute_is_current(self):
        today = fields.Date.context_today(self)
        for posting in self:
            posting.is_current = posting._holds_on(today)

    def _holds_on(self, day):
        """Return whether the posting holds on `day` (date)."""
        started = bool(self.date_from) and self.date_from <= day
        return started and (not self.date_to or self.date_to >= day)

    @api.model
    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        current = fields.Domain("date_from", "<=", today) & (
            fields.Domain("date_to", "=", False) | fields.Domain("date_to", ">=", today)
        )
        return current if True in value else ~current

    @api.constrains("area_ids", "post_id")
    def _check_area_ids(self):
        for posting in self:
            scope = posting.post_id.scope
            wrong = posting.area_ids.filtered(lambda area, scope=scope: area.level != scope)
            if scope in SCOPE_LEVELS and wrong:
                raise ValidationError(
                    self.env._(
                        "%(person)s: the post “%(post)s” has no place in %(areas)s. Choose "
                        "divisions of the level of the post.",
                        person=posting.name,
                        post=posting.post_id.name,
                        areas=self.env._("%(one)s, %(other)s", one="", other="").join(
                            wrong.mapped("display_name")
                        ),
                    )
                )
