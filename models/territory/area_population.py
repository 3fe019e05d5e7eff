"""Rural minors under 16 by division and year: the denominator of the ledger (domain.md §B.2.2)."""

from odoo import fields, models


class AreaPopulation(models.Model):
    _name = "lbc.area.population"
    _description = "Rural Minors of a Division"
    _order = "area_id, year desc"
    _rec_name = "year"

    area_id = fields.Many2one("lbc.area", "Division", required=True, ondelete="cascade", index=True)
    county_id = fields.Many2one(related="area_id.county_id", store=True, index=True)
    year = fields.Integer(required=True, aggregator=None)
    rural_minors = fields.Integer(
        "Rural Minors under 16", required=True, help="Persons with rural household registration."
    )

    _year_unique = models.Constraint(
        "UNIQUE(area_id, year)", "The division already has a figure for this year."
    )
    _positive = models.Constraint(
        "CHECK(rural_minors >= 0 AND year BETWEEN 1949 AND 2200)",
        "Give a year with four digits and a number that is not negative.",
    )
