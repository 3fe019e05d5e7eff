"""Duties end when the family leaves the ledger, and go along when it moves (§C.6 cases 1, 5, 7)."""

from odoo import api, models
from odoo.tools import SQL

from ..registry.episode import ON_LEDGER

# Of families that move into one household at once, what is due first goes along; the rest is the same work.
_TAKE_ALONG = """
WITH going AS (
    SELECT d.id, d.kind_id, d.household_id, d.slot_start, d.due_date, move.new
      FROM unnest(%(old)s, %(new)s) AS move(old, new)
      JOIN lbc_duty d ON d.household_id = move.old AND d.state = 'open'
     WHERE NOT EXISTS (
           SELECT 1 FROM lbc_duty own
            WHERE own.kind_id = d.kind_id AND own.household_id = move.new
              AND (own.slot_start = d.slot_start OR own.state <> 'cancelled'
                   AND own.slot_start <= d.due_date AND own.due_date >= d.slot_start)))
UPDATE lbc_duty d
   SET household_id = home.id, subject_key = 'household:' || home.id, area_id = home.area_id,
       township_id = home.township_id, county_id = home.county_id, write_uid = %(uid)s,
       write_date = now() AT TIME ZONE 'UTC'
  FROM going JOIN lbc_household home ON home.id = going.new
 WHERE d.id = going.id AND NOT EXISTS (
       SELECT 1 FROM going other
        WHERE other.new = going.new AND other.kind_id = going.kind_id
          AND other.household_id <> going.household_id
          AND other.slot_start <= going.due_date AND other.due_date >= going.slot_start
          AND (other.due_date, other.id) < (going.due_date, going.id))
"""
_LEAVE_BEHIND = """
UPDATE lbc_duty
   SET state = 'cancelled', cancel_reason = 'moved', cancelled_on = %(today)s,
       write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
 WHERE household_id = ANY(%(old)s) AND state = 'open' AND due_date >= %(today)s
"""


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _cancel_for(self, households):
        """Cancel open duties of households, and of their children, who are not on the ledger any more.

        What was due before the day of leaving stays due (§C.6 case 1); a voided file owes nothing,
        nor does a household whose children all live in another one.
        """
        if not households:
            return
        self.env.flush_all()
        kids = households.sudo().with_context(active_test=False).child_ids
        changed = 0
        for column, key, ids in (
            ("household_id", SQL("household_id"), households.ids),
            ("child_id", SQL("id"), kids.ids),
        ):
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE lbc_duty d
                       SET state = 'cancelled', cancel_reason = 'left', cancelled_on = %(today)s,
                           write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
                      FROM (SELECT s.id, max(e.date_exit) AS day
                              FROM unnest(%(ids)s::int[]) AS s(id)
                              LEFT JOIN lbc_child c ON c.%(key)s = s.id
                              LEFT JOIN lbc_episode e ON e.child_id = c.id AND e.state = 'exited'
                             GROUP BY s.id
                            HAVING NOT coalesce(bool_or(c.state IN %(on_ledger)s), false)) gone
                     WHERE d.%(column)s = gone.id AND d.state = 'open'
                       AND d.due_date >= coalesce(gone.day, '-infinity')
                    """,
                    today=self._today(),
                    uid=self.env.uid,
                    key=key,
                    ids=ids,
                    on_ledger=ON_LEDGER,
                    column=SQL.identifier(column),
                )
            )
            changed += self.env.cr.rowcount
        if changed:
            self._forget_cached()

    @api.model
    def _take_keys(self, column, ids):
        """Give open duties of these subjects the place where these are now; resolved ones stay.

        :param column: `child_id` or `household_id`
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE lbc_duty d SET area_id = s.area_id, township_id = s.township_id,
                       county_id = s.county_id
                  FROM %s s WHERE s.id = d.%s AND s.id = ANY(%s) AND d.state = 'open'
                """,
                SQL.identifier(self[column]._table),
                SQL.identifier(column),
                list(ids),
            )
        )
        self._forget_cached()

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
        both = self.env["lbc.household"].union(
            *homes.values(), *children.sudo().mapped("household_id")
        )
        self._replan(both.child_ids)  # another child may set another pace

    @api.model
    def _hand_over(self, moved):
        """Give the open duties of households to others: {household id: `lbc.household`}."""
        words = {
            "old": list(moved),
            "new": [home.id for home in moved.values()],
            "uid": self.env.uid,
            "today": self._today(),
        }
        self.env.cr.execute(SQL(_TAKE_ALONG, **words))
        self.env.cr.execute(SQL(_LEAVE_BEHIND, **words))
        self._forget_cached()
        self._assign_users([("household_id", "in", words["new"])])
