"""Opening, joined, moved in, left, moved out and closing of each village, from frozen rows and changes (§C.3 R1)."""

from odoo import api, fields, models

from ...reports.ledger import annexes

NUMBERS = tuple(name for name, _heading in annexes.MOVEMENTS)


class SubmissionVersion(models.Model):
    _inherit = "lbc.submission.version"

    def _movements(self):
        """Return {(version id, village id): {name of `annexes.MOVEMENTS`: number}} of these versions."""
        versions = self.sudo()  # numbers; the callers judge who sees them
        if not versions:
            return {}
        self.env.flush_all()
        places = {one.id: one.submission_id._places(one.cutoff) for one in versions}
        rows = self.env.execute_query(annexes.movements(versions, places))
        return {
            (version, area): dict(zip(NUMBERS, numbers, strict=True))
            for version, area, *numbers in rows
        }


class SubmissionVillage(models.Model):
    _inherit = "lbc.submission.village"

    opening_count = fields.Integer("Opening", compute="_compute_movements")
    joined_count = fields.Integer("Joined", compute="_compute_movements")
    moved_in_count = fields.Integer(
        "Moved In",
        compute="_compute_movements",
        help="Also from another village of the township.",
    )
    left_count = fields.Integer("Left", compute="_compute_movements")
    moved_out_count = fields.Integer(
        "Moved Out",
        compute="_compute_movements",
        help="Also into another village of the township.",
    )
    closing_count = fields.Integer("Closing", compute="_compute_movements")
    reported_unverified_count = fields.Integer(
        "Not Verified As Reported", compute="_compute_movements"
    )

    @api.depends("submission_id.current_version_id", "submission_id.accepted_version_id")
    def _compute_movements(self):
        """As reported; nought until the township has reported."""
        versions = {submission: submission._counted_versions() for submission in self.submission_id}
        found = self.env["lbc.submission.version"].union(*versions.values())._movements()
        for part in self:
            row = found.get((versions[part.submission_id].id, part.area_id.id)) or {}
            for name in NUMBERS:
                field = "reported_unverified" if name == "unverified" else name
                part[f"{field}_count"] = row.get(name, 0)

    @api.model
    def _movements_page(self, name, domain, context=()):
        """Return the action of the page with the numbers of each village."""
        view = self.env.ref("left_behind_children.submission_village_view_list_movements")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": self._name,
            "views": [(view.id, "list")],
            "domain": domain,
            "context": dict(context),
        }


class Submission(models.Model):
    _inherit = "lbc.submission"

    def action_view_movements(self):
        """Open the numbers of each village, as reported."""
        self.ensure_one()
        self.check_access("read")
        parts = self.env["lbc.submission.village"]
        return parts._movements_page(self.display_name, [("submission_id", "=", self.id)])


class Quarter(models.Model):
    _inherit = "lbc.quarter"

    def action_view_villages(self):
        """Open the numbers of every village, township by township, as reported."""
        self.ensure_one()
        self.check_access("read")
        domain = [("submission_id.quarter_id", "=", self.id)]
        context = {"search_default_by_submission": 1}
        return self.env["lbc.submission.village"]._movements_page(
            self.env._("Villages of %(quarter)s", quarter=self.display_name), domain, context
        )
