"""The counter of the journal's seals: it never goes back, so that a tail cut off leaves a gap."""

from odoo import models
from odoo.tools import SQL

from .journal_seal import COUNTER


class JournalSeal(models.Model):
    _inherit = "lbc.journal.seal"

    def _make_counter(self, number):
        """Make the sequence that gives the next seal this number."""
        self.env.cr.execute(
            SQL(
                "CREATE SEQUENCE %s START %s OWNED BY lbc_journal_seal.number",
                SQL.identifier(COUNTER),
                SQL(str(int(number))),
            )
        )

    def _next_number(self, last):
        """Return the number (int) of the next seal and count on.

        Restarted instead of `nextval`: a sealing rolled back takes its number back, and leaves no
        gap that looks like a seal cut off.
        """
        [[counted]] = self.env.execute_query(
            SQL("SELECT last_value FROM %s", SQL.identifier(COUNTER))
        )
        number = max(counted, last + 1)
        self.env.cr.execute(
            SQL("ALTER SEQUENCE %s RESTART WITH %s", SQL.identifier(COUNTER), SQL(str(number + 1)))
        )
        return number
