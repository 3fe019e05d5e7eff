"""The village confirms its part of the quarter (L-2h, B-5.2c; domain.md §C.1.2: 村级已确认).

What it confirms is written on the children (`verified_on`); its part only says that the village has looked. Children
whom nobody verified stop nothing: they are counted here, village by village, and named in the report.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

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
    children_digest = fields.Char(
        readonly=True, groups=fields.NO_ACCESS, help="Of the children whom the village confirmed."
    )
    note = fields.Char(readonly=True, help="No names of children or families.")
    current_count = fields.Integer("In the Report Now", compute="_compute_current")
    open_count = fields.Integer("Not Verified Now", compute="_compute_current")
    verified_share = fields.Float(
        "Verified (%)", compute="_compute_current", digits=(5, 1), aggregator=None
    )

    _one = models.Constraint(
        "UNIQUE(submission_id, area_id)", "The village already has its part in this submission."
    )

    @api.depends("area_id", "cutoff")
    def _compute_current(self):
        for submission, parts in self.grouped("submission_id").items():
            # A number is no file: whoever may see the part may see how many it holds.
            counts = submission.sudo()._count_rows()
            for part in parts:
                count, left = counts.get(part.area_id.id, (0, 0))
                part.current_count, part.open_count = count, left
                part.verified_share = 100 * (count - left) / count if count else 100

    def _open_domain(self):
        """Return the domain over the part's children who live here and are not verified in its quarter."""
        child = self.env["lbc.child"]
        rows = self.submission_id.sudo()._row_children(unverified=True, village=self.area_id)
        here = Domain("id", "in", rows) & Domain("area_id", "=", self.area_id.id)
        return here & Domain(child._on_ledger_domain())

    @api.depends("submission_id.state")
    def _compute_is_to_make(self):
        for part in self:
            part.is_to_make = part.sudo().submission_id.state in TO_MAKE

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
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Not Verified"),
            "res_model": "lbc.child",
            "view_mode": "list,form",
            "domain": list(self._open_domain()),
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
        # Read-only for every role; role and state were checked above, the area is below.
        for part in self.sudo():
            if not self.env.su and not self.env.user._lbc_covers(part.area_id):
                raise UserError(
                    self.env._("%(unit)s lies outside your area.", unit=part.area_id.display_name)
                )
            part.invalidate_recordset(["current_count", "open_count"])
            part.write(
                {
                    "state": "confirmed",
                    "confirmed_on": part.submission_id._today(),
                    "confirmed_by": self.env.uid,
                    "child_count": part.current_count,
                    "unverified_count": part.open_count,
                    "children_digest": part.submission_id._village_digests().get(part.area_id.id),
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
            # one that came from a merged township may have its part in that one's report
            taken = submission.quarter_id.submission_ids.village_ids.area_id
            missing = of_township.get(submission.township_id, villages.browse()) - taken
            existing = missing.filtered(
                lambda area, day=day: (
                    (not area.valid_to or area.valid_to >= day)
                    and (not area.valid_from or area.valid_from <= day)
                )
            )
            values += [{"submission_id": submission.id, "area_id": area.id} for area in existing]
        self.env["lbc.submission.village"].sudo().create(values)

    def _hand_over_parts(self):
        """Give the villages' parts to the successor's report of the quarter, with what they confirmed.

        :return: those of these submissions whose parts were taken over
        """
        handed = self.browse()
        for submission in self:
            heir = self.search(
                [
                    *submission._after_unit(),
                    ("id", "!=", submission.id),
                    ("quarter_id", "=", submission.quarter_id.id),
                    ("state", "in", TO_MAKE),
                ],
                limit=1,
            )
            if heir:
                has = heir.village_ids.area_id
                parts = submission.village_ids.filtered(lambda one, has=has: one.area_id not in has)
                parts.submission_id = heir
                parts.flush_recordset()  # before what they leave is deleted with all that hangs on it
                handed |= submission
        return handed

    def _village_digests(self):
        """Return {village id: digest (str) of the ids of its children in the report now}."""
        rows = self.env.execute_query(
            SQL(
                "SELECT area_id, md5(string_agg(child_id::text, ',' ORDER BY child_id)) "
                "FROM (%s) now GROUP BY area_id",
                self._rows_now(),
            )
        )
        return {**dict.fromkeys(self.village_ids.area_id.ids, "-"), **dict(rows)}

    def _let_villages_wait(self):
        """Ask villages again whose children are others than they confirmed; an unknown set stays."""
        day = self._day()
        confirmed = self.village_ids.filtered(
            lambda one: (
                one.state == "confirmed"
                and one.children_digest
                and not (one.area_id.valid_to and one.area_id.valid_to < day)  # it is not there now
            )
        )
        now = self._village_digests() if confirmed else {}
        others = confirmed.filtered(lambda one: now[one.area_id.id] != one.children_digest)
        others.state = "waiting"
        others._withdraw_evidence()

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
