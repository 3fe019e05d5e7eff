"""A visit to a household, 走访 (L-2d, L-2e, B-3.3d–f, domain.md §B.4).

One visit covers all children of the household. Its three blocks (family, guardianship, schooling)
are required to submit; nobody met does not count.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..access import data_groups
from ..registry.vocabulary import CARE_QUALITY

CHANNELS = [
    ("village", "Village visit"),
    ("party_member", "Home visit by a party member"),
    ("resident_cadre", "Visit by the resident cadre"),
    ("social_worker", "Follow-up by a social worker"),
    ("school", "Home visit by the school"),
    ("phone", "Telephone"),
    ("video", "Video call"),
]


class Visit(models.Model):
    _name = "lbc.visit"
    _description = "Visit"
    _inherit = ["lbc.access.mixin", "lbc.area.mixin", "lbc.duty.evidence"]
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
    date = fields.Date(required=True, default=fields.Date.context_today)
    channel = fields.Selection(CHANNELS, "How", required=True, default="village")
    visitor_id = fields.Many2one("res.users", required=True, default=lambda self: self.env.user)
    companions = fields.Char("Accompanied by")
    met_child = fields.Boolean("Met the child", groups=data_groups.VISITS)
    met_carer = fields.Boolean("Met the carer", groups=data_groups.VISITS)
    met_parent = fields.Boolean("Met a parent", groups=data_groups.VISITS)
    not_met_reason = fields.Char(
        "Why Nobody Was Met", groups=data_groups.VISITS, help="And when you will try again."
    )
    family_note = fields.Text(
        "Family",
        groups=data_groups.VISITS,
        help="Income, who lives here, parents' place and phone.",
    )
    care_quality = fields.Selection(CARE_QUALITY, "Guardianship Is", groups=data_groups.VISITS)
    guardianship_note = fields.Text("About Guardianship", groups=data_groups.VISITS)
    schooling = fields.Selection(
        [
            ("attending", "Attends school"),
            ("irregular", "Attends irregularly"),
            ("absent", "Does not attend"),
            ("too_young", "Not of school age"),
        ],
        groups=data_groups.VISITS,
    )
    schooling_note = fields.Text("About School", groups=data_groups.VISITS)
    danger = fields.Selection(
        [("no", "No"), ("yes", "Yes")], "Immediate Danger", groups=data_groups.VISITS
    )
    danger_note = fields.Text("What Danger", groups=data_groups.VISITS)
    needs = fields.Text(groups=data_groups.VISITS)
    late_reason = fields.Char("Why Entered Late", groups=data_groups.VISITS)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Filed"),
            ("not_met", "Nobody met"),
            ("withdrawn", "Withdrawn"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
    )
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

    @api.depends("household_id.number", "date")
    def _compute_display_name(self):
        for visit in self:
            visit.display_name = f"{visit.household_id.number or ''} {visit.date or ''}".strip()

    def write(self, vals):
        if not self.env.su and any(visit.state in ("submitted", "not_met") for visit in self):
            raise UserError(
                self.env._("A filed visit is not changed. Withdraw it and enter it again.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(visit.state != "draft" for visit in self):
            raise UserError(self.env._("A filed visit is never deleted. Withdraw it instead."))

    def action_submit(self):
        """File the visit: it resolves the household's duty, unless nobody was met."""
        self._require_role("village", "township", "civil_affairs", "school", "provider")
        self.check_access("write")
        self._require_state("state", "draft")
        for visit in self:
            visit._check_complete()
            met = visit.met_child or visit.met_carer or visit.met_parent
            # The state is written by this step only, hence the sudo after the checks above.
            visit.sudo().state = "submitted" if met else "not_met"
        self._prove_duties()
        return True

    def _check_complete(self):
        """Refuse a visit that lacks one of its three blocks or lies in the future (L-2e)."""
        self.ensure_one()
        if self.date > fields.Date.context_today(self):
            raise UserError(
                self.env._("The day of the visit lies in the future. Correct the date.")
            )
        limit = self.env["lbc.profile"]._for_county(self.county_id).visit_backdate_days
        days = (fields.Date.context_today(self) - self.date).days
        met = self.met_child or self.met_carer or self.met_parent
        missing = [
            label
            for label, value in (
                (self.env._("Children"), self.child_ids),
                (self.env._("Why Nobody Was Met"), met or self.not_met_reason),
                (self.env._("Family"), self.family_note or not met),
                (self.env._("Guardianship Is"), self.care_quality or not met),
                (self.env._("Schooling"), self.schooling or not met),
                (self.env._("Immediate Danger"), self.danger or not met),
                (self.env._("What Danger"), self.danger != "yes" or self.danger_note),
                (self.env._("Why Entered Late"), days <= limit or self.late_reason),
            )
            if not value
        ]
        if missing:
            raise UserError(
                self.env._(
                    "The visit cannot be filed yet. Fill in: %(fields)s.",
                    fields=self.env._("%(one)s; %(other)s", one="", other="").join(missing),
                )
            )

    @api.model
    def _evidence_filed(self):
        """Filed visits count; by telephone or video only where the profile says so (B-3.3d)."""
        profiles = self.env["lbc.profile"].sudo().search([("county_id", "!=", False)])
        domain = Domain("state", "=", "submitted")
        for channel in ("phone", "video"):
            counties = profiles.filtered(f"visit_{channel}_counts").county_id
            domain &= Domain("channel", "!=", channel) | Domain("county_id", "in", counties.ids)
        return domain

    def action_withdraw(self):
        """Take a filed visit back: the duty is open again; the record stays."""
        self._require_role("village", "township", "civil_affairs", "school", "provider")
        self.check_access("write")
        self._require_state("state", "submitted", "not_met")
        for visit in self:
            own = visit.visitor_id == self.env.user or visit.create_uid == self.env.user
            if not own:
                self._require_role("township", "civil_affairs")
            visit.sudo().state = "withdrawn"
        self._withdraw_evidence()
        return True

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
