"""Make the visits of a month: first for whom, on whom and why not, then write (L-2d, B-3.3d)."""

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError


class VisitGenerate(models.TransientModel):
    _name = "lbc.visit.generate"
    _description = "Make the Visits of a Month"
    _inherit = ["lbc.wizard.mixin"]

    month = fields.Date("A Day of the Month", required=True, default=fields.Date.context_today)
    county_id = fields.Many2one(
        "lbc.area",
        required=True,
        domain="[('level', '=', 'county')]",
        default=lambda self: self._default_county(),
    )
    child_count = fields.Integer("Children on the Ledger", compute="_compute_preview", store=True)
    subject_count = fields.Integer(
        "Households or Children to Visit", compute="_compute_preview", store=True
    )
    existing_count = fields.Integer("Already Planned", compute="_compute_preview", store=True)
    missing_count = fields.Integer("To Be Planned", compute="_compute_preview", store=True)
    unassigned_count = fields.Integer(
        "Visits without a Visitor", compute="_compute_preview", store=True
    )
    load_ids = fields.One2many(
        "lbc.visit.generate.load", "generate_id", compute="_compute_preview", store=True
    )
    reason_ids = fields.One2many(
        "lbc.visit.generate.reason",
        "generate_id",
        "Not Planned Now",
        compute="_compute_preview",
        store=True,
    )
    made_count = fields.Integer("Planned Now", readonly=True)

    @api.constrains("month")
    def _check_month(self):
        """Refuse months of which nobody knows yet who will live where, and those that are over."""
        first = fields.Date.context_today(self).replace(day=1)
        last = first + relativedelta(months=2, days=-1)
        if any(not first <= wizard.month <= last for wizard in self):
            raise ValidationError(self.env._("Choose a day of this month or of the next one."))

    def _default_county(self):
        _scope, area_ids, _organization_id = self.env.user._lbc_scope()
        return self.env["lbc.area"].browse(area_ids).county_id[:1]

    @api.depends("month", "county_id", "made_count")
    def _compute_preview(self):
        for wizard in self:
            wizard.load_ids = wizard.reason_ids = [Command.clear()]
            wizard.child_count = wizard.subject_count = wizard.unassigned_count = 0
            wizard.existing_count = wizard.missing_count = 0
            if wizard._may_be_made():
                # What a stored computation reads is the superuser's: count as the one who asks.
                duties = self.env["lbc.duty"].with_user(self.env.uid)
                wizard._show(duties._preview_visits(wizard.county_id, wizard.month))

    def _may_be_made(self):
        """Return whether the page says enough, and no month out of reach (bool)."""
        return self.county_id and self.month and self.month.year < fields.Date.today().year + 2

    def _show(self, preview):
        """Fill the page from a `Preview`."""
        self.child_count, self.subject_count = preview.children, preview.subjects
        self.existing_count, self.missing_count = preview.planned, preview.missing
        self.unassigned_count = sum(load.missing for load in preview.loads if not load.user_id)
        names = ("area_id", "user_id", "subject_count", "child_count", "visit_count")
        self.load_ids = [
            Command.create(dict(zip((*names, "missing_count"), load, strict=True)))
            for load in preview.loads
        ]
        self.reason_ids = [
            Command.create({"reason": reason, "number": number})
            for reason, number in preview.reasons.items()
        ]

    def action_generate(self):
        """Make what is missing; running it twice makes nothing twice."""
        self.ensure_one()
        self._require_role("village", "township", "civil_affairs")
        self._check_month()
        if not self.child_count:
            raise UserError(
                self.env._("No child of your area is on the ledger yet. Import a census first.")
            )
        duties = self.env["lbc.duty"]
        made = duties._generate_visits(self.county_id, self.month)
        duties.sudo()._refresh_attempts()  # duties are read-only for every role
        self.sudo().made_count = made
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }


class VisitGenerateLoad(models.TransientModel):
    _name = "lbc.visit.generate.load"
    _description = "Visits of a Visitor in a Village"
    _inherit = ["lbc.wizard.mixin"]

    generate_id = fields.Many2one("lbc.visit.generate", required=True, ondelete="cascade")
    area_id = fields.Many2one("lbc.area", "Village", ondelete="cascade")
    user_id = fields.Many2one("res.users", "Visitor", ondelete="cascade")
    subject_count = fields.Integer("Families or Children Due")
    child_count = fields.Integer("Children")
    visit_count = fields.Integer("Visits in the Month")
    missing_count = fields.Integer("To Be Planned")


class VisitGenerateReason(models.TransientModel):
    _name = "lbc.visit.generate.reason"
    _description = "Why No Visit Is Planned Now"
    _inherit = ["lbc.wizard.mixin"]

    generate_id = fields.Many2one("lbc.visit.generate", required=True, ondelete="cascade")
    reason = fields.Selection(
        [
            ("planned", "Planned already"),
            ("interval", "The interval is not over: a visit of an earlier month still covers them"),
            ("cancelled", "Cancelled this month"),
            ("entry", "Enter the ledger after the month"),
            ("no_child", "No child on the ledger"),
            ("siblings", "Children visited together with a sibling"),
        ],
        "Why",
    )
    number = fields.Integer()
