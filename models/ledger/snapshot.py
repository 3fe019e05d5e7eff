"""One frozen row per child of a submission: all columns of the ledger, as of the cut-off (idea 6).

The columns are real ones, made from the list that the rooms declare; what an administrator adds
later goes into `extra`. A trigger refuses change, whoever tries.
"""

from odoo import api, fields, models

from ...lib.columns import DATE, NUMBER, TERM
from ..access import data_groups
from ..registry import columns as registry_columns

_FIELD_TYPES = {DATE: fields.Date, NUMBER: fields.Integer}
_OF_GROUP = {group.split("group_")[1].removesuffix("_read"): group for group in data_groups.ALL}
FROZEN = tuple(column for column in registry_columns.COLUMNS)


def frozen_field(column):
    """Return the Odoo field in which a `lib.columns.Column` is frozen."""
    groups = _OF_GROUP.get(column.group)
    if column.kind == TERM:
        selection = [(term.code, term.english) for term in column.terms]
        return fields.Selection(selection, column.label, groups=groups, readonly=True)
    kind = _FIELD_TYPES.get(column.kind, fields.Char)
    return kind(column.label, groups=groups, readonly=True)


class Snapshot(models.Model):
    _name = "lbc.snapshot"
    _description = "Frozen Ledger Row"
    _inherit = ["lbc.access.mixin"]
    _order = "submission_id, area_id, file_number"
    _rec_name = "label"
    _log_access = False

    submission_id = fields.Many2one(
        "lbc.submission", required=True, readonly=True, index=True, ondelete="restrict"
    )
    child_ref = fields.Integer("Child", readonly=True, index=True, aggregator=None)
    file_number = fields.Char(readonly=True)
    label = fields.Char("File", readonly=True, help="Number of the file and masked name.")
    area_id = fields.Many2one("lbc.area", "Village (Key)", readonly=True)
    township_id = fields.Many2one("lbc.area", "Township (Key)", readonly=True)
    county_id = fields.Many2one("lbc.area", "County (Key)", readonly=True)
    name_masked = fields.Char("Masked Name", readonly=True)
    id_number_masked = fields.Char("Masked Identity Number", readonly=True)
    date_entry = fields.Date("Entered On", readonly=True)
    extra = fields.Json(readonly=True, groups="base.group_no_one")

    locals().update({column.code: frozen_field(column) for column in FROZEN})

    _row_unique = models.Constraint(
        "UNIQUE(submission_id, child_ref)", "The child is already in this submission."
    )
    _area_order = models.Index("(area_id, submission_id, file_number)")
    _township_order = models.Index("(township_id, submission_id, file_number)")

    @api.model
    def _column_codes(self):
        """Return the codes of the columns that are frozen, in the order of the official form."""
        return [column.code for column in FROZEN]

    def init(self):
        """Let the database itself refuse any change of a frozen row."""
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION lbc_snapshot_frozen() RETURNS trigger AS $$
            BEGIN
                RAISE EXCEPTION 'A submitted ledger row cannot change. Submit a correction.'
                      USING ERRCODE = 'restrict_violation';
            END $$ LANGUAGE plpgsql;
            CREATE OR REPLACE TRIGGER lbc_snapshot_frozen_row
                BEFORE UPDATE OR DELETE ON lbc_snapshot
                FOR EACH ROW EXECUTE FUNCTION lbc_snapshot_frozen();
            CREATE OR REPLACE TRIGGER lbc_snapshot_frozen_table
                BEFORE TRUNCATE ON lbc_snapshot
                FOR EACH STATEMENT EXECUTE FUNCTION lbc_snapshot_frozen();
            """
        )
