"""The village confirms its part of the quarter (L-2h, B-5.2c; domain.md §C.1.2: 村级已确认).

What it confirms is written on the children (`verified_on`); its part only says that the village has looked. Children
whom nobody verified stop nothing: they are counted here, village by village, and named in the report.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...lib.periods import Quarter
from .submission import TO_MAKE


class SubmissionVillage(models.Model):
    _name = "lbc.submission.village"
    _description = "Village's Part of a Submission"
    _inherit = ["lbc.access.mixin", "lbc.duty.evidence"]
    _order = "submission_id, area_id"
    _rec_name = "area_id"
    _lbc_export_free = True  # counts, no child
    _evidence_dates = ("confirmed_on",)
    _evidence_subjects = {"village": "area_id"}

    submission_id = fields.Many2one(
        "lbc.submission", required=True, readonly=True, index=True, ondelete="cascade"
    )
    area_id = fields.Many2one(
        "lbc.area", "Village", required=True, readonly=True, index=True, ondelete="restrict"
    )
    township_id = fields.Many2one(related="area_id.township_id", store=True, index=True)
    county_id = fields.Many2one(related="area_id.county_id", store=True, index=True)
    village_name = fields.Char(
        "Village (Name)", related="area_id.short_name", help="Without the township."
    )
    cutoff = fields.Date(related="submission_id.cutoff", store=True)
    is_to_make = fields.Boolean("Not Yet Submitted", compute="_compute_is_to_make")
    state = fields.Selection(
        [("waiting", "Waiting"), ("confirmed", "Confirmed")],
        default="waiting",
        required=True,
        readonly=True,
    )
    confirmed_on = fields.Date(readonly=True)
    confirmed_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    child_count = fields.Integer("Children When Confirmed", readonly=True)
    unverified_count = fields.Integer("Not Verified When Confirmed", readonly=True)
    note = fields.Char(readonly=True, help="No names of children or families.")
    current_count = fields.Integer("On the Ledger Now", compute="_compute_current")
    open_count = fields.Integer("Not Verified Now", compute="_compute_current")
    verified_share = fields.Float(
        "Verified (%)", compute="_compute_current", digits=(5, 1), aggregator=None
    )

    _one = models.Constraint(
        "UNIQUE(submission_id, area_id)", "The village already has its part in this submission."
    )

    @api.depends("area_id", "cutoff")
    def _compute_current(self):
        for cutoff, parts in self.grouped("cutoff").items():
            everybody = parts._count_children(Domain.TRUE)
            unverified = parts._count_children(self._unverified_domain(cutoff))
            for part in parts:
                count, left = everybody.get(part.area_id, 0), unverified.get(part.area_id, 0)
                part.current_count, part.open_count = count, left
                part.verified_share = 100 * (count - left) / count if count else 100

    @api.depends("submission_id.state")
    def _compute_is_to_make(self):
        for part in self:
            part.is_to_make = part.sudo().submission_id.state in TO_MAKE

    def _count_children(self, domain):
        """Return {village: number of children on its ledger today who meet `domain`}."""
        # A number is no file: whoever may see the part may see how many it holds.
        children = self.env["lbc.child"].sudo()
        own = Domain("area_id", "in", self.area_id.ids) & Domain(children._on_ledger_domain())
        return dict(children._read_group(own & domain, ["area_id"], ["__count"]))

    @api.model
    def _unverified_domain(self, cutoff):
        """Return the domain over children whom nobody has verified since the quarter of `cutoff` began."""
        start = Quarter.of(cutoff).start if cutoff else False
        return Domain("verified_on", "=", False) | Domain("verified_on", "<", start)

    @api.model
    def _evidence_filed(self):
        return Domain("state", "=", "confirmed")

    def action_confirm_page(self):
        """Open the page on which the village confirms its children; it is kept, so that files open from it.

        :raises UserError: the quarter is reported already
        """
        self.ensure_one()
        self.check_access("read")
        self._require_role("village", "township")
        self.submission_id.sudo()._require_state("state", *TO_MAKE)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "left_behind_children.quarter_confirm_action"
        )
        page = self.env["lbc.quarter.confirm"].create({"part_id": self.id})
        return {**action, "res_id": page.id}

    def action_view_unverified(self):
        """Open the village's children whom nobody has verified this quarter."""
        self.ensure_one()
        self.check_access("read")
        unverified = self._unverified_domain(self.cutoff)
        domain = Domain("area_id", "=", self.area_id.id) & unverified
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Not Verified"),
            "res_model": "lbc.child",
            "view_mode": "list,form",
            "domain": list(domain & Domain(self.env["lbc.child"]._on_ledger_domain())),
            "context": {"create": False},
        }

    def _confirm(self, note=None):
        """Village, or the township in its place: this is what lives here (填报中 → 村级已确认).

        May be said again until the township has reported; the last word counts.

        :raises UserError: the quarter is reported already
        """
        self._require_role("village", "township")
        self.check_access("read")
        self.submission_id.sudo()._require_state("state", *TO_MAKE)
        for (
            part
        ) in self.sudo():  # read-only for every role; role, area and state were checked above
            if not self.env.su and not self.env.user._lbc_covers(part.area_id):
                raise UserError(
                    self.env._("%(unit)s lies outside your area.", unit=part.area_id.display_name)
                )
            part.invalidate_recordset(["current_count", "open_count"])
            part.write(
                {
                    "state": "confirmed",
                    "confirmed_on": fields.Date.context_today(self),
                    "confirmed_by": self.env.uid,
                    "child_count": part.current_count,
                    "unverified_count": part.open_count,
                    "note": (note or "").strip() or False,
                }
            )
            part._withdraw_evidence()  # it may have proved more, or less, than it does now
            part._prove_duties()


class Submission(models.Model):
    _inherit = "lbc.submission"

    village_count = fields.Integer("Number of Villages", compute="_compute_villages")
    confirmed_count = fields.Integer("Villages That Confirmed", compute="_compute_villages")

    @api.depends("village_ids.state")
    def _compute_villages(self):
        for submission in self:
            parts = submission.sudo().village_ids  # numbers of villages
            submission.village_count = len(parts)
            submission.confirmed_count = len(parts.filtered(lambda one: one.state == "confirmed"))

    @api.model_create_multi
    def create(self, vals_list):
        submissions = super().create(vals_list)
        submissions._expect_villages()
        return submissions

    def _expect_villages(self):
        """Expect a part of every village that exists on the cut-off day; what is there stays."""
        townships = self.township_id
        if not townships:
            return
        villages = self.env["lbc.area"].search(
            [("township_id", "in", townships.ids), ("level", "=", "village")]
        )
        of_township = villages.grouped("township_id")
        values = []
        for submission in self.sudo():  # read-only for every role
            day = submission.cutoff
            missing = of_township.get(submission.township_id, villages.browse()) - (
                submission.village_ids.area_id
            )
            existing = missing.filtered(
                lambda area, day=day: (
                    (not area.valid_to or area.valid_to >= day)
                    and (not area.valid_from or area.valid_from <= day)
                )
            )
            values += [{"submission_id": submission.id, "area_id": area.id} for area in existing]
        self.env["lbc.submission.village"].sudo().create(values)

    def action_view_villages(self):
        """Open the villages' parts: who has confirmed, how many children nobody has verified."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Villages"),
            "res_model": "lbc.submission.village",
            "view_mode": "list,kanban",
            "mobile_view_mode": "kanban",
            "domain": [("submission_id", "=", self.id)],
        }
