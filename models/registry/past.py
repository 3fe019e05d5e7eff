"""What the register said before: one row for each value that changed (L-2h, §C.6 cases 2 and 16).

The ledger reports as of a day, and R1 says when, why and by whom something changed. Both come from here wherever a
table has no dates of its own. It holds clear values of all data groups: no role reads it.
"""

from psycopg2 import errors

from odoo import api, fields, models

from ..access.append_only import NEVER, append_only


class Past(models.Model):
    _name = "lbc.past"
    _description = "Earlier Value"
    _inherit = ["lbc.access.mixin"]
    _order = "id desc"
    _rec_name = "field"
    _log_access = False
    _append_only = NEVER

    model = fields.Char(required=True, readonly=True)
    res_id = fields.Integer("Record", required=True, readonly=True, aggregator=None)
    field = fields.Char(required=True, readonly=True)
    before = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    after = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    day = fields.Date("Happened On", required=True, readonly=True)
    is_correction = fields.Boolean(
        "Error Corrected", readonly=True, help="The earlier value was never true, or missing."
    )
    basis = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    user_id = fields.Many2one("res.users", "Entered By", readonly=True, ondelete="restrict")
    recorded_at = fields.Datetime(required=True, readonly=True)

    _of_record = models.Index("(model, res_id, field, id)")
    _day_order = models.Index("(model, day)")

    @api.model
    def _sql_error_to_message(self, exc):
        if isinstance(exc, errors.RestrictViolation) and not exc.diag.constraint_name:
            return self.env._("Earlier values are kept as they were. Enter a correction instead.")
        return super()._sql_error_to_message(exc)

    def init(self):
        """Let the database itself refuse any change of what was."""
        append_only(self.env.cr, self._table, *self._append_only)
