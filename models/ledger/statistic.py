"""One cell of a published table: an area, an indicator, a number or nothing (domain.md §C.2 "A", §A.9).

A withheld number is stored nowhere: the cell is empty, not nought. Cells are written once, by the
publication, and never change.
"""

import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib import indicators
from ..access.append_only import REFUSE, append_only

WITHHELD = "*"
# The cells of a draft go with it; published ones stay.
_DRAFTS_MAY_GO = f"""
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM lbc_publication p
            WHERE p.id = OLD.publication_id AND p.state = 'draft') THEN
        RETURN OLD;
    END IF;
    {REFUSE}
END
"""
_SHORT = re.compile(r"^[^:：]*[:：] ?")
DATA_GROUPS = [
    ("statistics", "Statistics (G15)"),
    ("address", "Address and Household (G2)"),
    ("health", "Health (G4)"),
    ("economy", "Economy and Aid (G6)"),
    ("schooling", "Schooling (G7)"),
    ("guardianship", "Carers and Agreements (G8)"),
    ("visits", "Visits and Contact (G9)"),
    ("risk", "Risk and Categories (G10)"),
]


def _label(table, one):
    """Return what a selection shows for an indicator: its table, and its name where there are several."""
    return f"{table.label}: {one.label}" if len(table.indicators) > 1 else table.label


class Count(fields.Integer):
    """A whole number in which nothing is not nought: the one means withheld, the other nobody."""

    falsy_value = None

    def convert_to_record(self, value, record):
        """Return the number, False for nothing."""
        return False if value is None else value

    def convert_to_export(self, value, record):
        """Return the number, an empty text for nothing."""
        return "" if value is False or value is None else value


class Statistic(models.Model):
    _name = "lbc.statistic"
    _description = "Published Number"
    _inherit = ["lbc.access.mixin"]
    _append_only = ("lbc_statistic_append_only", _DRAFTS_MAY_GO)
    _order = "publication_id desc, sequence, is_whole, area_id"
    _lbc_export_free = True  # says nothing of a child
    _rec_name = "label"
    _log_access = False

    publication_id = fields.Many2one(
        "lbc.publication", required=True, readonly=True, index=True, ondelete="restrict"
    )
    county_id = fields.Many2one("lbc.area", readonly=True, index=True, ondelete="restrict")
    area_id = fields.Many2one(
        "lbc.area", "Township or County", required=True, readonly=True, ondelete="restrict"
    )
    is_whole = fields.Boolean("Whole County", readonly=True)
    sequence = fields.Integer(readonly=True, aggregator=None)
    table = fields.Selection([(one.code, one.label) for one in indicators.TABLES], readonly=True)
    indicator = fields.Selection(
        [
            (code, _label(indicators.TABLE_OF[code], one))
            for code, one in indicators.INDICATORS.items()
        ],
        required=True,
        readonly=True,
    )
    label = fields.Char("As in the Form", readonly=True, help="The words of the official form.")
    data_group = fields.Selection(DATA_GROUPS, required=True, readonly=True)
    value = Count("Number", readonly=True, help="Empty where the number is withheld.")
    suppressed = fields.Boolean("Withheld", readonly=True)
    shown = fields.Char("Published", compute="_compute_shown")

    _cell_unique = models.Constraint(
        "UNIQUE(publication_id, area_id, indicator)", "The table already has this number."
    )
    _withheld_is_empty = models.Constraint(
        "CHECK(suppressed = (value IS NULL))", "A number is either published or withheld."
    )

    @api.depends("value", "suppressed")
    def _compute_shown(self):
        for statistic in self:
            statistic.shown = WITHHELD if statistic.suppressed else str(statistic.value)

    def write(self, vals):
        self.check_access("write")
        if vals:  # nobody, not even a step of the product: a table is replaced by another one
            raise UserError(
                self.env._(
                    "A published number never changes. Withdraw the table and publish a corrected "
                    "one."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(state != "draft" for state in self.publication_id.mapped("state")):
            raise UserError(
                self.env._(
                    "A published table is not deleted. Withdraw it; it stays for the record."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        if vals_list:  # the publication fills its table itself, with the withheld cells left out
            raise UserError(self.env._("Published numbers come from publishing a table only."))
        return super().create(vals_list)

    def init(self):
        """Let the database itself refuse any change of a cell, and deleting published ones."""
        append_only(self.env.cr, self._table, *self._append_only)

    def _as_tables(self):
        """Return these cells as [{label, columns, rows: [(area, is the whole, [shown])]}], to print.

        Cells of one publication, in their order.
        """
        titles = dict(self._fields["table"]._description_selection(self.env))
        of_table = {}
        for cell in self:
            of_table.setdefault(cell.table, []).append(cell.id)
        return [
            {"label": titles[code], **self.browse(ids)._as_table()}
            for code, ids in of_table.items()
        ]

    def _as_table(self):
        """Return {columns, rows} of the cells of one table; the row of the whole comes last."""
        labels = dict(self._fields["indicator"]._description_selection(self.env))
        codes = list(dict.fromkeys(self.mapped("indicator")))
        rows = {}
        for cell in self:
            rows.setdefault((cell.is_whole, cell.area_id), {})[cell.indicator] = cell.shown
        return {
            "columns": [_SHORT.sub("", labels[code]) for code in codes],
            "rows": [
                (area.name, is_whole, [row.get(code, "") for code in codes])
                for (is_whole, area), row in sorted(
                    rows.items(), key=lambda row: (row[0][0], row[0][1].code)
                )
            ],
        }
