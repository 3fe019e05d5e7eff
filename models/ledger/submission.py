"""What one township reports for one quarter (B-5.2d, L-2i), and whether it came in time."""

from odoo import api, fields, models

from ...lib import digest, periods


class Submission(models.Model):
    _name = "lbc.submission"
    _description = "Quarterly Submission"
    _inherit = ["lbc.access.mixin"]
    _order = "quarter_id desc, township_id"
    _lbc_export_free = True  # counts, no child

    quarter_id = fields.Many2one(
        "lbc.quarter", required=True, ondelete="restrict", index=True, readonly=True
    )
    township_id = fields.Many2one(
        "lbc.area", required=True, ondelete="restrict", index=True, readonly=True
    )
    county_id = fields.Many2one(related="quarter_id.county_id", store=True, index=True)
    cutoff = fields.Date(related="quarter_id.cutoff", store=True)
    state = fields.Selection(
        [("filling", "Being filled in"), ("submitted", "Submitted")],
        default="filling",
        required=True,
        readonly=True,
        index=True,
    )
    submitted_at = fields.Datetime(readonly=True)
    submitted_by = fields.Many2one("res.users", readonly=True)
    is_on_time = fields.Boolean("On Time", compute="_compute_is_on_time", store=True)
    days_left = fields.Integer(compute="_compute_days_left")
    snapshot_ids = fields.One2many(
        "lbc.snapshot",
        "submission_id",
        "Frozen Register",
        groups="left_behind_children.group_ledger_rows",
    )
    opening_count = fields.Integer(
        "Opening", readonly=True, help="Children in the township's last report before this one."
    )
    joined_count = fields.Integer("Joined", readonly=True)
    left_count = fields.Integer("Left", readonly=True)
    child_count = fields.Integer(
        "Closing", readonly=True, help="Children on the ledger on the cut-off day."
    )
    digest = fields.Char(readonly=True, groups="left_behind_children.group_ledger_rows")
    check_code = fields.Char(
        compute="_compute_check_code",
        compute_sudo=True,
        help="Follows from every frozen row. The workbook carries it: whoever holds the printed "
        "page can tell whether a single word of the report has changed.",
    )

    _unit_unique = models.Constraint(
        "UNIQUE(quarter_id, township_id)", "The township already has a submission for the quarter."
    )

    @api.depends("quarter_id.display_name", "township_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for submission in self:
            quarter, township = submission.quarter_id.display_name, submission.township_id.name
            submission.display_name = f"{quarter or ''} {township or ''}".strip()

    @api.depends("submitted_at", "cutoff")
    def _compute_is_on_time(self):
        for submission in self:
            zone = periods.CHINA
            if submission.submitted_at:
                zone = self.env["lbc.profile"]._for_county(submission.county_id).time_zone
            submission.is_on_time = bool(submission.submitted_at) and periods.on_time(
                submission.submitted_at, submission.cutoff, zone
            )

    @api.depends("cutoff")
    def _compute_days_left(self):
        today = fields.Date.context_today(self)
        for submission in self:
            submission.days_left = (submission.cutoff - today).days if submission.cutoff else 0

    @api.depends("digest")
    def _compute_check_code(self):
        for submission in self:
            code = submission.digest
            submission.check_code = digest.short_code(code) if code else False

    def action_view_snapshot(self):
        """Open the frozen register of this submission."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "lbc.snapshot",
            "view_mode": "list,form",
            "domain": [("submission_id", "=", self.id)],
        }

    def action_export(self):
        """Open the page that asks for the roster of the frozen rows of this submission."""
        self.ensure_one()
        self.check_access("read")
        self._require_group("ledger_rows")
        self._require_state("state", "submitted")
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
        if self.state == "submitted":
            context |= {"default_source": "quarter", "default_quarter_id": self.quarter_id.id}
        return {**action, "context": context}

    def _own_part(self):
        """Return the township, or nothing (the user's own area) for whoever has only a part of it."""
        covers = self.env.su or self.env.user._lbc_covers(self.township_id)
        return self.township_id if covers else self.township_id.browse()
