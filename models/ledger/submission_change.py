"""What changed since the unit's last report, frozen with the version (§C.3 R1): computed, never typed.

A row belongs to the data group of its column. Who may not read that group sees what is masked, or nothing.
"""

from psycopg2 import errors

from odoo import api, fields, models
from odoo.tools import SQL

from ..access import data_groups
from ..access.append_only import NEVER, append_only
from .snapshot import BESIDE, FROZEN

_BY_CODE = {column.code: column for column in (*FROZEN, *BESIDE)}

KINDS = [
    ("joined", "Joined"),
    ("left", "Left"),
    ("moved_in", "Moved in"),
    ("moved_out", "Moved out"),
    ("guardian", "Guardian changed"),
    ("work", "Work place changed"),
    ("address", "Address changed"),
    ("school", "School changed"),
    ("other", "Other change"),
]


class SubmissionChange(models.Model):
    _name = "lbc.submission.change"
    _description = "Change since the Last Quarter"
    _inherit = ["lbc.access.mixin"]
    _order = "version_id, sequence"
    _rec_name = "label"
    _log_access = False
    _journal_children = "child_ref"
    _append_only = NEVER

    version_id = fields.Many2one(
        "lbc.submission.version", required=True, readonly=True, index=True, ondelete="restrict"
    )
    against = fields.Selection(
        [("quarter", "Since the last quarter"), ("version", "Since the version before")],
        "Compared",
        default="quarter",
        required=True,
        readonly=True,
    )
    sequence = fields.Integer("No.", readonly=True, aggregator=None)
    child_ref = fields.Integer("Child", readonly=True, index=True, aggregator=None)
    file_number = fields.Char(readonly=True)
    label = fields.Char("File", readonly=True, help="Number of the file and masked name.")
    area_id = fields.Many2one("lbc.area", "Village (Key)", readonly=True, ondelete="restrict")
    township_id = fields.Many2one("lbc.area", "Township (Key)", readonly=True, ondelete="restrict")
    county_id = fields.Many2one("lbc.area", "County (Key)", readonly=True, ondelete="restrict")
    from_area_id = fields.Many2one("lbc.area", "From Village", readonly=True, ondelete="restrict")
    to_area_id = fields.Many2one("lbc.area", "To Village", readonly=True, ondelete="restrict")
    kind = fields.Selection(KINDS, readonly=True)
    ground = fields.Char(
        readonly=True, help="Code of the ground of entry or exit (R1 counts by it)."
    )
    column = fields.Char(
        "Column (Code)", readonly=True, help="Empty where the child joined, left or moved."
    )
    column_name = fields.Char("What Changed", compute="_compute_column_name")
    data_group = fields.Char(readonly=True)
    before_clear = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    after_clear = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    before_masked = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    after_masked = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    before = fields.Char(compute="_compute_values", help="Masked for who may not read the column.")
    after = fields.Char(compute="_compute_values", help="Masked for who may not read the column.")
    day = fields.Date("Happened On", readonly=True)
    basis = fields.Char(readonly=True, groups=data_groups.GUARDIANSHIP)
    entered_by = fields.Char(readonly=True, help="Member of staff who entered it.")

    @api.depends("column")
    def _compute_column_name(self):
        for change in self:
            column = _BY_CODE.get(change.column)
            change.column_name = column.heading if column else False

    @api.depends("column")
    @api.depends_context("uid")
    def _compute_values(self):
        # The stored values are nobody's to read; they are judged column by column.
        for change in self.sudo():
            column = _BY_CODE.get(change.column)
            own = change.sudo(False)
            clear = column and own.env["lbc.child"]._may_read_column(column)
            seen = clear or (column and own.env["lbc.child"]._may_see_mask(column))
            for name in ("before", "after"):
                value = change[f"{name}_clear" if clear else f"{name}_masked"] if seen else False
                own[name] = column.printed(value) if value else False

    def _note_read(self, names, ids, action="read"):
        """Note a look at the values under the data groups of the rows' columns."""
        result = super()._note_read(names, ids, action)
        if not self.env.su and {"before", "after"} & set(names) and ids:
            child = self.env["lbc.child"]
            columns = {_BY_CODE.get(one.column) for one in self.browse(ids).sudo()}
            groups = {
                one.group for one in columns if one and one.group and child._may_read_column(one)
            }
            if groups:
                self.env["lbc.journal"]._note(action, self._name, ids, groups)
        return result

    @api.model
    def _change_source(self, domain, masked=True):
        """Return SQL of the lines of `domain` that the user may see, for documents.

        Columns: version_id, against, sequence, child_ref, file_number, label, area_id, township_id,
        from_area_id, to_area_id, kind, ground, "column", before, after, day, basis, entered_by.

        :param masked: False reads what the user may not see and is for freezing documents only
        """
        self.env.flush_all()
        child = self.env["lbc.child"]
        clear = [
            code
            for code, column in _BY_CODE.items()
            if not masked or child._may_read_column(column)
        ]
        seen = [code for code, column in _BY_CODE.items() if child._may_see_mask(column)]
        value = 'CASE WHEN "column" = ANY(%s) THEN {0}_clear WHEN "column" = ANY(%s) THEN {0}_masked END'
        names = "version_id against sequence child_ref file_number label area_id township_id "
        names += "from_area_id to_area_id kind ground column day entered_by"
        basis = self._fields["basis"]
        reads_basis = not masked or self._has_field_access(basis, "read")
        return SQL(
            "SELECT %s, %s AS before, %s AS after, %s AS basis FROM (%s) line",
            SQL(", ").join(map(SQL.identifier, names.split())),
            SQL(value.format("before"), clear, seen),
            SQL(value.format("after"), clear, seen),
            SQL("basis") if reads_basis else SQL("NULL"),
            self._search(domain).select(SQL("%s.*", SQL.identifier(self._table))),
        )

    @api.model
    def _sql_error_to_message(self, exc):
        if isinstance(exc, errors.RestrictViolation) and not exc.diag.constraint_name:
            return self.env._("What was reported stays as it was. A correction is a new version.")
        return super()._sql_error_to_message(exc)

    def init(self):
        """Let the database itself refuse any change of a frozen row."""
        append_only(self.env.cr, self._table, *self._append_only)
