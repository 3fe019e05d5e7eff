"""One step of a county's quarter at a time: open, check, submit, receive, return, move and merge follow each other.

Under REPEATABLE READ a lock alone is not enough: whoever waited for it goes on with what he saw before he waited. So
each step writes the county's row: the second of two that overlap fails with a serialization error, and Odoo runs the
request again, with what the first one left (`odoo.service.model.retrying`).
"""

from odoo import api, models


class Quarter(models.Model):
    _inherit = "lbc.quarter"

    @api.model
    def _take_turn(self, counties):
        """Let no other step of these counties (`lbc.area`) take place beside this transaction.

        :raises psycopg2.errors.SerializationFailure: another step was taken since this transaction
            began; the request is repeated
        """
        if counties:
            self.env.cr.execute(
                "INSERT INTO lbc_quarter_turn (county_id) SELECT unnest(%s) "
                "ON CONFLICT (county_id) DO UPDATE SET turn = lbc_quarter_turn.turn + 1",
                [sorted(counties.ids)],
            )

    def init(self):
        """Make the table of turns; no model, for nobody reads it and no other row refers to it."""
        self.env.cr.execute(
            "CREATE TABLE IF NOT EXISTS lbc_quarter_turn "
            "(county_id int PRIMARY KEY, turn bigint NOT NULL DEFAULT 0)"
        )
