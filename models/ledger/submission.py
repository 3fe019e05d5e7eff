"""What one unit reports for one quarter (B-5.2d, L-2i, D8), and whether it came in time.

A unit is a township, or a department that submits. What was reported stands in the versions.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

REPORTED = ("submitted", "received")  # what counts as reported
TO_MAKE = ("filling", "checked", "returned")  # whose turn is the unit's


class Submission(models.Model):
    _name = "lbc.submission"
    _description = "Quarterly Submission"
    _inherit = ["lbc.access.mixin"]
    _order = "quarter_id desc, township_id"
    _lbc_export_free = True  # counts, no child

    quarter_id = fields.Many2one(
        "lbc.quarter", required=True, ondelete="restrict", index=True, readonly=True
    )
    township_id = fields.Many2one("lbc.area", ondelete="restrict", index=True, readonly=True)
    organization_id = fields.Many2one(
        "lbc.organization", "Department", ondelete="restrict", index=True, readonly=True
    )
    merged_into_id = fields.Many2one(
        related="township_id.successor_id",
        string="Merged Into",
        help="Its people make the report of the unit that has become part of it.",
    )
    county_id = fields.Many2one(related="quarter_id.county_id", store=True, index=True)
    cutoff = fields.Date(related="quarter_id.cutoff", store=True)
    state = fields.Selection(
        [
            ("filling", "Being filled in"),
            ("checked", "Reviewed"),
            ("submitted", "Submitted"),
            ("received", "Received"),
            ("returned", "Returned"),
            ("closed", "Not Made: Merged"),
        ],
        default="filling",
        required=True,
        readonly=True,
        index=True,
    )
    first_submitted_at = fields.Datetime(
        "First Submitted", readonly=True, help="Decides whether the unit was on time."
    )
    submitted_at = fields.Datetime(readonly=True, help="Of the last version.")
    submitted_by = fields.Many2one("res.users", readonly=True)
    received_at = fields.Datetime(readonly=True)
    received_by = fields.Many2one("res.users", readonly=True)
    return_reason = fields.Char(
        readonly=True, help="What is to be corrected. No names of children or families."
    )
    is_on_time = fields.Boolean("On Time", compute="_compute_is_on_time", store=True)
    reported = fields.Integer("Submitted (Number)", compute="_compute_is_on_time", store=True)
    reporting_rate = fields.Float(
        "Submitted (%)", compute="_compute_is_on_time", store=True, aggregator="avg", digits=(5, 1)
    )
    on_time_rate = fields.Float(
        "On Time (%)", compute="_compute_is_on_time", store=True, aggregator="avg", digits=(5, 1)
    )
    days_left = fields.Integer(compute="_compute_days_left")
    is_overdue = fields.Boolean(
        "Overdue",
        compute="_compute_days_left",
        search="_search_is_overdue",
        help="Not submitted, though the cut-off day and the days of grace are over.",
    )
    due_text = fields.Char("Time Left", compute="_compute_due_text")
    version_ids = fields.One2many("lbc.submission.version", "submission_id", "Versions")
    current_version_id = fields.Many2one(
        "lbc.submission.version",
        readonly=True,
        ondelete="restrict",
        help="As reported last. Earlier versions stay to be seen.",
    )
    accepted_version_id = fields.Many2one(
        "lbc.submission.version",
        readonly=True,
        ondelete="restrict",
        help="As received last: statistics count it.",
    )
    step_ids = fields.One2many("lbc.submission.step", "submission_id", "Steps")
    exception_ids = fields.One2many(
        "lbc.submission.exception",
        "submission_id",
        "Exceptions",
        groups="left_behind_children.group_ledger_count",
    )
    village_ids = fields.One2many(
        "lbc.submission.village",
        "submission_id",
        "Villages",
        groups="left_behind_children.group_ledger_count",
    )
    finding_ids = fields.One2many(
        "lbc.submission.finding",
        "submission_id",
        "Contradictions",
        groups="left_behind_children.group_ledger_rows",
    )
    snapshot_ids = fields.One2many(
        related="current_version_id.snapshot_ids",
        related_sudo=False,  # only what the user's own rules open
        string="Frozen Register",
        groups="left_behind_children.group_ledger_rows",
    )
    opening_count = fields.Integer(
        related="current_version_id.opening_count",
        store=True,
        help="Children in the unit's last report before this one.",
    )
    joined_count = fields.Integer(related="current_version_id.joined_count", store=True)
    left_count = fields.Integer(related="current_version_id.left_count", store=True)
    moved_in_count = fields.Integer(related="current_version_id.moved_in_count", store=True)
    moved_out_count = fields.Integer(related="current_version_id.moved_out_count", store=True)
    changed_count = fields.Integer(related="current_version_id.changed_count", store=True)
    child_count = fields.Integer(
        "Closing",
        related="current_version_id.closing_count",
        store=True,
        help="Children on the ledger on the cut-off day.",
    )
    digest = fields.Char(
        related="current_version_id.digest",
        groups="left_behind_children.group_ledger_rows",
    )
    check_code = fields.Char(related="current_version_id.check_code", related_sudo=True)

    _unit_unique = models.Constraint(
        "UNIQUE(quarter_id, township_id)", "The township already has a submission for the quarter."
    )
    _department_unique = models.Constraint(
        "UNIQUE(quarter_id, organization_id)",
        "The department already has a submission for the quarter.",
    )
    _one_unit = models.Constraint(
        "CHECK((township_id IS NULL) <> (organization_id IS NULL))",
        "A submission is that of a township or of a department.",
    )

    @api.depends("quarter_id.display_name", "township_id.name", "organization_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for submission in self:
            quarter = submission.quarter_id.sudo().display_name  # a department reads no quarters
            unit = submission.township_id.name or submission.organization_id.name
            submission.display_name = f"{quarter or ''} {unit or ''}".strip()

    @api.depends("first_submitted_at", "version_ids.on_time_until")
    def _compute_is_on_time(self):
        for submission in self:
            moment, first = (
                submission.first_submitted_at,
                submission.version_ids.sorted("number")[:1],
            )
            on_time = bool(moment) and submission._was_on_time(first)
            submission.is_on_time = on_time
            submission.reported = int(bool(moment))
            # of one submission all or nothing: the average of any choice of them is its rate
            submission.reporting_rate = 100 * submission.reported
            submission.on_time_rate = 100 * int(on_time)

    @api.model
    def _was_on_time(self, version):
        """Return whether a unit's first version came in time (bool): the days of grace are those of then."""
        return bool(version.on_time_until) and version.submitted_at < version.on_time_until

    @api.depends("cutoff", "first_submitted_at")
    def _compute_days_left(self):
        for submission in self:
            cutoff = submission.cutoff
            submission.days_left = (cutoff - submission.sudo()._today()).days if cutoff else 0
            profile = self.env["lbc.profile"]._for_county(submission.county_id)
            late = submission.days_left < -profile.quarter_on_time_days
            submission.is_overdue = late and not submission.first_submitted_at

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain.FALSE
        # A setting of the county, the same for everybody.
        for profile in self.env["lbc.profile"].sudo().search([("county_id", "!=", False)]):
            last = profile._today() - timedelta(days=profile.quarter_on_time_days)
            late |= Domain("county_id", "=", profile.county_id.id) & Domain("cutoff", "<", last)
        late &= Domain("first_submitted_at", "=", False)
        return late if True in value else ~late

    @api.depends("days_left")
    @api.depends_context("lang")
    def _compute_due_text(self):
        for submission in self:
            # A department reads no quarters.
            submission.due_text = submission.quarter_id.sudo().due_text

    def action_view_snapshot(self):
        """Open the frozen register of this submission."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "lbc.snapshot",
            "view_mode": "list,form",
            "domain": [("version_id", "=", self.sudo().current_version_id.id)],
        }

    def action_view_changes(self):
        """Open what changed since the unit's last quarter, as reported last."""
        self.ensure_one()
        self.check_access("read")
        version = self.sudo().current_version_id  # a reference; its rows follow their own rules
        if not version:
            raise UserError(self.env._("%s has not been submitted yet.", self.display_name))
        return version.sudo(False).action_view_changes()

    def action_export(self):
        """Open the page that asks for the roster of the frozen rows of this submission."""
        self.ensure_one()
        self.check_access("read")
        self._require_group("ledger_rows")
        self._require_state("state", *REPORTED)
        action = self.action_other_workbooks()
        return {**action, "context": {**action["context"], "default_document": "roster"}}

    def action_other_workbooks(self):
        """Open the page of workbooks, with this township and quarter filled in."""
        self.ensure_one()
        self.check_access("read")
        self._require_group("ledger_rows")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "left_behind_children.ledger_export_action"
        )
        context = {"default_area_id": self._own_part().id}
        if self.state in REPORTED:
            context |= {"default_source": "quarter", "default_quarter_id": self.quarter_id.id}
        return {**action, "context": context}

    def _own_part(self):
        """Return the township, or nothing (the user's own area) for whoever has only a part of it."""
        covers = self.env.su or self.env.user._lbc_covers(self.township_id)
        return self.township_id if covers else self.township_id.browse()

    def _earlier_cutoff(self):
        """Return the county's last cut-off (date or False) before this one of which there are reports."""
        return self.search(
            [
                ("county_id", "=", self.county_id.id),
                ("township_id", "!=", False),
                ("current_version_id", "!=", False),
                ("cutoff", "<", self.cutoff),
            ],
            order="cutoff desc",
            limit=1,
        ).cutoff

    def _others_on(self, cutoff):
        """Return the submissions that the county's other townships made of a quarter, on whatever day.

        :param cutoff: cut-off of the quarter (date or False)
        """
        return self.search(
            [
                ("county_id", "=", self.county_id.id),
                ("township_id", "not in", [False, self.township_id.id]),
                ("current_version_id", "!=", False),
                ("cutoff", "=", cutoff),
            ]
        )
