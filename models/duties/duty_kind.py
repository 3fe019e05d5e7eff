"""Kinds of duty: what policy demands of whom, how often, and what proves it (B-3.1d, L-1g).

Kinds are data that an administrator keeps. A room adds the models that can be evidence with
`_selection_evidence_model` (they inherit `lbc.duty.evidence`), and the dates that can be an event
with `_selection_event_date`. What a kind says is checked in `duty_kind_check`.
"""

import re

from odoo import api, fields, models

SUBJECTS = {  # type: model of the subject
    "child": "lbc.child",
    "household": "lbc.household",
    "village": "lbc.area",
    "township": "lbc.area",
    "organization": "lbc.organization",
}


class DutyKind(models.Model):
    _name = "lbc.duty.kind"
    _description = "Kind of Duty"
    _inherit = ["lbc.access.mixin", "lbc.journal.changes"]
    _journal_changes = True
    _journal_plain_text = True
    _lbc_export_free = True  # says nothing of a child
    _default_write_group = "left_behind_children.group_forms"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        copy=False,
        default=lambda self: self._free_code("duty"),
        help="Short name for data exchange; made by itself.",
    )
    clause = fields.Char(help="Rows of the policy documents, such as L-2d.")
    description = fields.Text(translate=True, help="What has to be done, in a few sentences.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    # Whom it concerns
    subject_type = fields.Selection(
        [
            ("child", "Child"),
            ("household", "Household"),
            ("village", "Village"),
            ("township", "Township"),
            ("organization", "Organisation"),
        ],
        "Concerns",
        required=True,
        default="child",
    )
    subject_model = fields.Char(compute="_compute_subject_model")
    subject_domain = fields.Char(
        "Only Those Who", help="Empty: all on the ledger, or all places and organisations."
    )
    profile_ids = fields.Many2many(
        "lbc.profile",
        string="Valid in",
        help="Profiles of districts, or presets: then every district whose profile is based on "
        "one of them. Empty: everywhere.",
    )

    # When
    period = fields.Selection(
        [
            ("month", "Month"),
            ("quarter", "Quarter"),
            ("half_year", "Half-year"),
            ("year", "Year"),
            ("school_year", "School year"),
            ("event", "Event"),
        ],
        required=True,
        default="quarter",
    )
    interval = fields.Integer(
        "Every", default=1, required=True, help="2: in every second period, and so on."
    )
    event_date = fields.Selection(
        selection="_selection_event_date", string="Day of the Event", help="What sets it off."
    )
    date_from = fields.Date(
        "In Force from",
        default=fields.Date.context_today,
        required=True,
        help="The first period is that in which this day lies, or the present one where it is over "
        "when the duty is introduced.",
    )
    due_rule = fields.Selection(
        [
            ("period_end", "On the last day of the period"),
            ("month_day", "On a day of the period's last month"),
            ("after_start", "Some days after the period or event begins"),
        ],
        "Due",
        required=True,
        default="period_end",
    )
    due_value = fields.Integer(
        "Day or Number of Days", help="Day of the month (0: its last), or number of days."
    )
    due_parameter = fields.Selection(
        selection="_selection_due_parameter",
        string="Taken from the Profile",
        help="A parameter of the district's profile, in place of the number.",
    )
    early_days = fields.Integer(
        "Days Counted before", help="Evidence counts from so many days before the period begins."
    )
    density = fields.Selection(
        [("same", "Same for all"), ("risk", "By risk and key children")],
        required=True,
        default="same",
        help="By risk: households of children at risk and of key children are due more often.",
    )

    # Who
    lead_kind_id = fields.Many2one("lbc.organization.kind", "Leads", ondelete="restrict")
    helper_ids = fields.One2many("lbc.duty.kind.helper", "kind_id", "Help", copy=True)

    # What proves it
    evidence_model = fields.Selection(
        selection="_selection_evidence_model",
        string="Proved by",
        help="The filed record that resolves the duty.",
    )
    evidence_date = fields.Selection(
        selection="_selection_evidence_date",
        string="Dated by",
        help="The day of the evidence that must lie within the period.",
    )
    evidence_domain = fields.Char("Only If", help="Empty: every filed record counts.")

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a duty with this code.")
    _numbers = models.Constraint(
        "CHECK(interval BETWEEN 1 AND 120 AND early_days BETWEEN 0 AND 366 "
        "AND due_value BETWEEN 0 AND 3660)",
        "“Every” lies between 1 and 120, days counted before between 0 and 366, the number of days "
        "until a duty is due is not negative.",
    )

    @api.depends("subject_type")
    def _compute_subject_model(self):
        for kind in self:
            kind.subject_model = SUBJECTS.get(kind.subject_type)

    @api.onchange("evidence_model")
    def _onchange_evidence_model(self):
        model = self.evidence_model
        first = model and f"{model}:{self.env[model]._evidence_dates[0]}"
        self.update({"evidence_date": first, "evidence_domain": False})

    @api.onchange("subject_type")
    def _onchange_subject_type(self):
        self.update({"subject_domain": False, "event_date": False})

    @api.model
    def _selection_evidence_model(self):
        """Return the models that may prove a duty; rooms extend the list."""
        return []

    @api.model
    def _selection_evidence_date(self):
        """Return the date fields of the models that may prove a duty, as `model:field`."""
        dates = []
        for model, label in self._selection_evidence_model():
            for name in self.env[model]._evidence_dates:
                field_label = self.env[model]._fields[name]._description_string(self.env)
                dates.append((f"{model}:{name}", f"{label}: {field_label}"))
        return dates

    @api.model
    def _selection_event_date(self):
        """Return the dates that may set off a duty, as `subject type:field`; rooms extend it."""
        return [("child:date_entry", self.env._("Child: entered on the ledger"))]

    @api.model
    def _planned_events(self):
        """Return those of the event dates (set of str) that follow from the profile; rooms add theirs."""
        return set()

    @api.model
    def _selection_due_parameter(self):
        """Return the whole numbers among the parameters of a profile."""
        profile = self.env["lbc.profile"]
        return [
            (name, profile._fields[name]._description_string(self.env))
            for name in profile._parameter_names()
            if profile._fields[name].type == "integer"
        ]

    @api.model_create_multi
    def create(self, vals_list):
        taken = set()
        for vals in vals_list:
            if not vals.get("code"):
                vals["code"] = self._free_code(vals.get("name") or "", taken)
            taken.add(vals["code"])
        return super().create(vals_list)

    @api.model
    def _free_code(self, name, taken=()):
        """Return a code (str) made from the name, which no kind and none of `taken` has."""
        stem = re.sub("[^a-z0-9]+", "_", name.lower()).strip("_") or "duty"
        known = self.sudo().with_context(active_test=False).search([("code", "=like", f"{stem}%")])
        used = {*known.mapped("code"), *taken}
        codes = (f"{stem}_{number}" if number else stem for number in range(len(used) + 1))
        return next(code for code in codes if code not in used)

    def _early(self, profile):
        """Return from how many days (int) before evidence counts in the county of a profile; rooms may say more."""
        self.ensure_one()
        return self.early_days

    def _may_prove(self):
        """Return those of these kinds whose evidence the caller may enter."""
        models = {kind.evidence_model for kind in self if kind.evidence_model}
        may = {name for name in models if self.env[name].has_access("create")}
        return self.filtered(lambda kind: kind.evidence_model in may)

    def _evidence_date_field(self):
        """Return the name of the evidence's date field (str)."""
        self.ensure_one()
        model, _colon, name = (self.evidence_date or "").partition(":")
        own = model == self.evidence_model and name
        return own or self.env[self.evidence_model]._evidence_dates[0]
