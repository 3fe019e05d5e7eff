"""Duties are resolved by evidence, and opened again without it, in sets (architecture, idea 2)."""

from odoo import api, models
from odoo.tools import SQL

from ...lib import resolution
from .duty import SUBJECT_COLUMN
from .duty_evidence_sql import evidence_rows


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _prove(self, kind, rows):
        """Resolve what the evidence in `rows` proves of a kind of duty; returns the duties.

        Three statements, for one record or for a million.

        :param rows: SQL of (id, day, subject_id), see `duty_evidence_sql`
        """
        column = SQL.identifier(SUBJECT_COLUMN[kind.subject_type])
        evidence = self.env.execute_query(
            SQL(
                """
                SELECT e.id, e.day, e.subject_id FROM (%(rows)s) e
                 WHERE e.day IS NOT NULL AND NOT EXISTS (
                       SELECT 1 FROM lbc_duty d
                        WHERE d.evidence_model = %(model)s AND d.evidence_id = e.id
                          AND d.kind_id = %(kind)s AND d.%(column)s = e.subject_id)
                """,
                rows=rows,
                model=kind.evidence_model,
                kind=kind.id,
                column=column,
            )
        )
        waiting = self.env.execute_query(
            SQL(
                "SELECT id, %(column)s, window_start, due_date FROM lbc_duty WHERE kind_id = %(kind)s "
                "AND state = 'open' AND %(column)s = ANY(%(subjects)s)",
                column=column,
                kind=kind.id,
                subjects=list({subject for _id, _day, subject in evidence}),
            )
        )
        found = resolution.match(evidence, [resolution.Open(*row) for row in waiting])
        return self._set_done(kind.evidence_model, found)

    @api.model
    def _set_done(self, model, found):
        """Write that these duties are done; `found`: [(duty id, evidence id, day)]."""
        duties = self.browse([duty for duty, _evidence, _day in found])
        if found:
            ids, evidence, days = zip(*found, strict=True)
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE lbc_duty d
                       SET state = 'done', done_on = v.day, evidence_model = %(model)s,
                           evidence_id = v.evidence, write_uid = %(uid)s,
                           write_date = now() AT TIME ZONE 'UTC'
                      FROM unnest(%(ids)s, %(evidence)s, %(days)s::date[]) AS v(id, evidence, day)
                     WHERE d.id = v.id
                    """,
                    model=model,
                    uid=self.env.uid,
                    ids=list(ids),
                    evidence=list(evidence),
                    days=list(days),
                )
            )
            self._forget_cached()
        return duties

    @api.model
    def _take_back(self, evidence):
        """Open again the duties that these records had resolved; returns them."""
        duties = self.sudo().search(  # duties are read-only for every role
            [("evidence_model", "=", evidence._name), ("evidence_id", "in", evidence.ids)]
        )
        return duties._reopen()

    def _reopen(self):
        """Open done duties again; returns them."""
        self.write(
            {"state": "open", "done_on": False, "evidence_model": False, "evidence_id": False}
        )
        return self

    def _prove_anew(self, kind):
        """Let everything filed about the subjects of these open duties prove again, in the order of time.

        Only what is dated since the first of their windows began could have resolved one of them.
        """
        since = min(self.mapped("window_start"))
        column = SUBJECT_COLUMN[kind.subject_type]
        rows = SQL(
            "SELECT r.id, r.day, r.subject_id FROM (%s) r WHERE r.day >= %s AND r.subject_id = ANY(%s)",
            evidence_rows(kind),
            since,
            self[column].ids,
        )
        self.env.flush_all()
        done = self.env.execute_query(
            SQL(
                "SELECT d.id FROM lbc_duty d JOIN (%s) r ON d.%s = r.subject_id AND d.evidence_id = r.id "
                "WHERE d.kind_id = %s AND d.evidence_model = %s",
                rows,
                SQL.identifier(column),
                kind.id,
                kind.evidence_model,
            )
        )
        self.browse([one for (one,) in done])._reopen()
        self.env.flush_all()
        return self._prove(kind, rows)

    def _settle(self):
        """Bring duties opened again in line with what happened to their subjects since."""
        self._cancel_for(self.filtered(lambda duty: duty.state == "open").household_id)

    @api.model
    def _forget_cached(self):
        """Forget what the cache says of duties, after they were written by a statement."""
        self.env["lbc.duty"].invalidate_model()
        self.env["lbc.child"].invalidate_model(
            ["next_due_date", "due_urgency", "has_open_duty", "has_overdue_duty"]
        )
