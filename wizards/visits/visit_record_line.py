"""A family in an afternoon's round: a row of “Enter a Round” (L-2e)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ...models.access import data_groups
from ...models.registry.vocabulary import CARE_QUALITY
from ...models.visits.visit_blocks import CARRIED, SCHOOLING
from .visit_record import KEPT_HOURS

# What somebody types on the row, as opposed to what comes filled in.
TYPED = (
    "met_child",
    "met_carer",
    "met_parent",
    "next_visit_date",
    "danger",
    "needs",
    "late_reason",
)
ENTERED = (*TYPED, "family_note", "care_quality", "schooling")
REMARKS = ("danger_note", "not_met_reason", "guardianship_note")  # what “In Words” can be
REFUSALS = (UserError, ValidationError, AccessError)


class VisitRecordLine(models.TransientModel):
    _name = "lbc.visit.record.line"
    _description = "Family in a Round of Visits"
    _inherit = ["lbc.wizard.mixin"]
    _lbc_data_groups = ("visits",)
    _transient_max_hours = KEPT_HOURS
    _order = "sequence, id"

    record_id = fields.Many2one("lbc.visit.record", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=1000)
    household_id = fields.Many2one("lbc.household", required=True, ondelete="cascade")
    children_label = fields.Char("Who", compute="_compute_children")
    children_names = fields.Char(
        "Children's Names", compute="_compute_children", groups=data_groups.IDENTITY
    )
    address = fields.Char(related="household_id.address", groups=data_groups.ADDRESS)
    due_date = fields.Date("Due", readonly=True)
    due_count = fields.Integer("Visits Due", readonly=True)
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue")
    date = fields.Date("Other Day", help="Only where it was not the day of the round.")
    met_child = fields.Boolean("Child", groups=data_groups.VISITS)
    met_carer = fields.Boolean("Carer Met", groups=data_groups.VISITS)
    met_parent = fields.Boolean("Parent", groups=data_groups.VISITS)
    danger = fields.Selection([("no", "No"), ("yes", "Yes")], "Danger?", groups=data_groups.VISITS)
    remark = fields.Char(
        "In Words",
        groups=data_groups.VISITS,
        help="What danger; or why nobody was met; else what you noticed about the guardianship.",
    )
    family_note = fields.Char("Family", groups=data_groups.VISITS)
    care_quality = fields.Selection(CARE_QUALITY, "Guardianship Is", groups=data_groups.VISITS)
    schooling = fields.Selection(SCHOOLING, groups=data_groups.VISITS)
    needs = fields.Char(groups=data_groups.VISITS)
    next_visit_date = fields.Date("Next Time", groups=data_groups.VISITS)
    late_reason = fields.Char("Why Entered Late", groups=data_groups.VISITS)
    visit_id = fields.Many2one("lbc.visit", readonly=True, ondelete="set null")
    is_detailed = fields.Boolean(
        "Goes on in Its Own Form",
        readonly=True,
        help="The row is finished on the form of the visit.",
    )
    problem = fields.Char("Still Missing", readonly=True)
    state = fields.Selection(
        [("todo", "To enter"), ("draft", "Draft"), ("filed", "Filed"), ("not_met", "Nobody met")],
        compute="_compute_state",
    )

    @api.depends("household_id")
    @api.depends_context("lang", "uid")
    def _compute_children(self):
        comma = self.env._("%(one)s, %(other)s", one="", other="")
        on_ledger = self.env["lbc.child"]._on_ledger_domain()
        for line in self:
            children = line.household_id.child_ids.filtered_domain(on_ledger)
            line.children_label = comma.join(children.mapped("display_name"))
            # Computed for all, read only with the right to identities (`groups`).
            line.children_names = comma.join(children.sudo().mapped("name"))

    @api.depends("due_date")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.is_overdue = bool(line.due_date) and line.due_date < today

    @api.depends("visit_id.state")
    def _compute_state(self):
        states = {"draft": "draft", "returned": "draft", "not_met": "not_met"}
        for line in self:
            line.state = states.get(line.visit_id.state, "filed") if line.visit_id else "todo"

    @api.model
    def _values_from(self, visit):
        """Return what a row takes over from an own draft (all of it) or from the last visit (facts)."""
        draft = visit.state in ("draft", "returned")
        names = ENTERED if draft else [name for name in CARRIED if name in self._fields]
        values = {name: visit[name] for name in names}
        if draft:
            detailed = bool(visit.photo_ids or visit.signature or visit.state == "returned")
            values |= {"visit_id": visit.id, "date": visit.date, "is_detailed": detailed}
            values["remark"] = next(filter(None, map(visit.__getitem__, REMARKS)), False)
        return values

    def _is_touched(self):
        """Return whether somebody has typed on the row (bool)."""
        self.ensure_one()
        return any(self[name] for name in (*TYPED, "remark"))

    def _is_idle(self):
        """Return whether the row only shows what is due: nothing was typed, nothing is kept (bool)."""
        self.ensure_one()
        return not self.visit_id and not self._is_touched()

    def _is_to_be_filed(self):
        self.ensure_one()
        return self.state in ("todo", "draft") and not self.is_detailed and not self._is_idle()

    # -- from the row to the visit

    def _visit_values(self):
        """Return the values of this row's visit, ready for `create` or `write`."""
        record = self.record_id
        values = {name: self[name] for name in ENTERED}
        values |= {"date": self.date or record.date, "channel": record.channel}
        values |= {"companions": record.companions, **self._remark_values()}
        if self.visit_id:
            return values
        last = self.env["lbc.visit"]._last_visits(self.household_id, values["date"])
        last = last.get(self.household_id.id)
        carried = last._carried() if last else {}
        return {**carried, **values, "household_id": self.household_id.id}

    def _remark_values(self):
        """Return where the words of the row belong: to the danger, the failed attempt or the guardianship."""
        met = self.met_child or self.met_carer or self.met_parent
        danger, failed = self.danger == "yes", not met
        wanted = {"danger_note": danger, "not_met_reason": failed}
        values = {name: self.remark for name, holds in wanted.items() if holds}
        return values or ({"guardianship_note": self.remark} if self.remark else {})

    def _keep(self):
        """Make or update the drafts of these rows; a row that is refused stays and says why."""
        for line in self:
            try:
                with self.env.cr.savepoint():
                    line._keep_one()
            except REFUSALS as refusal:
                line.sudo().problem = refusal.args[0]

    def _keep_one(self):
        values = self._visit_values()
        if self.visit_id:
            self.visit_id.write(values)
        else:
            # What the row points at is checked with the caller's rights; the link is the step's.
            self.sudo().visit_id = self.env["lbc.visit"].create(values)

    def _file(self):
        """File the complete ones among these rows; the others say what is missing."""
        for line in self.filtered("visit_id"):
            try:
                with self.env.cr.savepoint():
                    line.visit_id.action_submit()
                    line.sudo().problem = False
            except REFUSALS as refusal:
                line.sudo().problem = line._problem(refusal)

    def _problem(self, refusal):
        """Return in a few words what the row lacks; the refusal's own words where it lacks nothing."""
        missing = self.visit_id._missing()
        comma = self.env._("%(one)s, %(other)s", one="", other="")
        return comma.join(missing) if missing else refusal.args[0]

    def action_details(self):
        """Go on with this family on the full form: photographs, hazards, signature."""
        self.ensure_one()
        self.check_access("write")
        self.env["lbc.visit"].check_access("create")
        if self.state in ("todo", "draft") and not self.is_detailed:
            self._keep_one()
            self.sudo().is_detailed = True
        return {
            "type": "ir.actions.act_window",
            "res_model": "lbc.visit",
            "res_id": self.visit_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    @api.model
    def _journal_children_sql(self, ids):
        return SQL(
            "SELECT child.id FROM lbc_visit_record_line line "
            "JOIN lbc_child child USING (household_id) WHERE line.id = ANY(%s)",
            ids,
        )
