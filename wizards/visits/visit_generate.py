"""Make the visits of a month: first how many and for whom, then write (L-2d, B-3.3d)."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib import periods


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
    child_count = fields.Integer("Children on the Ledger", compute="_compute_counts")
    subject_count = fields.Integer("Households or Children to Visit", compute="_compute_counts")
    existing_count = fields.Integer("Already Planned", compute="_compute_counts")
    missing_count = fields.Integer("To Be Planned", compute="_compute_counts")
    made_count = fields.Integer("Planned Now", readonly=True)

    def _default_county(self):
        _scope, area_ids, _organization_id = self.env.user._lbc_scope()
        return self.env["lbc.area"].browse(area_ids).county_id[:1]

    @api.depends("month", "county_id", "made_count")
    def _compute_counts(self):
        for wizard in self:
            counts = wizard._count() if wizard.month and wizard.county_id else (0, 0, 0)
            wizard.child_count, wizard.subject_count, wizard.existing_count = counts
            wizard.missing_count = max(wizard.subject_count - wizard.existing_count, 0)

    def _count(self):
        """Return (children, households or children to visit, already planned) in the user's area."""
        Child, Duty = self.env["lbc.child"], self.env["lbc.duty"]
        domain = [("county_id", "=", self.county_id.id), *Child._on_ledger_domain()]
        kind = Duty._visit_kind(self.env["lbc.profile"]._for_county(self.county_id))
        per_child = kind.subject_type == "child"
        aggregate = "__count" if per_child else "household_id:count_distinct"
        ((subjects, children),) = Child._read_group(domain, [], [aggregate, "__count"])
        existing = Duty.search_count(
            [
                ("kind_id", "=", kind.id),
                ("slot_start", "=", periods.month_start(self.month)),
                ("county_id", "=", self.county_id.id),
                ("state", "!=", "cancelled"),
            ]
        )
        return children, subjects, existing

    def action_generate(self):
        """Make what is missing; running it twice makes nothing twice."""
        self.ensure_one()
        self._require_role("village", "township", "civil_affairs")
        if not self.child_count:
            raise UserError(
                self.env._("No child of your area is on the ledger yet. Import a census first.")
            )
        made = self.env["lbc.duty"]._generate_visits(self.county_id, self.month)
        self.sudo().made_count = made
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
