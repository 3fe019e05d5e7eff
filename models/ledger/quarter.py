"""A quarter of the ledger, 季度台账 (B-5.2c/d, L-2h/i): opened once per county, cut off on a day.

The report is a snapshot as of the cut-off, inside the running quarter; later events belong to the
next report (domain.md §C.6 cases 1, 2 and 16).
"""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...lib.periods import Quarter as Period

MOVEMENTS = (
    "opening_count",
    "joined_count",
    "left_count",
    "moved_in_count",
    "moved_out_count",
)


class Quarter(models.Model):
    _name = "lbc.quarter"
    _description = "Quarter of the Ledger"
    _inherit = ["lbc.access.mixin"]
    _order = "year desc, number desc"
    _lbc_export_free = True  # counts, no child

    name = fields.Char("Year and Quarter", compute="_compute_name", store=True, precompute=True)
    county_id = fields.Many2one(
        "lbc.area",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    year = fields.Integer(required=True, readonly=True, aggregator=None)
    number = fields.Integer("Quarter", required=True, readonly=True, aggregator=None)
    cutoff = fields.Date(
        "As of",
        required=True,
        help="The report shows the ledger on this day; submitted by its end, it is on time.",
    )
    submission_ids = fields.One2many("lbc.submission", "quarter_id", "Submissions")
    expected_count = fields.Integer("Expected", compute="_compute_counts")
    submitted_count = fields.Integer("Submitted", compute="_compute_counts")
    received_count = fields.Integer("Received", compute="_compute_counts")
    on_time_count = fields.Integer("On Time", compute="_compute_counts")
    reporting_rate = fields.Float("Submitted (%)", compute="_compute_counts", digits=(5, 1))
    on_time_rate = fields.Float("On Time (%)", compute="_compute_counts", digits=(5, 1))
    opening_count = fields.Integer("Opening", compute="_compute_counts")
    joined_count = fields.Integer("Joined", compute="_compute_counts")
    left_count = fields.Integer("Left", compute="_compute_counts")
    moved_in_count = fields.Integer("Moved In", compute="_compute_counts")
    moved_out_count = fields.Integer("Moved Out", compute="_compute_counts")
    missing_count = fields.Integer("Not Yet Submitted", compute="_compute_counts")
    child_count = fields.Integer("Number of Children", compute="_compute_counts")
    days_left = fields.Integer(compute="_compute_days_left")
    due_text = fields.Char("Time Left", compute="_compute_due_text")

    _quarter_unique = models.Constraint(
        "UNIQUE(county_id, year, number)", "This quarter is already open for the county."
    )
    _number = models.Constraint(
        "CHECK(number BETWEEN 1 AND 4 AND year BETWEEN 2000 AND 2200)",
        "Give a year with four digits and a quarter from 1 to 4.",
    )

    @api.depends("year", "number")
    def _compute_name(self):
        for quarter in self:
            quarter.name = Period(quarter.year, quarter.number).label if quarter.number else False

    @api.depends("year", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for quarter in self:
            quarter.display_name = self.env._(
                "%(year)sQ%(number)s", year=quarter.year, number=quarter.number
            )

    @api.depends(
        "submission_ids.first_submitted_at",
        "submission_ids.state",
        "submission_ids.is_on_time",
        "submission_ids.current_version_id",
        "submission_ids.accepted_version_id",
    )
    def _compute_counts(self):
        for quarter in self:
            units = quarter.submission_ids
            done = units.filtered("first_submitted_at")
            quarter.expected_count = len(units)
            quarter.submitted_count = len(done)
            quarter.received_count = len(units.filtered(lambda one: one.state == "received"))
            quarter.missing_count = len(units - done)
            quarter.on_time_count = len(done.filtered("is_on_time"))
            quarter.reporting_rate = 100 * len(done) / len(units) if units else 0
            quarter.on_time_rate = 100 * quarter.on_time_count / len(units) if units else 0
            counted = done.sudo()._counted_versions()  # numbers of what the user may see anyway
            for name in MOVEMENTS:
                quarter[name] = sum(counted.mapped(name))
            quarter.child_count = sum(counted.mapped("closing_count"))

    @api.depends("cutoff")
    def _compute_days_left(self):
        profiles = self.env["lbc.profile"]
        for quarter in self:
            today = profiles._for_county(quarter.county_id)._today()
            quarter.days_left = (quarter.cutoff - today).days if quarter.cutoff else 0

    @api.depends("days_left")
    @api.depends_context("lang")
    def _compute_due_text(self):
        for quarter in self:
            days = quarter.days_left
            if days < 0:
                quarter.due_text = self.env._("Overdue by %(days)s days", days=-days)
            elif days:
                quarter.due_text = self.env._("%(days)s days left", days=days)
            else:
                quarter.due_text = self.env._("Due today")

    def write(self, vals):
        if "cutoff" not in vals:
            return super().write(vals)
        self._check_day_can_move(vals["cutoff"])
        before = {quarter.id: str(quarter.cutoff) for quarter in self}
        result = super().write(vals)
        changes = {one.id: {"cutoff": [before[one.id], str(one.cutoff)]} for one in self}
        self.env["lbc.journal"]._note("write", self._name, self.ids, changes=changes)
        return result

    def _check_day_can_move(self, day):
        """Refuse to move the day of a report that somebody has already made, or to a day that has passed."""
        for quarter in self:
            today = self.env["lbc.profile"]._for_county(quarter.county_id)._today()
            if day and fields.Date.to_date(day) < today:
                raise UserError(
                    self.env._("%(day)s has passed. Choose today or a later day.", day=day)
                )
            if quarter.submission_ids.filtered("first_submitted_at"):
                raise UserError(
                    self.env._(
                        "%(quarter)s: townships have already reported as of %(day)s. The day stays.",
                        quarter=quarter.display_name,
                        day=quarter.cutoff,
                    )
                )

    @api.constrains("cutoff")
    def _check_cutoff(self):
        for quarter in self:
            day = quarter.cutoff
            if not day or Period.of(day) != (quarter.year, quarter.number):
                raise ValidationError(
                    self.env._(
                        "%(day)s does not lie in %(quarter)s. Choose a day of the quarter.",
                        day=quarter.cutoff or self.env._("An empty day"),
                        quarter=quarter.display_name,
                    )
                )

    def action_view_submissions(self):
        """Open the list of townships: who has submitted, who has not."""
        return self._open_submissions(self.env._("Submissions"))

    def action_view_received(self):
        """Open the submissions that were received."""
        return self._open_submissions(self.env._("Received"), domain=[("state", "=", "received")])

    def action_view_submitted(self):
        """Open the townships that have submitted."""
        return self._open_submissions(
            self.env._("Submitted"), domain=[("first_submitted_at", "!=", False)]
        )

    def action_view_on_time(self):
        """Open the townships that submitted by the end of the cut-off day."""
        return self._open_submissions(self.env._("On Time"), domain=[("is_on_time", "=", True)])

    def action_view_missing(self):
        """Open the townships that have not submitted."""
        return self._open_submissions(
            self.env._("Not Yet Submitted"), domain=[("first_submitted_at", "=", False)]
        )

    def _open_submissions(self, name, domain=()):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "lbc.submission",
            "view_mode": "list,form,pivot,graph",
            "domain": [("quarter_id", "=", self.id), *domain],
        }
