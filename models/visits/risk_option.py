"""An answer to a question of the risk scorecard, with its points (domain.md §B.11)."""

from odoo import api, fields, models


class RiskOption(models.Model):
    _name = "lbc.risk.option"
    _description = "Answer of a Risk Scorecard"
    _inherit = ["lbc.access.mixin"]
    _order = "item_id, sequence, id"
    _journal_changes = True
    _journal_plain_text = True
    _lbc_export_free = True

    item_id = fields.Many2one("lbc.risk.item", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char("Answer", required=True)
    points = fields.Float(
        digits=(5, 1), help="Given; where several answers are possible, taken off."
    )
    knock_out = fields.Boolean(help="Whoever chooses it makes the risk high at once.")
    is_none = fields.Boolean("None of These", help="Excludes the other answers of the item.")

    _range = models.Constraint("CHECK(points >= 0)", "Points are not negative.")
    _none = models.Constraint(
        "CHECK(NOT (knock_out AND is_none))", "“None of these” cannot make the risk high."
    )

    @api.model_create_multi
    def create(self, vals_list):
        options = super().create(vals_list)
        options.item_id.scheme_id._refuse_published()
        return options

    def write(self, vals):
        self.item_id.scheme_id._refuse_published()
        result = super().write(vals)
        self.item_id.scheme_id._refuse_published()  # nor is an answer carried into one
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self.item_id.scheme_id._refuse_published()
