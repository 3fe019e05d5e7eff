"""Duties of a whole district in a constant number of statements (architecture, idea 5).

Safe to run twice, in parallel, or after days of outage: an advisory lock lets one generator work at
a time, an anti-join leaves alone what is there without burning ids, and the unique index decides
about what another transaction made meanwhile.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ...lib import ages, periods

LOCK = 0x4C4243_01  # "LBC", generator of duties


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _generate_month(self, kind, day, children, interval=1):
        """Make the duties of `kind` for the month of `day` for these children's subjects.

        :param kind: `lbc.duty.kind` whose subject is a child or a household
        :param day: date in the month
        :param children: domain over `lbc.child`; the caller's record rules apply to it
        :param interval: months from one duty to the next; who had one within it gets none
        :return: number (int) of duties made
        """
        # OFFSET 0 keeps the planner from joining: the index answers for each subject. Statistics do
        # not know of a new month yet, so it would compare every subject with every duty of it.
        self._lock_generator()
        start, end = periods.month_start(day), periods.month_end(day)
        query = self.env["lbc.child"]._search(children)
        source = self._source_of_subjects(kind.subject_type, query)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO lbc_duty (
                    kind_id, child_id, household_id, subject_key, area_id, township_id, county_id,
                    slot_start, window_start, due_date, subject_count, state,
                    create_uid, write_uid, create_date, write_date)
                SELECT %(kind)s, s.child_id, s.household_id, s.subject_key,
                       s.area_id, s.township_id, s.county_id,
                       %(start)s, %(start)s, %(end)s, s.subject_count, 'open',
                       %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                  FROM (%(source)s) s
                 WHERE NOT EXISTS (
                       SELECT 1 FROM lbc_duty d
                        WHERE d.kind_id = %(kind)s AND d.subject_key = s.subject_key
                          AND d.slot_start > %(floor)s AND d.slot_start <= %(start)s
                       OFFSET 0)
                ON CONFLICT DO NOTHING
                """,
                kind=kind.id,
                start=start,
                floor=ages.add_months(start, -interval),
                end=end,
                uid=self.env.uid,
                source=source,
            )
        )
        made = self.env.cr.rowcount
        if made:
            reason = f"{made} × {kind.code} {start}"
            self.env["lbc.journal"]._note("create", self._name, reason=reason)
        self.invalidate_model()
        return made

    @api.model
    def _source_of_subjects(self, subject_type, query):
        """Return SQL: one row per child or household, with its keys and how many children it has."""
        if subject_type == "child":
            return query.select(
                SQL(
                    """
                    lbc_child.id AS child_id, NULL::int AS household_id,
                    'child:' || lbc_child.id AS subject_key, lbc_child.area_id,
                    lbc_child.township_id, lbc_child.county_id, 1 AS subject_count
                    """
                )
            )
        return SQL(
            """
            SELECT NULL::int AS child_id, h.id AS household_id, 'household:' || h.id AS subject_key,
                   h.area_id, h.township_id, h.county_id, g.subject_count
              FROM (SELECT c.household_id, count(*) AS subject_count
                      FROM (%s) c GROUP BY c.household_id) g
              JOIN lbc_household h ON h.id = g.household_id
            """,
            query.select(SQL("lbc_child.household_id")),
        )

    @api.model
    def _lock_generator(self):
        """Wait until no other transaction makes duties.

        Whoever waited does not see the other's rows (REPEATABLE READ): his statement meets them in
        the unique index, which ends it as a serialization failure, and Odoo begins the request anew.
        """
        self.env.cr.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])

    @api.model
    def _cancel_for(self, households):
        """Cancel open duties of households in which no child is on the ledger any more."""
        today = fields.Date.context_today(self)
        duties = self.sudo().search(  # duties are read-only for every role
            [("household_id", "in", households.ids), ("state", "=", "open")]
        )
        on_ledger = self.env["lbc.child"]._on_ledger_domain()
        alive = (
            self.env["lbc.child"]
            .sudo()
            .search([("household_id", "in", households.ids), *on_ledger])
            .household_id
        )
        gone = duties.filtered(lambda duty: duty.household_id not in alive)
        # What was due before the child left stays due (§C.6 case 1).
        gone.filtered(lambda duty: duty.due_date >= today).write(
            {"state": "cancelled", "cancelled_on": today}
        )
