"""“My work”: what is open and whose it is, the late ones first (B-3.1d, B-5.1a).

A read-only view of the open duties, with the same ids. Overdue and due within a week follow from dates and are not
stored; here they are a column to group by.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..access import data_groups

COLUMNS = (
    *("id", "kind_id", "child_id", "household_id", "place_id", "organization_id", "user_id"),
    *("area_id", "township_id", "county_id", "slot_start", "due_date", "subject_count"),
    *("attempt_count", "last_attempt_on", "escalation_level"),
    *("acknowledged_by_id", "acknowledged_on", "acknowledged_until"),
)
SHOWN = ("display_name", "children_label", "children_names", "address", "reason")
ONLY_READ = {"readonly": True}


class Work(models.Model):
    _name = "lbc.work"
    _description = "Work Due"
    _inherit = ["lbc.access.mixin"]
    _auto = False
    _order = "due_date, id"
    _depends = {"lbc.duty": [*COLUMNS[1:], "state"]}

    kind_id = fields.Many2one("lbc.duty.kind", "Duty", **ONLY_READ)
    child_id = fields.Many2one("lbc.child", **ONLY_READ)
    household_id = fields.Many2one("lbc.household", **ONLY_READ)
    place_id = fields.Many2one("lbc.area", **ONLY_READ)
    organization_id = fields.Many2one("lbc.organization", "Organisation", **ONLY_READ)
    user_id = fields.Many2one("res.users", "Responsible", **ONLY_READ)
    lead_kind_id = fields.Many2one(related="kind_id.lead_kind_id", string="Lead Unit")
    area_id = fields.Many2one("lbc.area", "Village", **ONLY_READ)
    township_id = fields.Many2one("lbc.area", **ONLY_READ)
    county_id = fields.Many2one("lbc.area", **ONLY_READ)
    slot_start = fields.Date("Period from", **ONLY_READ)
    due_date = fields.Date("Due", **ONLY_READ)
    subject_count = fields.Integer("Number of Children", **ONLY_READ)
    attempt_count = fields.Integer("Failed Attempts", aggregator=None, **ONLY_READ)
    last_attempt_on = fields.Date("Last Attempt", **ONLY_READ)
    escalation_level = fields.Integer("Told up to Level", aggregator=None, **ONLY_READ)
    acknowledged_by_id = fields.Many2one("res.users", **ONLY_READ)
    acknowledged_on = fields.Date(**ONLY_READ)
    acknowledged_until = fields.Date("Comes Back after", **ONLY_READ)
    days_late = fields.Integer(aggregator="max", **ONLY_READ)
    urgency = fields.Selection(
        # Groups come in the order of their keys: the late ones first.
        [("1_overdue", "Overdue"), ("2_week", "This Week"), ("3_later", "Later")],
        **ONLY_READ,
    )
    children_label = fields.Char("Who", compute="_compute_shown")
    children_names = fields.Char(
        "Children's Names", compute="_compute_shown", groups=data_groups.IDENTITY
    )
    address = fields.Char(compute="_compute_shown", groups=data_groups.ADDRESS)
    reason = fields.Char("Why", compute="_compute_shown")
    is_mine = fields.Boolean("Mine", compute="_compute_is_mine", search="_search_is_mine")
    is_helping = fields.Boolean(
        "Co-operating",
        compute="_compute_is_mine",
        search="_search_is_helping",
        help="The own organisation helps with it; somebody else is responsible.",
    )
    can_fulfil = fields.Boolean("May Be Done Here", compute="_compute_can_fulfil")
    can_acknowledge = fields.Boolean("May Be Acknowledged", compute="_compute_can_acknowledge")

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        return SQL(
            """
            SELECT %(columns)s, greatest(%(today)s - d.due_date, 0) AS days_late,
                   CASE WHEN d.due_date < %(today)s THEN '1_overdue'
                        WHEN d.due_date <= %(today)s + 7 THEN '2_week'
                        ELSE '3_later' END AS urgency
              FROM lbc_duty d
             WHERE d.state = 'open'
            """,
            columns=SQL(", ").join(SQL.identifier("d", name) for name in COLUMNS),
            today=SQL("%s::date", today),
        )

    def _duties(self):
        """Return the duties (`lbc.duty`) behind the rows."""
        return self.env["lbc.duty"].browse(self.ids)

    @api.depends("kind_id", "household_id", "child_id")
    @api.depends_context("lang", "uid")
    def _compute_shown(self):
        for work, duty in zip(self, self._duties(), strict=True):
            for name in SHOWN[1:]:
                field = duty._fields[name]
                work[name] = duty[name] if duty._has_field_access(field, "read") else False

    @api.depends("kind_id", "household_id", "child_id")
    @api.depends_context("lang", "uid")
    def _compute_display_name(self):
        for work, duty in zip(self, self._duties(), strict=True):
            # Masked names say more than the number of a family; not everybody reaches the children.
            words = (duty.kind_id.name, work.children_label)
            work.display_name = " ".join(words) if all(words) else duty.display_name

    @api.depends_context("uid")
    def _compute_is_mine(self):
        among = Domain("id", "in", self.ids)
        own = self.search(among & Domain("is_mine", "=", True))
        helped = self.search(among & Domain("is_helping", "=", True))
        for work in self:
            work.is_mine = work in own
            work.is_helping = work in helped

    @api.model
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self.env.user._lbc_work_domain()
        return mine if True in value else ~mine

    @api.model
    def _search_is_helping(self, operator, value):
        if operator != "in":
            return NotImplemented
        helped = self.env.user._lbc_helped_domain()
        return helped if True in value else ~helped

    @api.depends("kind_id")
    @api.depends_context("uid")
    def _compute_can_fulfil(self):
        may = self.kind_id._may_prove()
        for work in self:
            work.can_fulfil = work.kind_id in may

    @api.depends("due_date", "acknowledged_until", "escalation_level")
    @api.depends_context("uid")
    def _compute_can_acknowledge(self):
        """Offer the button to whom the step is open (`lbc.duty._check_acknowledge`)."""
        today = fields.Date.context_today(self)
        rank = self.env.user._lbc_rank()
        for work in self:
            waits = work.acknowledged_until and work.acknowledged_until >= today
            told = work.escalation_level or work.due_date < today
            open_to = rank and work.escalation_level <= rank
            work.can_acknowledge = bool(open_to and told and not waits)

    @api.model
    def _not_waiting(self):
        """Return the domain of what nobody has acknowledged, or not long enough."""
        today = fields.Date.context_today(self)
        return Domain("acknowledged_until", "=", False) | Domain("acknowledged_until", "<", today)

    def action_fulfil(self):
        """Open the page on which the evidence of this duty is entered."""
        self.ensure_one()
        self.check_access("read")
        return self._duties().action_fulfil()

    def action_open_subject(self):
        """Open whom the duty concerns."""
        self.ensure_one()
        self.check_access("read")
        return self._duties().action_open_subject()

    def action_acknowledge(self):
        """Say that one knows of these late duties; see `lbc.duty`."""
        self.check_access("read")
        return self._duties().action_acknowledge()
