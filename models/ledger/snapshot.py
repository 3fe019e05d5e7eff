"""One frozen row per child of a submission: all columns of the ledger, as of the cut-off (idea 6).

The columns are real ones, made from the lists that the rooms above declare; what an administrator
adds later goes into `extra`. What may be shown masked is frozen masked as well. A trigger refuses
change, whoever tries.
"""

from psycopg2 import errors

from odoo import api, fields, models
from odoo.tools import SQL

from ...lib.columns import DATE, NUMBER, TERM, Column, after_block
from ..access import data_groups
from ..access.append_only import NEVER, append_only
from ..guardianship import columns as guardianship_columns
from ..registry import columns as registry_columns
from ..visits import columns as visit_columns

_FIELD_TYPES = {DATE: fields.Date, NUMBER: fields.Integer}
_OF_GROUP = {group.split("group_")[1].removesuffix("_read"): group for group in data_groups.ALL}
_MASKED_OF_GROUP = {
    "address": data_groups.ADDRESS_MASKED,
    "parent_contact": data_groups.PARENT_CONTACT_MASKED,
}
FROZEN = (
    *after_block(
        (*registry_columns.COLUMNS, *registry_columns.WAITING), guardianship_columns.COLUMNS
    ),
    *visit_columns.COLUMNS,
)
MASKED = tuple(column for column in FROZEN if column.masked)
# frozen beside the columns of the ledger; a correction may change them too
BESIDE = (
    Column("date_entry", "纳入日期", "Entered On", kind=DATE, census=False),
    Column("verified_on", "最近核实日期", "Last Verified", kind=DATE, census=False),
)


def frozen_field(column):
    """Return the Odoo field in which a `lib.columns.Column` is frozen."""
    groups = _OF_GROUP.get(column.group)
    if column.kind == TERM:
        selection = [(term.code, term.english) for term in column.terms]
        return fields.Selection(selection, column.label, groups=groups, readonly=True)
    kind = _FIELD_TYPES.get(column.kind, fields.Char)
    return kind(column.label, groups=groups, readonly=True)


def masked_name(column):
    """Return the name of the field that whoever may not read the column sees instead."""
    return f"{column.code}_masked"


def masked_field(column):
    """Return the Odoo field of a column's masked companion."""
    group = _MASKED_OF_GROUP.get(column.group)
    return fields.Char(f"{column.label} (Masked)", readonly=True, groups=group)


STORED = (*(column.code for column in FROZEN), *(masked_name(column) for column in MASKED))


class Snapshot(models.Model):
    _name = "lbc.snapshot"
    _description = "Frozen Ledger Row"
    _inherit = ["lbc.access.mixin"]
    _order = "version_id, area_id, file_number"
    _rec_name = "label"
    _log_access = False
    _journal_children = "child_ref"
    _append_only = NEVER

    submission_id = fields.Many2one(
        "lbc.submission", required=True, readonly=True, index=True, ondelete="restrict"
    )
    version_id = fields.Many2one(
        "lbc.submission.version", required=True, readonly=True, ondelete="restrict"
    )
    child_ref = fields.Integer("Child", readonly=True, index=True, aggregator=None)
    file_number = fields.Char(readonly=True)
    label = fields.Char("File", readonly=True, help="Number of the file and masked name.")
    area_id = fields.Many2one("lbc.area", "Village (Key)", readonly=True, ondelete="restrict")
    township_id = fields.Many2one("lbc.area", "Township (Key)", readonly=True, ondelete="restrict")
    county_id = fields.Many2one("lbc.area", "County (Key)", readonly=True, ondelete="restrict")
    date_entry = fields.Date("Entered On", readonly=True)
    verified_on = fields.Date("Last Verified", readonly=True)
    school_key = fields.Integer(
        "School (Key)", readonly=True, aggregator=None, groups=data_groups.SCHOOLING
    )
    extra = fields.Json(readonly=True, groups="base.group_no_one")

    locals().update({column.code: frozen_field(column) for column in FROZEN})
    locals().update({masked_name(column): masked_field(column) for column in MASKED})

    _row_unique = models.Constraint(
        "UNIQUE(version_id, child_ref)", "The child is already in this version."
    )
    _area_order = models.Index("(area_id, version_id, file_number)")
    _township_order = models.Index("(township_id, version_id, file_number)")

    @api.model
    def _ledger_source(self, codes, domain, masked=True):
        """Return SQL of the frozen rows of `domain` that the user may see: place, file number, columns.

        :param codes: codes of columns, each a column of the result
        :param masked: False reads what the user may not see and is for counting only
        """
        self.env.flush_all()
        known = {column.code: column for column in FROZEN}
        columns = [self._ledger_expression(known[code], masked) for code in codes]
        return SQL(
            "SELECT frozen.area_id, frozen.township_id, frozen.file_number, %s FROM (%s) frozen",
            SQL(", ").join(columns),
            self._search(domain).select(SQL("%s.*", SQL.identifier(self._table))),
        )

    @api.model
    def _ledger_expression(self, column, masked):
        """Return SQL of a frozen column, or of its masked companion, under the column's code."""
        name = column.code
        if masked and not self.env["lbc.child"]._may_read_column(column):
            seen = column.masked and self.env["lbc.child"]._may_see_mask(column)
            name = masked_name(column) if seen else None
        value = SQL.identifier("frozen", name) if name else SQL("NULL")
        return SQL("%s AS %s", value, SQL.identifier(column.code))

    @api.model
    def _sql_error_to_message(self, exc):
        """Say in the user's language what the trigger refuses."""
        if isinstance(exc, errors.RestrictViolation) and not exc.diag.constraint_name:
            return self.env._(
                "What was reported stays as it was: a submitted ledger row is never changed or "
                "deleted. Correct the child's file; the next quarter reports the correction."
            )
        return super()._sql_error_to_message(exc)

    def init(self):
        """Let the database itself refuse any change of a frozen row."""
        append_only(self.env.cr, self._table, *self._append_only)
