"""Draw up the letters of responsibility of a school year for all children who have none (B-4.3b)."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class LetterPrepare(models.TransientModel):
    _name = "lbc.letter.prepare"
    _description = "Draw Up Letters of Responsibility"
    _inherit = ["lbc.wizard.mixin"]

    area_id = fields.Many2one(
        "lbc.area",
        "Village, Township or County",
        required=True,
        default=lambda self: self.env.user._lbc_own_area(),
    )
    school_year = fields.Integer(
        required=True,
        default=lambda self: self.env["lbc.letter"]._school_year_of(
            fields.Date.context_today(self)
        ),
        help="The year in which it begins.",
    )
    missing_count = fields.Integer("Children without a Letter", compute="_compute_counts")
    no_school_count = fields.Integer("Of Them without a School", compute="_compute_counts")

    @api.depends("area_id", "school_year")
    def _compute_counts(self):
        for wizard in self:
            children = wizard._children() if wizard.area_id else self.env["lbc.child"]
            wizard.missing_count = len(children)
            wizard.no_school_count = len(children.filtered(lambda one: not one.sudo().school_id))

    @api.depends("area_id")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = wizard.area_id.name or self.env._("Draw Up Letters")

    def _children(self):
        """Return the children on the ledger of the area who have no letter for the school year."""
        self.ensure_one()
        child = self.env["lbc.child"]
        have = [("school_year", "=", self.school_year), ("state", "!=", "cancelled")]
        domain = Domain(child._on_ledger_domain()) & self.area_id._lbc_within()
        return child.search(domain & Domain("letter_ids", "not any", have))

    def action_prepare(self):
        """Make one letter for each such child and open them, ready to print and sign.

        :raises UserError: everybody has one
        """
        self.ensure_one()
        self._require_group("guardianship_write")
        children = self._children()
        if not children:
            raise UserError(
                self.env._("Every child of this area has a letter for the school year.")
            )
        letters = self.env["lbc.letter"].create(
            [{"child_id": child.id, "school_year": self.school_year} for child in children]
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "lbc.letter",
            "view_mode": "list,form",
            "domain": [("id", "in", letters.ids)],
            "name": self.env._("Letters of Responsibility"),
        }
