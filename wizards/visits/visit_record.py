"""An afternoon's round on one page (L-2d, L-2e): a row per family that is due, late ones first.

Nothing typed is lost: the page is kept for days and opened again where it was left; rows that lack
something become drafts and say what, and never stand in the way of the complete ones.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.visits.visit import CHANNELS, OPEN

KEPT_HOURS = 14 * 24


class VisitRecord(models.TransientModel):
    _name = "lbc.visit.record"
    _description = "Enter a Round of Visits"
    _inherit = ["lbc.wizard.mixin"]
    _lbc_data_groups = ("visits",)
    _transient_max_hours = KEPT_HOURS

    area_id = fields.Many2one("lbc.area", "Village", domain="[('level', '=', 'village')]")
    date = fields.Date("Day of the Round", required=True, default=fields.Date.context_today)
    channel = fields.Selection(CHANNELS, "How", required=True, default="village")
    companions = fields.Char("Accompanied by")
    line_ids = fields.One2many("lbc.visit.record.line", "record_id", "Families")
    due_count = fields.Integer("Families Due", compute="_compute_counts")
    overdue_count = fields.Integer("Overdue", compute="_compute_counts")
    filed_count = fields.Integer("Filed Now", compute="_compute_counts")
    draft_count = fields.Integer("Kept as Drafts", compute="_compute_counts")
    alarm_count = fields.Integer("Dangers Reported", compute="_compute_counts")

    @api.depends("area_id", "date")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.area_id.name or ''} {record.date or ''}".strip()

    @api.depends("line_ids.state", "line_ids.is_overdue", "line_ids.problem")
    def _compute_counts(self):
        for record in self:
            lines = record.line_ids
            record.due_count = len(lines.filtered("due_date"))
            record.overdue_count = len(lines.filtered("is_overdue"))
            record.filed_count = len(
                lines.filtered(lambda line: line.state in ("filed", "not_met"))
            )
            # A draft that was begun elsewhere waits here; only what this page tried to file says so.
            record.draft_count = len(
                lines.filtered(lambda line: line.state == "draft" and line.problem)
            )
            record.alarm_count = len(lines.filtered(lambda line: line.visit_id.danger_state))

    # -- opening

    @api.model
    def action_open_round(self):
        """Open the round that the user has begun, or a new one, with the families due today.

        :raises UserError: the department does not enter visits
        """
        if not (self.has_access("create") and self.env["lbc.visit"].has_access("create")):
            raise UserError(self.env._("Your department does not enter visits."))
        record = self.search([("create_uid", "=", self.env.uid)], order="id desc", limit=1)
        if not record or record._is_finished():
            area = self.env.user._lbc_default_village() or self._first_village()
            channel = self.env["lbc.visit"]._default_channel()
            record = self.create({"area_id": area.id, "channel": channel})
        record._refresh_lines()
        return record._open()

    def action_refresh(self):
        """Bring the list up to date: who has become due, who was visited meanwhile; typed rows stay."""
        self.ensure_one()
        self.check_access("write")
        self._refresh_lines()
        return True

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enter a Round"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _is_finished(self):
        """Return whether everything typed here was filed, so that the next round begins anew (bool)."""
        lines = self.line_ids
        started = lines.filtered(lambda line: line.visit_id or line._is_touched())
        return not any(line.state in ("todo", "draft") for line in started) or not lines

    @api.model
    def _first_village(self):
        """Return the village of the user's most urgent visit; empty when nothing is due for him."""
        if not self.env["lbc.duty"].has_access("read"):
            return self.env["lbc.area"]
        return self.env["lbc.duty"].search(self._due_domain(), limit=1).area_id

    # -- rows

    def _refresh_lines(self):
        """Add who is due, drop untouched rows of who is not any more, take in the user's drafts."""
        idle = self.line_ids.filtered(lambda line: line._is_idle())
        idle.unlink()
        self.env["lbc.visit.record.line"].sudo().create(
            [{"record_id": self.id, **values} for values in self._line_values()]
        )

    def _line_values(self):
        """Return the values (list of dict) of the rows to be added, late families first."""
        there = self.line_ids.filtered(lambda line: not line._is_idle()).household_id
        due = self._due_households()
        drafts = self._own_drafts()
        homes = self.env["lbc.household"].browse([*due, *(set(drafts) - set(due))])
        homes = homes.filtered(lambda home: home not in there)
        last = self.env["lbc.visit"]._last_visits(homes, self.date)
        rows = []
        for place, home in enumerate(homes):
            row = {"household_id": home.id, "sequence": place, **due.get(home.id, {})}
            source = drafts.get(home.id) or last.get(home.id)
            if source:
                row |= self.env["lbc.visit.record.line"]._values_from(source)
            rows.append(row)
        return rows

    @api.model
    def _due_domain(self):
        """Return the domain of the visits that are due now; colleagues of a village share them."""
        today = fields.Date.context_today(self)
        return [
            ("kind_id.evidence_model", "=", "lbc.visit"),
            ("state", "=", "open"),
            ("window_start", "<=", today),
            "|",
            ("household_id", "!=", False),
            ("child_id", "!=", False),
        ]

    def _due_households(self):
        """Return {household id: values of its row}, the first due day first."""
        Duty, due = self.env["lbc.duty"], {}
        if not self.area_id or not Duty.has_access("read"):
            return due
        duties = Duty.search([*self._due_domain(), ("area_id", "=", self.area_id.id)])
        for duty in duties:
            home = (duty.household_id or duty.child_id.household_id).id
            row = due.setdefault(home, {"due_date": duty.due_date, "due_count": 0})
            row["due_count"] += 1
        return due

    def _own_drafts(self):
        """Return {household id: the user's own unfiled visit} of the village."""
        domain = [
            ("visitor_id", "=", self.env.uid),
            ("state", "in", OPEN),
            ("area_id", "=", self.area_id.id),
        ]
        return {visit.household_id.id: visit for visit in self.env["lbc.visit"].search(domain)}

    # -- filing

    def action_file(self):
        """File every complete row; keep the others as drafts that say what they lack."""
        self.ensure_one()
        self.check_access("write")
        self.env["lbc.visit"].check_access("create")
        lines = self.line_ids.filtered(lambda line: line._is_to_be_filed())
        lines._keep()
        lines._file()
        return True
