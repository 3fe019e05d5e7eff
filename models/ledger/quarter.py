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
            for name in (*MOVEMENTS, "child_count"):
                quarter[name] = sum(done.mapped(name))

    @api.depends("cutoff")
    def _compute_days_left(self):
        today = fields.Date.context_today(self)
        for quarter in self:
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
        if "cutoff" in vals:
            self._check_nothing_submitted()
        return super().write(vals)

    def _check_nothing_submitted(self):
        """Refuse to move the day of a report that somebody has already made."""
        for quarter in self:
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
            if Period.of(quarter.cutoff) != (quarter.year, quarter.number):
                raise ValidationError(
                    self.env._(
                        "%(day)s does not lie in %(quarter)s. Choose a day of the quarter.",
                        day=quarter.cutoff,
                        quarter=quarter.display_name,
                    )
                )

    @api.model
    def _open(self, county, period):
        """Open a quarter of a county, or return it when it is open: opening twice does nothing twice.

        :param county: `lbc.area` of level county
        :param period: `lib.periods.Quarter`
        """
        self._require_role("civil_affairs", "leading_office")
        if not self.env.su and not self.env.user._lbc_covers(county):
            raise UserError(
                self.env._("%(county)s lies outside your area.", county=county.display_name)
            )
        # County, year and number are read-only for every role; role and area were checked above.
        quarter = self.sudo()._find_or_create(county, period)
        quarter._expect_submissions()
        return quarter.with_env(self.env)

    def _find_or_create(self, county, period):
        quarter = self.search(
            [
                ("county_id", "=", county.id),
                ("year", "=", period.year),
                ("number", "=", period.number),
            ]
        )
        if quarter:
            return quarter
        profile = self.env["lbc.profile"]._for_county(county)
        return self.create(
            {
                "county_id": county.id,
                "year": period.year,
                "number": period.number,
                "cutoff": period.cutoff(profile.quarter_cutoff_day),
            }
        )

    def _expect_submissions(self):
        """Expect one submission of every township that exists on the cut-off day.

        Of one merged since then, the successor reports what lay in it.
        """
        self.ensure_one()
        townships = self.env["lbc.area"].search(
            [
                ("county_id", "=", self.county_id.id),
                ("level", "=", "township"),
                ("successor_id", "=", False),
            ]
        )
        existing = townships.filtered(
            lambda area: (
                (not area.valid_to or area.valid_to >= self.cutoff)
                and (not area.valid_from or area.valid_from <= self.cutoff)
            )
        )
        missing = existing - self.submission_ids.township_id
        departments = self._departments() - self.submission_ids.organization_id
        self.env["lbc.submission"].create(
            [
                *({"quarter_id": self.id, "township_id": one.id} for one in missing),
                *({"quarter_id": self.id, "organization_id": one.id} for one in departments),
            ]
        )

    def _departments(self):
        """Return the organisations that submit as well, where the profile has it so (D8)."""
        profile = self.env["lbc.profile"]._for_county(self.county_id)
        organizations = self.env["lbc.organization"]
        if not profile.report_departments:
            return organizations
        found = organizations.search(
            [
                ("kind_id", "in", profile.report_kind_ids.ids),
                ("area_id", "=", self.county_id.id),
            ]
        )
        return found.filtered(
            lambda one: (
                (not one.valid_to or one.valid_to >= self.cutoff)
                and (not one.valid_from or one.valid_from <= self.cutoff)
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
