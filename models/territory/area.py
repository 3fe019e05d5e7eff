"""Administrative divisions: province, city, county, township, village (L-0g, domain.md §B.15).

Villages merge and are renamed: a division is never deleted, it gets an end of validity and a
successor, and what happened before keeps pointing at the old one (domain.md §C.6 case 18).
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...lib import places

LEVELS = [
    ("province", "Province"),
    ("city", "City"),
    ("county", "County"),
    ("township", "Township"),
    ("village", "Village"),
]
LEVEL_ORDER = [level for level, _label in LEVELS]
PARENT_LEVEL = {"village": "township", "township": "county"}


def may_lie_in(level, parent_level):
    """Return whether a division of `level` may lie directly in one of `parent_level` (bool).

    The keys of every record follow from villages in townships in counties; above that a level may
    be missing (a county run by its province).
    """
    if level in PARENT_LEVEL:
        return parent_level == PARENT_LEVEL[level]
    return LEVEL_ORDER.index(parent_level) < LEVEL_ORDER.index(level)


class Area(models.Model):
    _name = "lbc.area"
    _description = "Administrative Division"
    _parent_store = True
    _order = "code"
    _rec_names_search = ["name", "short_name", "code"]

    code = fields.Char(required=True, copy=False, help="12 digits of the statistics bureau.")
    name = fields.Char(required=True, help="Official name.")
    short_name = fields.Char(
        compute="_compute_short_name", store=True, precompute=True, help="Name in daily use."
    )
    level = fields.Selection(LEVELS, required=True, index=True)
    parent_id = fields.Many2one("lbc.area", "Superior Division", ondelete="restrict", index=True)
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("lbc.area", "parent_id", "Subordinate Divisions")
    township_id = fields.Many2one(
        "lbc.area", compute="_compute_keys", store=True, recursive=True, index=True
    )
    county_id = fields.Many2one(
        "lbc.area", compute="_compute_keys", store=True, recursive=True, index=True
    )
    valid_from = fields.Date()
    valid_to = fields.Date(help="Last day on which the division existed.")
    successor_id = fields.Many2one(
        "lbc.area",
        "Successor Division",
        ondelete="restrict",
        index="btree_not_null",
        help="What it became part of.",
    )
    predecessor_ids = fields.One2many("lbc.area", "successor_id")
    population_ids = fields.One2many("lbc.area.population", "area_id", "Rural Minors by Year")
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a division with this code.")
    _code_digits = models.Constraint(
        "CHECK(code ~ '^[0-9]{12}$')", "The code of a division has exactly 12 digits."
    )
    _validity = models.Constraint(
        "CHECK(valid_to >= valid_from)", "A division cannot end before it begins."
    )
    _no_own_successor = models.Constraint(
        "CHECK(successor_id <> id)", "A division cannot be its own successor."
    )

    @api.depends("name", "level")
    def _compute_short_name(self):
        for area in self:
            is_village = area.level == "village"
            area.short_name = places.neat_area_name(area.name or "") if is_village else area.name

    @api.depends("level", "parent_id.township_id", "parent_id.county_id")
    def _compute_keys(self):
        for area in self:
            area.township_id = area if area.level == "township" else area.parent_id.township_id
            area.county_id = area if area.level == "county" else area.parent_id.county_id

    @api.depends("short_name", "level", "parent_id.short_name", "valid_to")
    @api.depends_context("lbc_short_area")
    def _compute_display_name(self):
        short = self.env.context.get("lbc_short_area")
        for area in self:
            name = area.short_name or area.name or ""
            if area.level == "village" and not short:
                name = f"{area.parent_id.short_name or ''} {name}".strip()
            area.display_name = name

    @api.constrains("level", "parent_id")
    def _check_level(self):
        for area in self.filtered("parent_id"):
            if not may_lie_in(area.level, area.parent_id.level):
                raise ValidationError(
                    self.env._(
                        "%(area)s cannot lie in %(parent)s: a village lies in a township, a "
                        "township in a county, any other division in a higher one.",
                        area=area.name,
                        parent=area.parent_id.name,
                    )
                )

    @api.constrains("successor_id")
    def _check_successor(self):
        for area in self:
            step, passed = area.successor_id, self.browse()
            while step and step != area and step not in passed:
                passed |= step
                step = step.successor_id
            if step:
                raise ValidationError(
                    self.env._(
                        "The successors of %(area)s lead back to it. A division becomes part of one "
                        "that exists today.",
                        area=area.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        areas = super().create(vals_list)
        self.env.registry.clear_cache()
        return areas

    def write(self, vals):
        result = super().write(vals)
        if {"parent_id", "level", "successor_id", "active"} & vals.keys():
            self.env.registry.clear_cache()  # record rules are cached with the areas in them
        return result

    def _with_predecessors(self):
        """Return these divisions and all that were merged into them, directly or in steps."""
        found = layer = self
        while layer := layer.with_context(active_test=False).predecessor_ids - found:
            found |= layer
        return found

    def _on(self, day):
        """Return the division that is responsible on `day` (date) for what lies here.

        Follows successors while the division had already ended before that day.
        """
        self.ensure_one()
        area, passed = self, self
        while area.successor_id and area.valid_to and area.valid_to < day:
            area = area.successor_id
            if area in passed:  # a constraint refuses cycles; rows written by SQL shall not hang us
                break
            passed |= area
        return area
