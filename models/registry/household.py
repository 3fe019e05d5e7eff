"""The household: where children live together and what one visit covers (L-2d, §C.6 case 7)."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..access import data_groups


class Household(models.Model):
    _name = "lbc.household"
    _description = "Household"
    _inherit = ["lbc.access.mixin", "lbc.area.mixin"]
    _order = "area_id, number"
    _default_write_group = data_groups.WRITE_FILE
    _thread_group = data_groups.WRITE_FILE
    _rec_name = "number"
    _journal_changes = True

    number = fields.Char(readonly=True, copy=False, index=True)
    address = fields.Char(groups=data_groups.ADDRESS)
    child_ids = fields.One2many(
        "lbc.child", "household_id", "Children", help="Also those who have left the ledger."
    )
    child_count = fields.Integer("Number of Children", compute="_compute_child_count")
    economy = fields.Selection(
        [
            ("general", "General"),
            ("subsistence", "Subsistence allowance"),
            ("extreme_poverty", "Support for the extremely poor"),
            ("monitored", "Monitored against a return to poverty"),
        ],
        "Economic Class",
        groups=data_groups.ECONOMY,
    )
    income_source = fields.Char("Main Sources of Income", groups=data_groups.ECONOMY)
    note = fields.Text(groups=data_groups.ADDRESS)

    _area_order = models.Index("(area_id, number)")
    _township_order = models.Index("(township_id, id)")
    _county_order = models.Index("(county_id, id)")

    @api.depends("child_ids")
    def _compute_child_count(self):
        for household in self:
            household.child_count = len(household.child_ids)

    def write(self, vals):
        if "area_id" in vals and not self.env.su:
            self.check_access("write")
        if "area_id" in vals and not self.env.su and self.child_ids:
            raise UserError(
                self.env._("A household moves with its children: use “Move” on their files.")
            )
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        households = super().create(vals_list)
        numbers = self.env["ir.sequence"]._lbc_take("lbc.household", len(households))
        # Read-only to everybody, so it is not among the values that the access mixin judges.
        for household, number in zip(households.sudo(), numbers, strict=True):
            household.number = number
        return households

    @api.model
    def _journal_children_sql(self, ids):
        return SQL("SELECT id FROM lbc_child WHERE household_id = ANY(%s)", ids)
