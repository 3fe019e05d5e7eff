"""A visit to a household, 走访 (L-2d, L-2e, B-3.3d–f, domain.md §B.4): who went, when, how, whom they met.

One visit covers all children of a household. What was found is in `visit_blocks.py`, the steps in
`visit_steps.py`, an answer “in danger” in `visit_danger.py`. No place is recorded by satellite:
where a visitor was is sensitive and proves nothing that the family could not say.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ..access import data_groups

CHANNELS = [
    ("village", "Village visit"),
    ("party_member", "Home visit by a party member"),
    ("resident_cadre", "Visit by the resident cadre"),
    ("social_worker", "Follow-up by a social worker"),
    ("school", "Home visit by the school"),
    ("phone", "Telephone"),
    ("video", "Video call"),
]
CHANNEL_OF_ROLE = {"school": "school", "provider": "social_worker"}
STATES = [
    ("draft", "Draft"),
    ("submitted", "Filed"),
    ("reviewed", "Reviewed"),
    ("returned", "Returned"),
    ("not_met", "Nobody met"),
    ("withdrawn", "Withdrawn"),
]
FILED = ("submitted", "reviewed")  # somebody was met, and the township has not sent it back
OPEN = ("draft", "returned")  # the visitor still writes
VISITORS = ("village", "township", "civil_affairs", "school", "provider")
REVIEWERS = ("township", "civil_affairs")


class Visit(models.Model):
    _name = "lbc.visit"
    _description = "Visit"
    _inherit = ["lbc.access.mixin", "lbc.thread.mixin", "lbc.area.mixin", "lbc.duty.evidence"]
    _order = "date desc, id desc"
    _evidence_subjects = {"child": "child_ids", "household": "household_id"}
    _thread_group = data_groups.VISITS
    _lbc_data_groups = ("visits",)
    _journal_changes = True

    household_id = fields.Many2one("lbc.household", required=True, index=True, ondelete="restrict")
    area_id = fields.Many2one(
        compute="_compute_area_id", store=True, precompute=True, readonly=True, default=None
    )
    child_ids = fields.Many2many(
        "lbc.child",
        string="Children",
        compute="_compute_child_ids",
        store=True,
        readonly=False,
        domain="[('household_id', '=', household_id)]",
    )
    child_names = fields.Char(
        "Children's Names", compute="_compute_child_names", groups=data_groups.IDENTITY
    )
    member_ids = fields.Many2many(
        "lbc.child",
        string="Others of the Household",
        compute="_compute_member_ids",
        help="Siblings who are not on the ledger, such as those of 16 and over.",
    )
    carer_ids = fields.Many2many(
        "lbc.guardian",
        string="Carer on That Day",
        compute="_compute_carer_ids",
        store=True,
        help="Who cared for the children on the day of the visit, whoever does so later.",
    )
    address = fields.Char(related="household_id.address", groups=data_groups.ADDRESS)
    date = fields.Date(required=True, default=fields.Date.context_today)
    channel = fields.Selection(
        CHANNELS, "How", required=True, default=lambda self: self._default_channel()
    )
    visitor_id = fields.Many2one("res.users", required=True, default=lambda self: self.env.user)
    co_visitor_ids = fields.Many2many(
        "res.users", string="Other Visitors", help="Colleagues with a login who came along."
    )
    companions = fields.Char("Accompanied by", help="Who came along and has no login.")
    met_child = fields.Boolean("Met the child", groups=data_groups.VISITS)
    met_carer = fields.Boolean("Met the carer", groups=data_groups.VISITS)
    met_parent = fields.Boolean("Met a parent", groups=data_groups.VISITS)
    not_met_reason = fields.Char("Why Nobody Was Met", groups=data_groups.VISITS)
    late_reason = fields.Char("Why Entered Late", groups=data_groups.VISITS)
    state = fields.Selection(STATES, default="draft", required=True, readonly=True, index=True)

    duty_ids = fields.One2many(
        "lbc.duty",
        "evidence_id",
        "Duties Fulfilled",
        domain=[("evidence_model", "=", "lbc.visit")],
        groups="left_behind_children.group_duty_read",
    )

    _area_order = models.Index("(area_id, date DESC, id DESC)")
    _township_order = models.Index("(township_id, date DESC, id DESC)")
    _county_order = models.Index("(county_id, date DESC, id DESC)")

    @api.model
    def _default_channel(self):
        roles = [role for role in CHANNEL_OF_ROLE if self.env.user._lbc_has_role(role)]
        return CHANNEL_OF_ROLE[roles[0]] if roles else "village"

    @api.depends("household_id")
    def _compute_area_id(self):
        """A visit keeps the village in which it happened; only the choice of household sets it."""
        for visit in self:
            visit.area_id = visit.household_id.area_id

    @api.depends("household_id")
    def _compute_child_ids(self):
        on_ledger = self.env["lbc.child"]._on_ledger_domain()
        for visit in self:
            visit.child_ids = visit.household_id.child_ids.filtered_domain(on_ledger)

    @api.depends("child_ids.name")
    @api.depends_context("lang")
    def _compute_child_names(self):
        comma = self.env._("%(one)s, %(other)s", one="", other="")
        for visit in self:
            # Computed for all, read only with the right to identities (`groups`).
            visit.child_names = comma.join(visit.child_ids.sudo().mapped("name"))

    @api.depends("household_id.child_ids", "child_ids")
    def _compute_member_ids(self):
        for visit in self:
            visit.member_ids = visit.household_id.child_ids._origin - visit.child_ids._origin

    @api.depends("household_id", "date")
    def _compute_carer_ids(self):
        """Whoever cared for the children on the day: an earlier visit keeps the earlier carer (§C.6 case 11)."""
        for visit in self:
            day = visit.date or fields.Date.context_today(visit)
            # Since when somebody cares belongs to another data group than the visit.
            lines = visit.household_id.sudo().child_ids.guardianship_ids
            carers = lines.filtered(lambda line, day=day: line._is_carer_on(day)).guardian_id
            visit.carer_ids = carers.with_env(visit.env)

    @api.depends("household_id.number", "date")
    def _compute_display_name(self):
        for visit in self:
            visit.display_name = f"{visit.household_id.number or ''} {visit.date or ''}".strip()

    def _check_visitor(self):
        """Refuse a visitor who could not have entered the visit himself.

        No constraint: these run as superuser, for whom imports name who went then.
        """
        for visit in self if not self.env.su else ():
            visitor = visit.visitor_id
            known = visitor == self.env.user or (
                visitor._lbc_has_role(*VISITORS) and visit.with_user(visitor).has_access("read")
            )
            if not known:
                raise ValidationError(
                    self.env._("Choose a visitor who works today where the family lives.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        chosen = self.env.context.get("default_household_id")
        if not all(vals.get("household_id", chosen) for vals in vals_list):
            raise UserError(self.env._("Choose the family that was visited."))
        visits = super().create(vals_list)
        visits._check_visitor()
        return visits

    def write(self, vals):
        entered = [name for name in vals if not name.startswith(("message_", "activity_"))]
        if not self.env.su and entered:
            if any(visit.state not in OPEN for visit in self):
                raise UserError(
                    self.env._("A filed visit is not changed. Withdraw it and enter it again.")
                )
            self._require_own()
        result = super().write(vals)
        if {"visitor_id", "household_id"} & vals.keys():
            self._check_visitor()
        return result

    def _visitors(self):
        """Return who made or entered these visits (`res.users`)."""
        return self.visitor_id | self.co_visitor_ids | self.create_uid

    def _require_own(self):
        """Refuse colleagues a visit that raised an alarm: who made it writes it, else a supervisor.

        :raises AccessError: somebody else's visit
        """
        if self.env.su or self.env.user._lbc_has_role(*REVIEWERS):
            return
        alarms = self.filtered("danger_state")
        if any(self.env.user not in visit._visitors() for visit in alarms):
            raise AccessError(
                self.env._("This visit is another visitor's. He or the township corrects it.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._require_own()
        if any(visit.state != "draft" or visit.danger_state for visit in self):
            raise UserError(self.env._("A filed visit is never deleted. Withdraw it instead."))

    def _lbc_papers_open(self):
        return super()._lbc_papers_open() and self.state in OPEN

    def _is_met(self):
        """Return whether somebody of the family was met (bool)."""
        self.ensure_one()
        return self.met_child or self.met_carer or self.met_parent

    @api.model
    def _journal_children_sql(self, ids):
        field = self._fields["child_ids"]
        return SQL(
            "SELECT %s FROM %s WHERE %s = ANY(%s)",
            SQL.identifier(field.column2),
            SQL.identifier(field.relation),
            SQL.identifier(field.column1),
            ids,
        )
