"""The live ledger as rows of columns: what the workbooks are written from before anything is frozen."""

from odoo import api, models
from odoo.tools import SQL


class Child(models.Model):
    _inherit = "lbc.child"

    @api.model
    def _ledger_source(self, codes, domain, day, masked=True):
        """Return SQL of the children of `domain` that the user may see: place, file number, columns.

        The counterpart of `lbc.snapshot._ledger_source`.

        :param codes: codes of columns, each a column of the result
        :param day: date for which is reported; ages, certificates and visits are those of the day
        :param masked: False reads what the user may not see and is for counting only
        """
        self.env.flush_all()
        columns, joins = self._ledger_select(codes, day, masked)
        return SQL(
            """
            SELECT child.area_id, child.township_id, child.file_number, %(columns)s
              FROM (%(children)s) child
             CROSS JOIN LATERAL (SELECT %(day)s::date AS day, child.area_id, child.township_id) asof
              %(joins)s
            """,
            columns=columns,
            day=day,
            joins=joins,
            # The choice comes first: behind a dozen joins the planner would make it last.
            children=self._search(domain).select(SQL("%s.*", SQL.identifier(self._table))),
        )
