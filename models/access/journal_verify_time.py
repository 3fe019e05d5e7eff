"""`verify`, the part of time: seals cut off at the end, and rows that say another time than their seal.

A chain without its last seals is a sound chain; the counter of seals remembers how far it went. A row's time is when
its transaction began, so one day is allowed between it and the seal before.
"""

from odoo import fields, models
from odoo.tools import SQL

from .journal_seal import COUNTER
from .journal_verify import NAMED, listed

LONGEST = "interval '1 day'"  # a transaction
SKEW = "interval '1 minute'"  # the clocks of the server and of its database


class JournalSeal(models.Model):
    _inherit = "lbc.journal.seal"

    def _find_cut_off(self, seals):
        """Name the seals that the counter remembers behind the last one; its own loss, too."""
        [[counter]] = self.env.execute_query(SQL("SELECT to_regclass(%s)", COUNTER))
        last = seals[-1:].number
        counted = 0
        if counter:
            [[counted]] = self.env.execute_query(
                SQL("SELECT last_value FROM %s", SQL.identifier(COUNTER))
            )
        if counted <= last:
            yield ("seal", self.env._("The counter of seals was altered or is gone."))
        for number in range(last + 1, min(counted, last + NAMED)):
            yield ("seal", self.env._("Seal %(number)s is gone.", number=number))

    def _find_other_times(self, purged_to):
        """Name the rows whose time lies before the seal before theirs, or after their own."""
        [[ids]] = self.env.execute_query(
            SQL(
                """
                WITH runs AS (
                    SELECT cluster, sealed_at, lag(sealed_at) OVER (ORDER BY min(number)) AS before
                      FROM lbc_journal_seal WHERE kind = 'rows' GROUP BY cluster, sealed_at),
                spans AS (
                    SELECT cluster, sealed_at, coalesce(lag(sealed_at) OVER (
                           PARTITION BY cluster ORDER BY sealed_at), before) AS before FROM runs),
                ends AS (
                    SELECT cluster, max(sealed_at) AS sealed_at, max(xid_to::xid8) AS xid_to
                      FROM lbc_journal_seal WHERE kind = 'rows' GROUP BY cluster)
                SELECT array_agg(id ORDER BY id) FROM (
                    SELECT entry.id
                      FROM lbc_journal_seal sealed
                      JOIN spans USING (cluster, sealed_at)
                CROSS JOIN LATERAL unnest(sealed.row_ids) listed (id)
                      JOIN lbc_journal entry ON entry.id = listed.id
                     WHERE sealed.kind = 'rows' AND sealed.number > %(purged_to)s
                       AND (entry.at < spans.before - %(longest)s
                            OR entry.at > sealed.sealed_at + %(skew)s)
                     UNION ALL
                    SELECT entry.id
                      FROM lbc_journal entry JOIN ends USING (cluster)
                     WHERE entry.xid >= ends.xid_to
                       AND (entry.at < ends.sealed_at - %(longest)s
                            OR entry.at > %(now)s::timestamp + %(skew)s)) found
                """,
                purged_to=purged_to,
                longest=SQL(LONGEST),
                skew=SQL(SKEW),
                now=fields.Datetime.now(),
            )
        )
        if ids:
            text = self.env._(
                "%(count)s rows say another time than when they were sealed: %(ids)s.",
                count=len(ids),
                ids=listed(ids),
            )
            yield ("time", text)
