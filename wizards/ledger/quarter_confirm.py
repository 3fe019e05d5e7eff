"""The village confirms its children: "no change" for whom it has visited, one by one for the others (L-2h, B-5.2c)."""

from odoo import api, fields, models
from odoo.fields import Command, Domain

from ...lib.periods import Quarter
from ...models.ledger.submission import TO_MAKE


class QuarterConfirm(models.TransientModel):
    _name = "lbc.quarter.confirm"
    _description = "Confirm a Village's Children"
    _inherit = ["lbc.wizard.mixin"]
    _rec_name = "village_name"

    part_id = fields.Many2one(
        "lbc.submission.village",
        "Village",
        required=True,
        domain=[("submission_id.state", "in", TO_MAKE)],
        default=lambda self: self._default_part(),
    )
    cutoff = fields.Date("As of", related="part_id.cutoff")
    child_count = fields.Integer("Number of Children", related="part_id.current_count")
    village_name = fields.Char("Village (Name)", related="part_id.village_name")
    ticked_count = fields.Integer("Ticked, to Confirm", compute="_compute_counts")
    other_count = fields.Integer("Not Ticked, Stay Unverified", compute="_compute_counts")
    verified_count = fields.Integer("Verified Already", compute="_compute_counts")
    line_ids = fields.One2many(
        "lbc.quarter.confirm.line",
        "wizard_id",
        "Children to Check",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    note = fields.Char(help="For the township. No names of children or families.")

    def _default_part(self):
        part = self.env["lbc.submission.village"]
        found = part.search(
            [("submission_id.state", "in", TO_MAKE)], order="cutoff, state desc, id"
        )
        return found[:1]

    @api.depends("part_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [
                Command.clear(),
                *(Command.create(values) for values in wizard._open_children()),
            ]

    @api.depends("part_id", "line_ids.is_verified", "line_ids.is_settled")
    def _compute_counts(self):
        for wizard in self:
            left = wizard.line_ids.filtered(lambda line: not line.is_settled)
            wizard.ticked_count = len(left.filtered("is_verified"))
            wizard.other_count = len(left) - wizard.ticked_count
            wizard.verified_count = max(wizard.child_count - len(left), 0)

    def _open_children(self):
        """Return the values (list of dict) of a line for each child whom nobody has verified yet."""
        part = self.part_id
        if not part:
            return []
        part.check_access("read")
        child = self.env["lbc.child"]
        children = child.search(part._open_domain())
        seen = self._last_visits(children)
        return [
            {"child_id": one.id, "is_verified": one.id in seen}
            for one in sorted(children, key=lambda one: (one.id in seen, one.file_number or ""))
        ]

    def _last_visits(self, children):
        """Return {child id: day of the last filed visit since the quarter began}."""
        if not (self.part_id and children.ids):
            return {}
        start = Quarter.of(self.part_id.cutoff).start
        visits = self.env["lbc.visit"].sudo()  # days of visits to children whom the user reads
        rows = visits._read_group(
            Domain("child_ids", "in", children.ids)
            & Domain("date", ">=", start)
            & visits._evidence_filed(),
            ["child_ids"],
            ["date:max"],
        )
        return {child.id: day for child, day in rows}

    def action_confirm(self):
        """Write the ticked children as verified today, and the village's part as confirmed; shows the villages.

        :raises UserError: the quarter is reported already
        """
        self.ensure_one()
        self.check_access("read")
        self._require_role("village", "township")
        part = self.part_id
        part.submission_id.sudo()._require_state("state", *TO_MAKE)
        lines = self.line_ids.filtered(lambda line: line.is_verified and not line.is_settled)
        if lines:
            lines.child_id.action_mark_verified()
        part._confirm(self.note)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "left_behind_children.submission_village_action"
        )
        return {**action, "target": "main"}  # there is no way back to a page that is done


class QuarterConfirmLine(models.TransientModel):
    _name = "lbc.quarter.confirm.line"
    _description = "Child to Confirm"
    _inherit = ["lbc.wizard.mixin"]

    wizard_id = fields.Many2one(
        "lbc.quarter.confirm", required=True, index=True, ondelete="cascade"
    )
    child_id = fields.Many2one("lbc.child", "File", required=True, ondelete="cascade")
    child_name = fields.Char("Name", related="child_id.name_masked")
    file_number = fields.Char(related="child_id.file_number")
    visited_on = fields.Date(compute="_compute_visited_on")
    is_visited = fields.Boolean("Visited This Quarter", compute="_compute_visited_on")
    is_settled = fields.Boolean(
        "Done Meanwhile",
        compute="_compute_is_settled",
        help="Verified, off the ledger or in another village since this page was opened.",
    )
    is_verified = fields.Boolean("No Change", help="I have looked: the file is true as it stands.")
    missing = fields.Char(
        "Still Empty",
        compute="_compute_completeness",
        help="What the quarter asks for and nobody has entered yet.",
    )
    completeness = fields.Float("Complete (%)", compute="_compute_completeness", digits=(5, 1))

    @api.depends("child_id", "wizard_id.part_id")
    def _compute_visited_on(self):
        for wizard, lines in self.grouped("wizard_id").items():
            seen = wizard._last_visits(lines.child_id)
            for line in lines:
                line.visited_on = seen.get(line.child_id.id, False)
                line.is_visited = bool(line.visited_on)

    @api.depends("child_id", "wizard_id.part_id")
    def _compute_completeness(self):
        for wizard, lines in self.grouped("wizard_id").items():
            part = wizard.part_id
            codes = self.env["lbc.profile"]._for_county(part.county_id)._asked_columns()
            missing = lines.child_id._missing_columns(codes, part.cutoff)
            for line in lines:
                empty = missing.get(line.child_id, [])
                line.missing = "、".join(line.child_id._ledger_headings(empty))
                line.completeness = 100 * (1 - len(empty) / len(codes))

    @api.depends("child_id.verified_on", "child_id.area_id", "child_id.state", "wizard_id.part_id")
    def _compute_is_settled(self):
        for wizard, lines in self.grouped("wizard_id").items():
            part, children = wizard.part_id, lines.sudo().child_id  # who has moved is read no more
            left = children.filtered_domain(part._open_domain())
            for line in lines:
                line.is_settled = line.sudo().child_id not in left

    def action_open_child(self):
        """Open the child's file, to correct what has changed; the way back leads to this page."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "lbc.child",
            "res_id": self.child_id.id,
            "views": [(False, "form")],
            "target": "current",
        }
