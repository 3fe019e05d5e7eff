"""A row of a census, kept whole (architecture, idea 8; B-2a).

`raw` holds the cells as they stood in the workbook, by code of the column; cells under headings the ledger does not
know lie under "?" and the heading. What no room understands yet waits here: see `_waiting_rows`.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from .census_texts import FINDINGS

STATUSES = [("ok", "OK"), ("warning", "Warning"), ("error", "Error")]
RESULTS = [
    ("created", "New child"),
    ("updated", "Changed"),
    ("unchanged", "Unchanged"),
    ("rejected", "Not imported"),
]


class CensusLine(models.Model):
    _name = "lbc.census.line"
    _description = "Census Row"
    _inherit = ["lbc.access.mixin"]
    _order = "import_id desc, row"
    _lbc_data_groups = ("identity", "address", "parent_contact", "health")
    _rec_name = "row"
    _journal_children = "child_id"

    import_id = fields.Many2one("lbc.census.import", "Census", required=True, ondelete="cascade")
    row = fields.Integer(required=True, aggregator=None, help="Number of the row in the workbook.")
    status = fields.Selection(STATUSES, "Verdict", required=True)
    problem = fields.Selection(
        "_selection_problem", "Finding", help="The first error of the row, else the first warning."
    )
    message = fields.Text("Findings", help="Cell, reason and remedy of each finding.")
    result = fields.Selection(RESULTS)
    name_masked = fields.Char("Masked Name")
    # All data groups of a row at once, read by the steps alone.
    raw = fields.Json("Cells", groups=fields.NO_ACCESS)
    child_id = fields.Many2one("lbc.child", "File", ondelete="set null", index="btree_not_null")
    area_id = fields.Many2one("lbc.area", "Village", ondelete="set null", index="btree_not_null")
    township_id = fields.Many2one("lbc.area", ondelete="set null")
    county_id = fields.Many2one("lbc.area", ondelete="set null")

    _row_unique = models.UniqueIndex("(import_id, row)")
    _township_order = models.Index("(township_id, id) WHERE township_id IS NOT NULL")
    _county_order = models.Index("(county_id, id) WHERE county_id IS NOT NULL")

    @api.model
    def _selection_problem(self):
        return [(code, self.env._(short)) for code, (short, _sentence) in FINDINGS.items()]

    @api.depends("row")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            line.display_name = self.env._("Row %(number)s", number=line.row)

    @api.model
    def _waiting_rows(self, codes):
        """Return what censuses said in columns whose rooms were not there yet, for these rooms to replay.

        Rooms that begin to understand a column (agreement dates, paired teacher) read it here, in their migration, for
        the children on file; the newest census that says anything of these columns counts for a child. Rows that were
        refused are not among them: they have no child.

        :param codes: codes of columns, e.g. ("agreement_from", "agreement_to")
        :return: [(id of the child, date of the census, {code: text as in the workbook})], each child once
        """
        codes = list(codes)
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (line.child_id) line.child_id, census.as_of, line.raw
                  FROM lbc_census_line line JOIN lbc_census_import census ON census.id = line.import_id
                 WHERE line.child_id IS NOT NULL AND line.raw ?| %s
                 ORDER BY line.child_id, census.as_of DESC, line.id DESC
                """,
                codes,
            )
        )
        return [
            (child, day, {code: raw[code] for code in codes if code in raw})
            for child, day, raw in rows
        ]

    @api.model
    def _data_group_map(self):
        """The cells of a census are clear text of every column."""
        return {**super()._data_group_map(), "raw": frozenset(("identity",))}
