"""Duties end when the family leaves the ledger, and go along when it moves (§C.6 cases 1, 5, 7)."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..registry.episode import ON_LEDGER


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _cancel_for(self, households):
        """Cancel open duties of households, and of their children, who are not on the ledger any more.

        What was due before the day of leaving stays due (§C.6 case 1); a voided file owes nothing.
        """
        if households:
            self.env.flush_all()
            homes = SQL("lbc_child.household_id = ANY(%s)", households.ids)
            self._cancel_left(homes)

    @api.model
    def _cancel_left(self, condition):
        """Cancel what is owed to nobody on the ledger; `condition`: SQL over `lbc_child`."""
        changed = 0
        for column, key in (("household_id", SQL("household_id")), ("child_id", SQL("id"))):
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE lbc_duty d
                       SET state = 'cancelled', cancel_reason = 'left', cancelled_on = %(today)s,
                           write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
                      FROM (SELECT lbc_child.%(key)s AS subject, max(e.date_exit) AS day
                              FROM lbc_child
                              LEFT JOIN lbc_episode e
                                ON e.child_id = lbc_child.id AND e.state = 'exited'
                             WHERE %(condition)s
                             GROUP BY lbc_child.%(key)s
                            HAVING NOT bool_or(lbc_child.state IN %(on_ledger)s)) gone
                     WHERE d.%(column)s = gone.subject AND d.state = 'open'
                       AND d.due_date >= coalesce(gone.day, '-infinity')
                    """,
                    today=fields.Date.context_today(self),
                    uid=self.env.uid,
                    key=key,
                    condition=condition,
                    on_ledger=ON_LEDGER,
                    column=SQL.identifier(column),
                )
            )
            changed += self.env.cr.rowcount
        if changed:
            self._forget_cached()
        return changed

    @api.model
    def _follow_children(self, children, homes):
        """Let open duties follow children into their present households.

        Where nobody on the ledger stayed behind, the open duties go along, unless the new household
        has its own for that time. What was due already stays due. Who comes back meets again what
        was cancelled when he went.

        :param children: `lbc.child` that were given another household
        :param homes: {child: `lbc.household` before}
        """
        moved = {
            homes[child].id: child.household_id
            for child in children.sudo()
            if homes[child] and child.household_id and homes[child] != child.household_id
        }
        if not moved:
            return
        self.env.flush_all()
        self._reopen_moved(children.sudo().household_id)
        staying = self.env["lbc.child"].sudo()
        staying = staying.search([("household_id", "in", list(moved)), ("state", "in", ON_LEDGER)])
        for left in staying.household_id:
            moved.pop(left.id)
        if moved:
            self._hand_over(moved)

    @api.model
    def _hand_over(self, moved):
        """Give the open duties of households to others: {household id: `lbc.household`}."""
        words = {
            "old": list(moved),
            "new": [home.id for home in moved.values()],
            "uid": self.env.uid,
            "today": fields.Date.context_today(self),
        }
        self.env.cr.execute(
            SQL(
                """
                UPDATE lbc_duty d
                   SET household_id = home.id, subject_key = 'household:' || home.id,
                       area_id = home.area_id, township_id = home.township_id,
                       county_id = home.county_id, write_uid = %(uid)s,
                       write_date = now() AT TIME ZONE 'UTC'
                  FROM unnest(%(old)s, %(new)s) AS move(old, new)
                  JOIN lbc_household home ON home.id = move.new
                 WHERE d.household_id = move.old AND d.state = 'open' AND NOT EXISTS (
                       SELECT 1 FROM lbc_duty own
                        WHERE own.kind_id = d.kind_id AND own.household_id = move.new
                          AND (own.slot_start = d.slot_start OR own.state <> 'cancelled'
                               AND own.slot_start <= d.due_date AND own.due_date >= d.slot_start))
                """,
                **words,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE lbc_duty
                   SET state = 'cancelled', cancel_reason = 'moved', cancelled_on = %(today)s,
                       write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
                 WHERE household_id = ANY(%(old)s) AND state = 'open' AND due_date >= %(today)s
                """,
                **words,
            )
        )
        self._forget_cached()
        self._assign_users([("household_id", "in", words["new"])])
