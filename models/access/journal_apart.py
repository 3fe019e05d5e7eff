"""Rows of the journal that must outlive a refusal, and limits that parallel requests cannot race (§B.14).

A transaction sees what was committed before it began, so whoever counts rows against a limit waits for the user's
other transactions and then asks in a transaction of its own.
"""

from contextlib import contextmanager

from odoo import api, models, modules
from odoo.tools import SQL

_NEAR = 0.9  # of a limit: from here on the user's transactions take turns


class Journal(models.Model):
    _inherit = "lbc.journal"

    @contextmanager
    def _apart(self):
        """Yield the model in a transaction of its own that is committed at the end.

        Tests have one transaction that is never committed: there it is the present one.
        """
        if modules.module.current_test:
            yield self
            return
        with self.env.registry.cursor() as cr:
            # The transaction around this one may hold the user's turn: no waiting for oneself.
            cr.execute("SET LOCAL lock_timeout = '3s'")
            yield self.with_env(self.env(cr=cr))

    @api.model
    def _takes_turns(self, count, limit):
        """Wait for the user's other transactions if `count` is near `limit`; return whether (bool)."""
        if count < limit * _NEAR:
            return False
        self.env.cr.execute(
            SQL("SELECT pg_advisory_xact_lock(hashtext('lbc_limit'), %s)", self.env.uid)
        )
        return True

    @api.model
    def _files_of_transaction(self):
        """Return the ids (list) of the children whose files the running transaction read for the user."""
        query = SQL(
            "SELECT DISTINCT unnest(child_ids) FROM lbc_journal WHERE user_id = %s "
            "AND xid = pg_current_xact_id() AND action = 'read' AND groups <> ''",
            self.env.uid,
        )
        return [child_id for (child_id,) in self.env.execute_query(query)]

    @api.model
    def _lookups_done(self, minutes=60):
        """Return how many searches outside his area the user made in the last minutes (int)."""
        query = SQL("SELECT count(*)::int %s", self._lookups_sql(minutes))
        [[number]] = self.env.execute_query(query)
        return number

    @api.model
    def _told_of(self, child_ids, minutes=60):
        """Return of which of these children (ids) a search of the last minutes told the user (set)."""
        query = SQL("SELECT DISTINCT unnest(child_ids) %s", self._lookups_sql(minutes))
        return {child_id for (child_id,) in self.env.execute_query(query)} & set(child_ids)

    @api.model
    def _lookups_sql(self, minutes):
        # The database's clock: it also stamped the rows.
        return SQL(
            "FROM lbc_journal WHERE user_id = %s AND action = 'lookup' "
            "AND at >= (now() AT TIME ZONE 'UTC') - %s * interval '1 minute'",
            self.env.uid,
            minutes,
        )
