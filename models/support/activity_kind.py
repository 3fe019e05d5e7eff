"""Kinds of activities and services: what is done for children and parents (B-3.3c, B-3.3h, B-3.6, B-4.3, B-5.3; L-4,
L-5, L-10, L-11).

Kinds are data: an administrator adds one, with questions of its own, and no code.
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...lib import questions

GROUPS = [
    ("publicity", "Publicity of Policy and Law"),
    ("guidance", "Guidance of Parents and Carers"),
    ("theme", "Theme Activity"),
    ("contact", "Contact and Meeting with Parents"),
    ("care", "Day Care and Help with Homework"),
    ("psychology", "Psychological Support"),
    ("health", "Public Health Service"),
    ("rehabilitation", "Rehabilitation"),
    ("pairing", "Pairing"),
    ("aid", "Help in Hardship"),
    ("rights", "Legal Aid and Protection of Rights"),
    ("purchased", "Purchased Service"),
    ("settling", "Settling with the Family (Source)"),
    ("returning", "Work near Home (Source)"),
]


class ActivityKind(models.Model):
    _name = "lbc.activity.kind"
    _description = "Kind of Activity"
    _inherit = ["lbc.access.mixin"]
    _lbc_export_free = True  # says nothing of a child
    _default_write_group = "left_behind_children.group_forms"
    _journal_changes = True
    _journal_plain_text = True
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        compute="_compute_code", store=True, readonly=False, precompute=True, copy=False
    )
    clause = fields.Char(help="Rows of the policy documents, such as B-3.6b.")
    group = fields.Selection(GROUPS, required=True, default="theme")
    sequence = fields.Integer(default=100)
    description = fields.Text("What Is Done", translate=True)
    is_programme = fields.Boolean("Named Programme", help="A programme the policy names.")
    season = fields.Char(translate=True, help="When it usually takes place.")
    for_children = fields.Boolean(default=True)
    for_parents = fields.Boolean("For Parents and Carers")
    for_public = fields.Boolean("For the Public")
    organizer_kind_ids = fields.Many2many(
        "lbc.organization.kind",
        string="Usually Organised by",
        help="Empty: by any organisation.",
    )
    profile_ids = fields.Many2many(
        "lbc.profile",
        string="Only in Districts",
        help="Empty: everywhere. A preset stands for every district whose profile is based on it.",
    )
    papers_asked = fields.Char(
        "Papers", translate=True, help="Such as photographs, a list of attendance."
    )
    papers_required = fields.Boolean(help="Without papers the activity cannot be filed.")
    question_definition = fields.PropertiesDefinition("Questions")
    question_text = fields.Text(
        "Questions, One a Line",
        compute="_compute_question_text",
        inverse="_inverse_question_text",
        help="The answers stand after a bar: “text”, “long text”, “number”, “date”, or the choices with slashes "
        "between them, such as “Vaccinated on time | yes / no”. A question that is reworded is a "
        "new question; answers to the old one are kept but no longer shown.",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE(code)", "There is already a kind of activity with this code."
    )

    @api.depends("name")
    def _compute_code(self):
        """A code nobody has to think of: rules and data refer to it, so that it never changes."""
        for kind in self:
            if not kind.code and kind.name:
                kind.code = f"activity_{questions.key(kind.name)}"

    @api.depends("question_definition")
    def _compute_question_text(self):
        for kind in self:
            kind.question_text = questions.text_of(kind.question_definition)

    def _inverse_question_text(self):
        for kind in self:
            try:
                kind.question_definition = questions.parse(kind.question_text)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "“%(line)s” is no question: write the question, a bar, and at least two "
                        "different answers with slashes between them. Each question stands once.",
                        line=error,
                    )
                ) from None

    @api.constrains("for_children", "for_parents", "for_public")
    def _check_audience(self):
        for kind in self:
            if not (kind.for_children or kind.for_parents or kind.for_public):
                raise ValidationError(
                    self.env._(
                        "%(kind)s: say for whom it is: children, parents or the public.",
                        kind=kind.name,
                    )
                )

    @api.model
    def _active_in(self, county):
        """Return the domain of the kinds that are in use in a county (`lbc.area`)."""
        profiles = self.env["lbc.profile"].sudo()  # parameters of the district, not the user's
        profile = profiles.browse(profiles._id_for_county(county.id) if county else False)
        known = (profile | profile.based_on_id).ids
        return fields.Domain("profile_ids", "=", False) | fields.Domain("profile_ids", "in", known)
