"""What one township reports for one quarter (B-5.2d, L-2i), and whether it came in time."""

from odoo import api, fields, models

from ...lib import periods


class Submission(models.Model):
    _name = "lbc.submission"
    _description = "Quarterly Submission"
    _inherit = ["lbc.access.mixin"]
    _order = "quarter_id desc, township_id"

    quarter_id = fields.Many2one(
        "lbc.quarter", required=True, ondelete="restrict", index=True, readonly=True
    )
    township_id = fields.Many2one(
        "lbc.area", "Township", required=True, ondelete="restrict", index=True, readonly=True
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
    snapshot_ids = fields.One2many("lbc.snapshot", "submission_id", "Frozen Register")
    opening_count = fields.Integer("Opening", readonly=True)
    joined_count = fields.Integer("Joined", readonly=True)
    left_count = fields.Integer("Left", readonly=True)
    child_count = fields.Integer("Closing", readonly=True)
    current_count = fields.Integer("On the Ledger Now", compute="_compute_current_count")

    _unit_unique = models.Constraint(
        "UNIQUE(quarter_id, township_id)", "The township already has a submission for the quarter."
    )

    @api.depends("quarter_id.name", "township_id.name")
    def _compute_display_name(self):
        for submission in self:
            quarter, township = submission.quarter_id.name, submission.township_id.name
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

    def _compute_current_count(self):
        domain = [
            ("township_id", "in", self.township_id.ids),
            *self.env["lbc.child"]._on_ledger_domain(),
        ]
        # A number is no file: whoever may see the submission may see how many it will hold.
        groups = self.env["lbc.child"].sudo()._read_group(domain, ["township_id"], ["__count"])
        counts = {township.id: count for township, count in groups}
        for submission in self:
            submission.current_count = counts.get(submission.township_id.id, 0)

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
