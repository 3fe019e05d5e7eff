"""The child's list of columns, to which every room adds its own (architecture, idea 8)."""

from odoo import api, models
from odoo.tools import SQL

from ..access import rights
from . import columns
from .past_sql import on_day


class Child(models.Model):
    _inherit = "lbc.child"

    @api.model
    def _ledger_columns(self):
        """Return the columns (list of `lib.columns.Column`) in the order of the official form."""
        return [*columns.COLUMNS, *columns.WAITING]

    @api.model
    def _ledger_joins(self):
        """Return {alias: SQL text of the join}; each hangs on `child` and `asof`."""
        return dict(columns.JOINS)

    @api.model
    def _ledger_select(self, codes, day, masked=False):
        """Return (SQL of the select list, SQL of the joins) that read these columns.

        The query's FROM has the child as `child` and, as `asof`, the `day` (date), `area_id` and
        `township_id` for which is reported. Each expression carries its code as name.

        :param codes: codes of columns, in the order wanted
        :param day: the same day (date) as in `asof`
        :param masked: read what protected columns show to whoever lacks the data group of each;
            False reads everything and is for freezing and counting only
        """
        known = {column.code: column for column in self._ledger_columns()}
        return self._ledger_sql(
            {code: self._ledger_expression(known[code], masked) for code in codes}, day
        )

    @api.model
    def _ledger_sql(self, expressions, day):
        """Return (SQL of the select list, SQL of the joins) of {name: SQL text of the expression}.

        :param day: date for which is reported
        """
        joins, text = [], " ".join(expressions.values())
        for alias, join in reversed(self._ledger_joins().items()):
            if f"{alias}." in text:
                joins.insert(0, join)
                text += join  # which may hang on an alias before it
        named = [f"{expression} AS {name}" for name, expression in expressions.items()]
        return SQL(on_day(", ".join(named), day)), SQL(on_day(" ".join(joins), day))

    @api.model
    def _ledger_expression(self, column, masked):
        """Return the SQL text of one column for the present user (constants of the code only)."""
        if masked and not self._may_read_column(column):
            return (self._may_see_mask(column) and column.masked) or "NULL"
        return column.sql or "NULL"

    @api.model
    def _may_read_column(self, column):
        """Return whether the user may read the column's data group in clear (bool)."""
        if not column.group or self.env.su:
            return True
        return self.env.user.has_group(f"left_behind_children.group_{column.group}_read")

    @api.model
    def _may_see_mask(self, column):
        """Return whether the user sees the masked companion of a column he may not read (bool)."""
        if column.group not in rights.MASKED or self.env.su:
            return True
        return self.env.user.has_group(f"left_behind_children.group_{column.group}_masked")
