"""The ladder of a kind of duty: who is told how many days before or after the day on which it is due."""

from odoo import api, fields, models

# role: how high it stands; who stands higher is told later, and of fewer.
RANKS = {"township": 1, "township_leader": 2, "civil_affairs": 3, "leading_office": 4}
WHOM = [
    ("visitor", "Who is responsible"),
    ("township", "Township supervisor"),
    ("township_leader", "Township leader"),
    ("civil_affairs", "Civil affairs"),
    ("leading_office", "Office of the leading group"),
]
# Unless the administrator says otherwise: reminders before, then one step higher at a time (§C.4).
DEFAULT_LADDER = (
    (-7, "visitor"),
    (-3, "visitor"),
    (-1, "visitor"),
    (1, "visitor"),
    (1, "township"),
    (7, "township_leader"),
    (15, "civil_affairs"),
    (30, "leading_office"),
)


class DutyStep(models.Model):
    _name = "lbc.duty.step"
    _description = "Step of the Ladder"
    _inherit = ["lbc.access.mixin"]
    _lbc_export_free = True  # says nothing of a child
    _default_write_group = "left_behind_children.group_forms"
    _journal_changes = True
    _journal_plain_text = True
    _order = "kind_id, days, id"

    kind_id = fields.Many2one("lbc.duty.kind", required=True, index=True, ondelete="cascade")
    days = fields.Integer(
        required=True, help="Days after the duty is due; negative: before. Counted once, at night."
    )
    whom = fields.Selection(WHOM, required=True, default="visitor")

    _step_unique = models.Constraint(
        "UNIQUE(kind_id, days, whom)", "The ladder already has this step."
    )
    _days_range = models.Constraint(
        "CHECK(days BETWEEN -90 AND 366)",
        "A step lies between 90 days before and 366 days after the due day.",
    )
    _late_first = models.Constraint(
        "CHECK(days > 0 OR whom = 'visitor')",
        "Others are told only when a duty is late: at least one day after it was due.",
    )

    def _compute_display_name(self):
        labels = dict(self._fields["whom"]._description_selection(self.env))
        for step in self:
            step.display_name = f"{step.days:+d} {labels.get(step.whom, '')}"


class DutyKind(models.Model):
    _inherit = "lbc.duty.kind"

    step_ids = fields.One2many(
        "lbc.duty.step",
        "kind_id",
        "Ladder",
        copy=True,
        default=lambda self: [
            fields.Command.create({"days": days, "whom": whom}) for days, whom in DEFAULT_LADDER
        ],
    )

    reminder_parameter = fields.Selection(
        selection="_selection_reminder_parameter",
        string="Reminders from the Profile",
        help="Days before it is due on which the responsible are reminded, as the district's profile "
        "says, in place of the days of the ladder.",
    )

    @api.model
    def _selection_reminder_parameter(self):
        """Return the lists of days among the parameters of a profile that may be reminders; rooms extend it."""
        return [self._reminder_option("due_reminder_days")]

    @api.model
    def _reminder_option(self, name):
        return (name, self.env["lbc.profile"]._fields[name]._description_string(self.env))

    @api.model
    def _reminders(self):
        """Return [(kind id, county id, days (negative: before it is due))] of what profiles say."""
        kinds = self.sudo().search([("reminder_parameter", "!=", False)])
        profiles = self.env["lbc.profile"].sudo().search([("county_id", "!=", False)])
        return [
            (kind.id, profile.county_id.id, -days)
            for kind in kinds
            for profile in profiles
            for days in profile._numbers(kind.reminder_parameter)
        ]

    def _ids_with(self, organization_kinds):
        """Return the ids of the kinds that organisations of these kinds lead or help with (L-1g)."""
        kinds = self.sudo().with_context(active_test=False).search(fields.Domain.TRUE)
        helpers = "helper_ids.organization_kind_id"
        return kinds.filtered(
            lambda kind: (kind.lead_kind_id | kind.mapped(helpers)) & organization_kinds
        ).ids
