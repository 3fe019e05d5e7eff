"""A question of the risk scorecard (domain.md §B.11)."""

from odoo import api, fields, models


class RiskItem(models.Model):
    _name = "lbc.risk.item"
    _description = "Item of a Risk Scorecard"
    _inherit = ["lbc.access.mixin"]
    _order = "scheme_id, sequence, id"
    _journal_changes = True
    _journal_plain_text = True
    _lbc_export_free = True

    scheme_id = fields.Many2one("lbc.risk.scheme", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    block = fields.Char(required=True, help="Heading under which the item stands.")
    name = fields.Char("Question", required=True)
    note = fields.Char("How to Answer")
    several = fields.Boolean(
        "Several Answers",
        help="Each chosen answer takes its points off; otherwise the one chosen gives them.",
    )
    points = fields.Float("Most Points", default=10, required=True, digits=(5, 1))
    weight = fields.Float(default=1, required=True, digits=(5, 2))
    option_ids = fields.One2many("lbc.risk.option", "item_id", "Answers", copy=True)

    _range = models.Constraint(
        "CHECK(points >= 0 AND weight > 0)", "Points are not negative, weights greater than 0."
    )

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items.scheme_id._refuse_published()
        return items

    def write(self, vals):
        self.scheme_id._refuse_published()
        result = super().write(vals)
        self.scheme_id._refuse_published()  # nor is an item carried into one
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self.scheme_id._refuse_published()
