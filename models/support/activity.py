"""What was done for children and parents: when, where, by whom, for whom (G16; B-3.3c, B-3.6, B-4.3, B-5.3, L-4, L-5,
L-10, L-11).

A filed activity is evidence of the softer duties. It keeps the place where it happened; whom it was for is read only
by those who reach these children.
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..territory.res_users import KEY_OF_SCOPE

ACTIVITY = "left_behind_children.group_activity_read"
FILES = "left_behind_children.group_registry_read"
VENUES = [
    ("school", "School or Kindergarten"),
    ("village_office", "Village Committee"),
    ("children_home", "Children's Home"),
    ("womens_home", "Women's Home"),
    ("service_centre", "Community Service Centre"),
    ("family", "Home of the Family"),
    ("institution", "Hospital or Institution"),
    ("outdoors", "Outdoors"),
    ("online", "Online"),
    ("other", "Elsewhere"),
]


class Activity(models.Model):
    _name = "lbc.activity"
    _description = "Activity or Service"
    _inherit = ["lbc.access.mixin", "lbc.duty.evidence"]
    _order = "date desc, id desc"
    _evidence_dates = ("date", "date_to", "filed_on")
    _evidence_subjects = {
        "child": "child_ids",
        "household": "child_ids.household_id",
        "village": "area_id",
        "township": "township_id",
        "organization": "organization_id",
    }
    _thread_group = ACTIVITY
    _lbc_data_groups = ("activity",)
    _journal_changes = True

    name = fields.Char("Subject", help="No names of children: it stands in lists and reports.")
    kind_id = fields.Many2one("lbc.activity.kind", required=True, index=True, ondelete="restrict")
    kind_code = fields.Char("Code of the Kind", related="kind_id.code", store=True)
    kind_group = fields.Selection(related="kind_id.group", store=True)
    available_kind_ids = fields.Many2many(
        "lbc.activity.kind", string="Kinds in Use", compute="_compute_available_kind_ids"
    )
    papers_asked = fields.Char("Papers Asked for", related="kind_id.papers_asked")
    date = fields.Date("Day", required=True, default=fields.Date.context_today)
    date_to = fields.Date("Last Day of the Activity", help="Of what took several days.")
    minutes = fields.Integer(help="Of all days together.")
    organization_id = fields.Many2one(
        "lbc.organization",
        "Organised by",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user._lbc_acting_posting().organization_id,
    )
    partner_ids = fields.Many2many(
        "lbc.organization",
        "lbc_activity_partner_rel",
        "activity_id",
        "organization_id",
        string="Together with",
    )
    with_whom = fields.Char("Others", help="Volunteers, experts; no names of children.")
    place_id = fields.Many2one(
        "lbc.area",
        "Where",
        required=True,
        ondelete="restrict",
        domain="[('level', 'in', ('village', 'township', 'county'))]",
        default=lambda self: self._default_place(),
    )
    venue_kind = fields.Selection(VENUES, "Kind of Place")
    venue = fields.Char("Name of the Place")
    area_id = fields.Many2one(
        "lbc.area", "Village", compute="_compute_keys", store=True, precompute=True
    )
    township_id = fields.Many2one(
        "lbc.area", compute="_compute_keys", store=True, precompute=True, ondelete="restrict"
    )
    county_id = fields.Many2one(
        "lbc.area", compute="_compute_keys", store=True, precompute=True, ondelete="restrict"
    )
    # Whoever meets no files counts; whom it was for is no business of his.
    child_ids = fields.Many2many("lbc.child", string="Children", groups=FILES)
    guardian_ids = fields.Many2many("lbc.guardian", string="Parents and Carers", groups=FILES)
    child_count = fields.Integer(
        "Number of Children",
        compute="_compute_child_count",
        store=True,
        readonly=False,
        precompute=True,
        help="Also of those who are not named.",
    )
    guardian_count = fields.Integer(
        "Number of Parents and Carers",
        compute="_compute_guardian_count",
        store=True,
        readonly=False,
        precompute=True,
        help="Also of those who are not named.",
    )
    public_count = fields.Integer("Number of Others")
    pick_area_id = fields.Many2one(
        "lbc.area",
        "Add Children of a Village",
        store=False,
        domain="[('level', '=', 'village'), ('valid_to', '=', False)]",
    )
    pick_school_id = fields.Many2one("lbc.organization", "Add Children of a School", store=False)
    questions = fields.Properties("Answers", definition="kind_id.question_definition")
    result = fields.Text("What Came of It")
    paper_ids = fields.Many2many("ir.attachment", string="Papers", bypass_search_access=True)
    state = fields.Selection(
        [("draft", "Draft"), ("filed", "Filed"), ("withdrawn", "Withdrawn")],
        default="draft",
        required=True,
        readonly=True,
        index=True,
    )
    filed_on = fields.Date(readonly=True, copy=False)
    withdraw_reason = fields.Char("Why Withdrawn", readonly=True, copy=False)

    _area_order = models.Index("(area_id, date DESC, id DESC)")
    _township_order = models.Index("(township_id, date DESC, id DESC)")
    _county_order = models.Index("(county_id, date DESC, id DESC)")
    _period = models.Constraint(
        "CHECK(date_to >= date)", "An activity cannot end before it begins. Correct the days."
    )
    _counts = models.Constraint(
        "CHECK(minutes >= 0 AND child_count >= 0 AND guardian_count >= 0 AND public_count >= 0)",
        "Numbers of people and minutes are not negative.",
    )

    def _lbc_papers_open(self):
        return super()._lbc_papers_open() and self.state == "draft"

    @api.model
    def _data_group_map(self):
        """For whom it was is of the data group: whoever reads that leaves a row in the journal."""
        named = frozenset(("activity",))
        return {**super()._data_group_map(), "child_ids": named, "guardian_ids": named}

    @api.model
    def _default_place(self):
        """The village of who has one; else the division of the post or its organisation."""
        posting = self.env.user._lbc_acting_posting()
        own = posting.area_ids if len(posting.area_ids) == 1 else posting.area_ids.browse()
        return own or posting.organization_id.area_id

    @api.depends("kind_id", "date", "place_id")
    def _compute_display_name(self):
        for activity in self:
            words = (activity.kind_id.name, activity.place_id.display_name, activity.date)
            activity.display_name = " ".join(str(word) for word in words if word)

    @api.depends("place_id.township_id", "place_id.county_id", "place_id.level")
    def _compute_keys(self):
        for activity in self:
            place = activity.place_id.sudo()  # divisions are public
            activity.area_id = place if place.level == "village" else False
            activity.township_id = place.township_id
            activity.county_id = place.county_id

    @api.depends("place_id", "organization_id")
    def _compute_available_kind_ids(self):
        kinds = self.env["lbc.activity.kind"]
        for county, activities in self.grouped(lambda one: one.place_id.county_id).items():
            activities.available_kind_ids = kinds.search(kinds._active_in(county))

    @api.depends("child_ids")
    def _compute_child_count(self):
        for activity in self:
            # Who edits may not reach every child that is named.
            activity.child_count = max(len(activity.sudo().child_ids), activity.child_count)

    @api.depends("guardian_ids")
    def _compute_guardian_count(self):
        for activity in self:
            count = len(activity.sudo().guardian_ids)
            activity.guardian_count = max(count, activity.guardian_count)

    @api.onchange("kind_id")
    def _onchange_kind_id(self):
        """Hand the questions to the page at once; Odoo does so only where a value differs."""
        asked = self._fields["questions"].convert_to_read(self.questions, self)
        self.questions = [{**one, "value": one.get("value") or False} for one in asked]

    @api.onchange("pick_area_id")
    def _onchange_pick_area_id(self):
        if self.pick_area_id and self._has_field_access(self._fields["child_ids"], "write"):
            self._pick(Domain("area_id", "=", self.pick_area_id.id))
            self.pick_area_id = False

    @api.onchange("pick_school_id")
    def _onchange_pick_school_id(self):
        if self.pick_school_id and self._has_field_access(self._fields["child_ids"], "write"):
            self._pick(Domain("school_id", "=", self.pick_school_id.id))
            self.pick_school_id = False

    def _pick(self, domain):
        """Add the children on the ledger of a group, as far as the caller reaches them."""
        children = self.env["lbc.child"]
        known = len(self.child_ids)
        self.child_ids |= children.search(domain & Domain(children._on_ledger_domain()))
        if self.child_count == known:  # nobody is counted beside those who are named
            self.child_count = len(self.child_ids)

    @api.constrains("place_id", "organization_id")
    def _check_place(self):
        for activity in self:
            place, body = activity.place_id, activity.organization_id.sudo()
            if place.level not in ("village", "township", "county"):
                raise ValidationError(
                    self.env._("Choose a village, a township or the county as the place.")
                )
            if body.county_id and body.county_id != place.county_id:
                raise ValidationError(
                    self.env._(
                        "%(organization)s works in another county than %(place)s. Choose a place "
                        "in its county.",
                        organization=body.name,
                        place=place.name,
                    )
                )

    def _check_organizer(self):
        """Refuse organisers from outside the area of who enters it, but for his own organisation.

        No constraint: these run as superuser, and it is the caller's area that counts.
        """
        scope, _area_ids, own_id = self.env.user._lbc_scope()
        if self.env.su or scope not in KEY_OF_SCOPE:
            return  # others keep the activities of their organisation only, by the rule
        for activity in self:
            body = activity.organization_id.sudo()
            if body.id != own_id and not self.env.user._lbc_covers(body.area_id):
                raise ValidationError(
                    self.env._(
                        "%(organization)s does not work in your area. Choose your own organisation, "
                        "and name the other one under “Together with”.",
                        organization=body.name,
                    )
                )

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
