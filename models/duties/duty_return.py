"""Duties that were cancelled come back with the family, or when the kind applies again; same rows, same ids.

What does not hold in the county to which a family moved is cancelled there, and comes back if it returns.
"""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

# What a kind does not ask for any more, and what it asks for again; places that end owe what is due until then.
_DROP = """
UPDATE lbc_duty d
   SET state = 'cancelled', cancel_reason = 'kind', cancelled_on = %(today)s,
       write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
 WHERE d.kind_id = %(kind)s AND d.county_id = ANY(%(counties)s) AND d.state = 'open'
   AND d.due_date >= %(today)s AND NOT %(asked)s
"""
_REOPEN = """
UPDATE lbc_duty d
   SET state = 'open', cancel_reason = NULL, cancelled_on = NULL, told_from = %(told)s,
       write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
 WHERE d.kind_id = %(kind)s AND d.county_id = ANY(%(counties)s) AND d.state = 'cancelled'
   AND d.cancel_reason = 'kind' AND d.due_date >= %(today)s AND %(asked)s
"""

_DROP_STRANGE = """
UPDATE lbc_duty d
   SET state = 'cancelled', cancelled_on = %(day)s,
       cancel_reason = CASE WHEN num_nonnulls(d.child_id, d.household_id) = 1
                            THEN 'moved' ELSE 'kind' END,
       write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
 WHERE d.kind_id = ANY(%(kinds)s) AND d.state = 'open' AND d.due_date >= %(day)s AND %(whose)s
"""

BACK_SOON = 31  # days: who is back by then never really lived elsewhere


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _bring_back(self, profiles, today):
        """Plan anew for those who are on the ledger and whose duties ahead are cancelled (nightly)."""
        rows = self.env.execute_query(
            SQL(
                """
                WITH gone AS (SELECT household_id, child_id FROM lbc_duty
                               WHERE state = 'cancelled' AND cancel_reason IN ('left', 'moved')
                                 AND county_id = ANY(%s) AND due_date >= %s)
                SELECT id FROM lbc_child
                 WHERE household_id IN (SELECT household_id FROM gone)
                 UNION SELECT child_id FROM gone WHERE child_id IS NOT NULL
                """,
                profiles.county_id.ids,
                today,
            )
        )
        if rows:
            self._replan([("id", "in", [child for (child,) in rows])], today)

    @api.model
    def _drop_strange(self, profiles, day, only=None):
        """Cancel the duties ahead whose kind does not hold in the counties; returns how many.

        :param profiles: `lbc.profile` of the counties; they ask for the same, see `_alike`
        :param only: `Domain` over `lbc.child`: of those who live there and their households, wherever
            the duties lie; else all that lie there
        """
        kinds = self.env["lbc.duty.kind"].sudo().with_context(active_test=False)
        strange = kinds.search(Domain.TRUE).filtered(lambda kind: not kind._valid_in(profiles[:1]))
        if not strange:
            return 0
        self.env.flush_all()
        whose = SQL("d.county_id = ANY(%s)", profiles.county_id.ids)
        if only is not None:
            Child = self.env["lbc.child"].sudo().with_context(active_test=False)
            here = Child._search(Domain("county_id", "in", profiles.county_id.ids) & only)
            whose = SQL(
                "d.subject_key IN (SELECT key.name FROM (%s) c CROSS JOIN LATERAL "
                "(VALUES ('child:' || c.id), ('household:' || c.household_id)) AS key(name))",
                here.select("id", "household_id"),
            )
        self.env.cr.execute(
            SQL(
                _DROP_STRANGE,
                kinds=strange.ids,
                day=day,
                uid=self.env.uid,
                whose=whose,
            )
        )
        return self.env.cr.rowcount

    @api.model
    def _reopen_returned(self, kinds, profiles, only, day):
        """Open again what was cancelled when the children in the domain `only` left; returns how many.

        :param kinds: those that hold in the counties; where pace follows risk, duties are planned
            anew instead, see `_replan`
        """
        Child = self.env["lbc.child"].sudo()
        county = Domain("county_id", "in", profiles.county_id.ids)
        here = Child._search(county & only & Domain(Child._on_ledger_domain()))
        self.env.cr.execute(
            SQL(
                """
                UPDATE lbc_duty d
                   SET state = 'open', cancel_reason = NULL, cancelled_on = NULL,
                       area_id = c.area_id, township_id = c.township_id, county_id = c.county_id,
                       write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
                  FROM (%(children)s) c
                 WHERE d.kind_id = ANY(%(kinds)s) AND d.due_date >= %(day)s
                   AND d.state = 'cancelled' AND d.cancel_reason IN ('left', 'moved')
                   AND (d.child_id = c.id OR d.household_id = c.household_id)
                   AND coalesce(c.date_entry <= d.due_date, true)
                """,
                kinds=kinds.ids,
                uid=self.env.uid,
                day=day,
                children=here.select(
                    "id", "household_id", "date_entry", "area_id", "township_id", "county_id"
                ),
            )
        )
        return self.env.cr.rowcount

    @api.model
    def _reopen_moved(self, households):
        """Open again what was cancelled when everybody moved out of households, now that children came back.

        What lies behind too, if they were away for less than a month: a duty is not lost by moving
        out before the day and back after it.
        """
        today = self._today()
        domain = Domain("household_id", "in", households.ids) & Domain(
            "cancel_reason", "=", "moved"
        )
        domain &= Domain("state", "=", "cancelled")
        recent = today - timedelta(days=BACK_SOON)
        domain &= Domain("due_date", ">=", today) | Domain("cancelled_on", ">=", recent)
        children = self.env["lbc.child"].sudo()
        here = children.search(
            Domain("household_id", "in", households.ids) & Domain(children._on_ledger_domain())
        )
        duties = self.sudo().search(domain & Domain("household_id", "in", here.household_id.ids))
        duties = duties and duties._holding_there(today)
        if not duties:
            return
        duties.write({"state": "open", "cancel_reason": False, "cancelled_on": False})
        duties._settle()
        for kind in duties.kind_id.filtered("evidence_model"):
            duties.filtered(lambda duty, kind=kind: duty.kind_id == kind)._prove_anew(kind)
        self._replan(here)

    def _holding_there(self, day):
        """Return those of these duties of households whose kind holds in the county where the household lives."""
        counties = self.household_id.county_id
        profiles = self.env["lbc.profile"].sudo().search([("county_id", "in", counties.ids)])
        kinds = {
            profile.county_id: self.env["lbc.duty.kind"]._in_force(profile, day)
            for profile in profiles
        }
        return self.filtered(
            lambda duty: duty.kind_id in kinds.get(duty.household_id.county_id, ())
        )

    @api.model
    def _refit(self, kinds, profiles):
        """Let the duties ahead follow what kinds and profiles say now; the past stays.

        Those that a kind does not ask for any more are cancelled, those it asks for again come back.
        """
        self.env.flush_all()
        changed = 0
        for alike in profiles.filtered("county_id")._alike():
            today = alike[:1]._today()
            for kind in kinds:
                changed += self._refit_one(kind, alike, today)
                self._prove_open(kind, alike)
        if changed:
            self._forget_cached()

    @api.model
    def _refit_one(self, kind, profiles, today):
        words = {
            "kind": kind.id,
            "counties": profiles.county_id.ids,
            "today": today,
            "uid": self.env.uid,
            "told": self._told_from(),
            "asked": SQL("false"),
        }
        holds = kind in kind._in_force(profiles[:1], today)
        if holds:
            words["asked"] = SQL(
                "EXISTS (SELECT 1 FROM (%s) s WHERE s.subject_key = d.subject_key "
                "AND (s.entry IS NOT NULL OR d.due_date <@ ANY (s.spells)))",
                self._subjects_sql(kind, profiles),
            )
        self.env.cr.execute(SQL(_DROP, **words))
        changed = self.env.cr.rowcount
        if not holds:
            return changed
        self.env.cr.execute(SQL(_REOPEN, **words))
        return changed + self.env.cr.rowcount + self._retime(kind, profiles, today)

    @api.model
    def _prove_open(self, kind, profiles):
        """Let what was filed resolve what is open of a kind, after the kind or its duties changed."""
        words = [("kind_id", "=", kind.id), ("county_id", "in", profiles.county_id.ids)]
        ((since,),) = self._read_group(
            [*words, ("state", "=", "open")], aggregates=["slot_start:min"]
        )
        if since:
            self._prove_waiting(kind, profiles, since)

    def _settle(self):
        """Bring duties opened again in line with what happened to their subjects since."""
        self.env.flush_all()
        opened = self.filtered(lambda duty: duty.state == "open")
        for column in ("child_id", "household_id"):
            self._take_keys(column, opened[column].ids)
        homes = opened.household_id | opened.child_id.household_id
        self._cancel_for(homes)
        if homes:  # the plan may have changed while they were done
            self._replan(homes.child_ids)
