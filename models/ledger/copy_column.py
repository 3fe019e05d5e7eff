"""Which columns a recipient's copy holds (D7, L-2j, domain.md §C.3 R2): data that the district may narrow.

A copy never holds more than the recipient's role reads by the access matrix: what is ticked here and not allowed there
stays out, so that ticking can take away and never add.
"""

from odoo import api, fields, models

from ...lib import columns as column_lists
from ...reports.ledger.frozen_rows import FILE_NUMBER, Given, Reader
from .snapshot import FROZEN
from .submission_copy import RECIPIENTS


class CopyColumn(models.Model):
    _name = "lbc.copy.column"
    _description = "Column of a Copy"
    _inherit = ["lbc.access.mixin", "lbc.journal.changes"]
    _journal_changes = True
    _journal_plain_text = True
    _lbc_export_free = True  # says nothing of a child
    _default_write_group = "left_behind_children.group_departments"
    _order = "recipient, sequence, id"
    _rec_name = "heading"

    recipient = fields.Selection(RECIPIENTS, required=True, readonly=True)
    code = fields.Char(required=True, readonly=True)
    heading = fields.Char("Column", required=True, readonly=True)
    sequence = fields.Integer(readonly=True)
    data_group = fields.Char(compute="_compute_given")
    is_included = fields.Boolean("Included", default=True)
    given = fields.Selection(
        [("clear", "In clear"), ("masked", "Masked"), ("none", "Left out")],
        compute="_compute_given",
        help="What the recipient gets, by its rights and by what is ticked here.",
    )

    _one = models.Constraint("UNIQUE(recipient, code)", "The column is already in the list.")

    @api.depends("is_included", "recipient", "code")
    @api.depends_context("lang")
    def _compute_given(self):
        known = self._known()
        words = self.env["res.groups"]._lbc_data_group_names()
        for line in self:
            column = known.get(line.code)
            name = column and line.is_included and self._reader(line.recipient).name_of(column)
            line.data_group = words.get(column.group, False) if column else False
            line.given = (name == line.code and "clear") or (name and "masked") or "none"

    @api.model
    def _known(self):
        """Return {code: `Column`} of what a copy may hold: the full register, and the number of the file."""
        columns = column_lists.by_code((FILE_NUMBER, *FROZEN))
        return {code: one for code, one in columns.items() if one.census or one == FILE_NUMBER}

    @api.model
    def _reader(self, recipient):
        """Return the `Reader` with the rights of a recipient's role."""
        role = self.env.ref(f"left_behind_children.role_{recipient}")
        return Reader(self.env["lbc.access.right"]._cells(role.id))

    @api.model
    def _columns_of(self, recipient):
        """Return the `Column`s that a recipient's copy holds, in order."""
        reader = self._reader(recipient)
        lines = self.sudo().search([("recipient", "=", recipient)])  # which columns is no secret
        dropped = set(lines.filtered(lambda one: not one.is_included).mapped("code"))
        return [
            column
            for code, column in self._known().items()
            if code not in dropped and reader.name_of(column)
        ]

    @api.model
    def _lost(self, recipient, codes, groups):
        """Return the `Column`s of a stored copy that its recipient's role no longer gets as they stand there.

        :param codes: columns that the copy holds
        :param groups: data groups (short names) that it holds in clear
        """
        reader, lost = self._reader(recipient), []
        for code, column in self._known().items():
            was_clear = not column.group or column.group in groups
            name = reader.name_of(column)
            if code in codes and (name is None or (was_clear and name != code)):
                lost.append(column)
        return lost

    @api.model
    def _narrowed(self, recipient, codes, groups):
        """Return the `Given` of what a stored copy held and its recipient's role gets today."""
        today = self._reader(recipient).at_most(groups)
        columns = {one.code: one for one in self._columns_of(recipient) if one.code in codes}
        return Given({code: one for code, one in columns.items() if today.name_of(one)}, today)

    @api.model
    def _load_columns(self):
        """List every column for every recipient; what the district ticked stays (data, each upgrade)."""
        there = {(one.recipient, one.code): one for one in self.search([])}
        new = []
        for recipient, _label in RECIPIENTS:
            for sequence, (code, column) in enumerate(self._known().items()):
                values = {"heading": f"{column.block} {column.heading}", "sequence": sequence}
                if line := there.get((recipient, code)):
                    line.write(values)
                else:
                    new.append({"recipient": recipient, "code": code, **values})
        self.create(new)
