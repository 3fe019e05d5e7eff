"""Suspended, resumed, ended: who cares for the child meanwhile must be named (§C.1.2, §C.6 cases 11 and 15)."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .agreement_steps import CIVIL, POLICE, TOWNSHIP, VILLAGE
from .vocabulary import OPEN

OUTAGE_DAYS = 31  # so long ago an agreement may have begun that a job which stood still has missed
# After these nobody has to be named: a parent is there, or the child left.
NOBODY_NEEDED = ("parent_returned", "child_left", "child_of_age")


class Agreement(models.Model):
    _inherit = "lbc.agreement"

    def action_decide(self):
        """Open the page on which an agreement is suspended, resumed or ended."""
        self.ensure_one()
        self.check_access("read")
        self._require_state("state", *OPEN, "ended")
        suspended = self.state == "suspended"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Suspend or End"),
            "res_model": "lbc.agreement.decide",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_agreement_id": self.id,
                "default_decision": "resume" if suspended else "suspend",
            },
        }

    @api.model
    def _ends_without_interim(self):
        """Return the reasons (keys of END_REASONS) after which nobody has to be named."""
        return NOBODY_NEEDED

    def _suspend(self, day, reason, note, interim):
        """Township, civil affairs or police: it does not hold from `day` on (生效 → 中止).

        :param day: first day (date) on which it does not hold
        :param reason: key of SUSPENSION_REASONS
        :param note: what the decision rests on (str)
        :param interim: {"kind": …, "carer_id" or "organization_id": id}, see `lbc.agreement.interim`
        """
        self._check_step(TOWNSHIP, CIVIL, POLICE)
        self._require_state("state", "in_force")
        self._check_day(day)
        for agreement in self.sudo():
            agreement._check_interim(interim, day)
            lines = agreement.line_ids._holding_on(day)
            if not lines:
                raise UserError(
                    self.env._(
                        "%(agreement)s holds for no child on that day: there is nothing to suspend.",
                        agreement=agreement.display_name,
                    )
                )
            agreement.write(
                {"state": "suspended", "suspension_reason": reason, "decision_note": note}
            )
            lines._name_interim("suspension", day, interim)
        self.sudo()._after_change()

    def _resume(self, day, note):
        """Township or civil affairs: it holds again from `day` on (中止 → 生效)."""
        self._check_step(TOWNSHIP, CIVIL)
        self._require_state("state", "suspended")
        self._check_day(day)
        for agreement in self.sudo():
            agreement.line_ids._end_interim(day - timedelta(days=1))
            agreement.write({"state": "in_force", "decision_note": note})
        self.sudo()._after_change()

    def _end(self, last_day, reason, note, interim):
        """Village, township or civil affairs: it is over after `last_day` (生效、中止 → 终止).

        A suspended one is ended by the township or civil affairs only.

        :param interim: as in `_suspend`; may be None where nobody has to be named
        """
        self._check_step(VILLAGE, TOWNSHIP, CIVIL)
        if any(agreement.state == "suspended" for agreement in self):
            self._require_role(TOWNSHIP, CIVIL)
        self._require_state("state", *OPEN)
        self._check_day(last_day, ends=True)
        for agreement in self.sudo():
            if reason not in NOBODY_NEEDED:
                agreement._check_interim(interim, last_day)
            agreement._end_on(last_day, reason, note, interim)
        self.sudo()._after_change()

    def _end_on(self, last_day, reason, note, interim):
        """Write that this agreement (sudo) is over after `last_day`, and who cares from the next day on."""
        last_day = min(last_day, self.date_to)
        lines = self.line_ids._holding_on(last_day + timedelta(days=1)) or self.line_ids
        lines._end_interim(last_day)
        self.write(
            {
                "state": "ended",
                "ended_on": last_day,
                "end_reason": reason,
                "decision_note": note,
            }
        )
        self.flush_recordset()
        if interim:
            lines._name_interim("end", last_day + timedelta(days=1), interim)

    def _change_interim(self, day, note, interim):
        """Township or civil affairs: another one looks after the children from `day` on."""
        self._check_step(TOWNSHIP, CIVIL)
        self._require_state("state", "suspended", "ended")
        self._check_day(day)
        for agreement in self.sudo():
            running = agreement.interim_ids.filtered(lambda one: not one.date_to)
            if not running:
                raise UserError(
                    self.env._(
                        "%(agreement)s has no interim care that goes on.",
                        agreement=agreement.display_name,
                    )
                )
            agreement._check_interim(interim, day)
            cause, children = running[0].cause, running.child_id
            lines = agreement.line_ids.filtered(lambda line, some=children: line.child_id in some)
            lines._end_interim(day - timedelta(days=1))
            agreement.decision_note = note
            if interim:
                lines._name_interim(cause, day, interim)
        self.sudo()._after_change()

    def _check_day(self, day, ends=False):
        """Refuse a day in the future, or before the agreement or its suspension began."""
        today = fields.Date.context_today(self)
        for agreement in self.sudo():
            begun = agreement.interim_ids.filtered(lambda one: not one.date_to)
            first = max([agreement.date_from, *begun.mapped("date_from")])
            if day > today or day < first - timedelta(days=int(ends)):
                raise UserError(
                    self.env._(
                        "%(agreement)s: the day lies between %(first)s and today. Correct it.",
                        agreement=agreement.display_name,
                        first=first,
                    )
                )

    def _check_interim(self, interim, day):
        """Refuse interim care that names nobody, or a carer who cannot care (L-1b, case 25)."""
        self.ensure_one()
        kind = (interim or {}).get("kind")
        named = {"person": "carer_id", "institution": "organization_id"}.get(kind)
        if not kind or (named and not interim.get(named)):
            raise UserError(
                self.env._(
                    "Name who looks after the children meanwhile, or choose “Nobody yet: a gap”."
                )
            )
        carer = self.env["lbc.guardian"].browse(interim.get("carer_id") or [])
        if kind == "person" and (
            carer == self.carer_id or carer.state != "normal" or not carer._is_of_age(day)
        ):
            raise UserError(
                self.env._(
                    "%(person)s cannot look after the children meanwhile: choose an adult who is "
                    "well and not the carer of this agreement.",
                    person=carer.display_name,
                )
            )

    def _name_carers(self):
        """Let the children's files name the carer of the agreement that holds today (§C.6 case 11)."""
        today = fields.Date.context_today(self)
        for line in self.line_ids._holding_on(today):
            agreement, child = line.agreement_id, line.child_id
            if agreement.state != "in_force" or child.carer_id == agreement.carer_id:
                continue
            child.guardianship_ids.filtered(
                lambda one: one.role == "carer" and not one.date_to
            ).write({"date_to": today})
            child.guardianship_ids.create(
                {
                    "child_id": child.id,
                    "guardian_id": agreement.carer_id.id,
                    "role": "carer",
                    "relation": agreement.relation,
                    "date_from": agreement.date_from,
                    "basis": agreement.name,
                    "capacity_evidence": agreement.capacity_evidence,
                }
            )

    @api.model
    def _begun(self, counties, today):
        """Return the agreements of counties that were confirmed before they began, and began in the last weeks."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT own.id
                  FROM lbc_agreement_line line
                  JOIN lbc_agreement own ON own.id = line.agreement_id
                  JOIN lbc_child child ON child.id = line.child_id
                 WHERE line.county_id = ANY(%(counties)s) AND line.state = 'in_force'
                   AND line.date_from BETWEEN %(today)s - %(weeks)s AND %(today)s
                   AND own.confirmed_on < line.date_from
                   AND child.carer_id IS DISTINCT FROM own.carer_id
                """,
                counties=counties.ids,
                today=SQL("%s::date", today),
                weeks=OUTAGE_DAYS,
            )
        )
        return self.browse(row[0] for row in rows)

    @api.model
    def _end_for_carer(self, carer, day):
        """System: the carer died on `day` (date or False); what the carer had taken over is over.

        Nobody is there to be asked who cares now, so the gap is said openly and becomes a duty the same day.
        """
        today = fields.Date.context_today(self)
        last = (day or today) - timedelta(days=1)
        agreements = self.sudo().search([("carer_id", "=", carer.id), ("state", "in", OPEN)])
        for agreement in agreements.filtered(lambda one: one.date_to > last):
            begun = agreement.interim_ids.filtered(lambda one: not one.date_to)
            first = max([agreement.date_from, *begun.mapped("date_from")])
            agreement._end_on(
                max(last, first - timedelta(days=1)), "carer_dead", False, {"kind": "none"}
            )
        agreements._after_change()


class AgreementLine(models.Model):
    _inherit = "lbc.agreement.line"

    def _holding_on(self, day):
        """Return the lines whose days include `day` (date)."""
        return self.filtered(
            lambda line: line.date_from and line.date_to and line.date_from <= day <= line.date_to
        )

    def _name_interim(self, cause, day, interim):
        """Write who looks after the children of these lines (sudo) from `day` on."""
        self.env["lbc.agreement.interim"].create(
            [
                {
                    "agreement_id": line.agreement_id.id,
                    "child_id": line.child_id.id,
                    "cause": cause,
                    "date_from": day,
                    **interim,
                }
                for line in self
            ]
        )

    def _end_interim(self, last_day):
        """End what interim care of these lines' children goes on after `last_day`, of whatever agreement."""
        running = (
            self.env["lbc.agreement.interim"]
            .sudo()
            .search([("child_id", "in", self.child_id.ids), ("date_to", "=", False)])
        )
        for one in running:
            one.date_to = max(last_day, one.date_from - timedelta(days=1))
        running.flush_recordset()  # the database compares them with what comes next

    def _leave(self, last_day):
        """System: these children left; the agreement goes on for the others, or is over with the last."""
        for line in self.sudo():  # read-only for roles; the step on the ledger was checked
            agreement = line.agreement_id
            last = max(min(last_day, line.date_to), line.date_from - timedelta(days=1))
            line._end_interim(last)
            line.ended_on = last
            others = agreement.line_ids.filtered(lambda one: not one.ended_on)
            if not others and agreement.state in OPEN:
                agreement._end_on(last, "child_left", False, None)
        self.sudo().child_id._refresh_guardian_dates()
