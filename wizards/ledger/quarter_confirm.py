"""The village confirms its children: "no change" for whom it has visited, one by one for the others (L-2h, B-5.2c)."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...lib.periods import Quarter
from ...models.ledger.submission import TO_MAKE


class QuarterConfirm(models.TransientModel):
    _name = "lbc.quarter.confirm"
    _description = "Confirm a Village's Children"
    _inherit = ["lbc.wizard.mixin"]

    part_id = fields.Many2one(
        "lbc.submission.village",
        "Village",
        required=True,
        domain=[("submission_id.state", "in", TO_MAKE)],
        default=lambda self: self._default_part(),
    )
    cutoff = fields.Date("As of", related="part_id.cutoff")
    child_count = fields.Integer("Number of Children", related="part_id.current_count")
    visited_count = fields.Integer("Visited, to Confirm", compute="_compute_counts")
    other_count = fields.Integer("Not Visited, to Check", compute="_compute_counts")
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

    @api.depends("part_id", "line_ids.is_visited")
    def _compute_counts(self):
        for wizard in self:
            visited = wizard.line_ids.filtered("is_visited")
            wizard.visited_count = len(visited)
            wizard.other_count = len(wizard.line_ids) - len(visited)
            wizard.verified_count = wizard.child_count - wizard.part_id.open_count

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
        """Write the ticked children as verified today, and the village's part as confirmed.

        :raises UserError: the quarter is reported already
        """
        self.ensure_one()
        self.check_access("read")
        self._require_role("village", "township")
        part = self.part_id
        part.submission_id.sudo()._require_state("state", *TO_MAKE)
        children = self.line_ids.filtered("is_verified").child_id
        if children - children.filtered(lambda one: one.area_id == part.area_id):
            raise UserError(self.env._("A child has moved meanwhile. Open the page again."))
        if children:
            children.action_mark_verified()
        part._confirm(self.note)
        return {"type": "ir.actions.act_window_close"}


class QuarterConfirmLine(models.TransientModel):
    _name = "lbc.quarter.confirm.line"
    _description = "Child to Confirm"
    _inherit = ["lbc.wizard.mixin"]

    wizard_id = fields.Many2one(
        "lbc.quarter.confirm", required=True, index=True, ondelete="cascade"
    )
    child_id = fields.Many2one("lbc.child", "File", required=True, ondelete="cascade")
    visited_on = fields.Date(compute="_compute_visited_on")
    is_visited = fields.Boolean("Visited This Quarter", compute="_compute_visited_on")
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

    def action_open_child(self):
        """Open the child's file, to correct what has changed."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "lbc.child",
            "res_id": self.child_id.id,
            "views": [(False, "form")],
            "target": "current",
        }
