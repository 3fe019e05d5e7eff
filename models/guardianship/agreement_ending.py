"""Suspended, resumed, ended: who cares for the child meanwhile must be named (§C.1.2, §C.6 cases 11 and 15)."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .agreement_steps import CIVIL, POLICE, TOWNSHIP, VILLAGE
from .vocabulary import OPEN

# These speak of the carer alone: a renewal with another one stands.
OF_CARER = ("carer_withdrew", "carer_dead", "carer_incapable", "carer_accused")
# An allegation or a loss of capacity goes on barring the carer until somebody decides on it.
BARRING = ("carer_accused", "carer_incapable")
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
        """Township, civil affairs or police: it does not hold from `day` on, nor does what renews it (生效 → 中止).

        :param day: first day (date) on which it does not hold
        :param reason: key of SUSPENSION_REASONS
        :param note: what the decision rests on (str)
        :param interim: {"kind": …, "carer_id" or "organization_id": id}, see `lbc.agreement.interim`
        """
        self._check_step(TOWNSHIP, CIVIL, POLICE)
        self.sudo()._give_way()
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
            agreement._and_renewals().write(
                {"state": "suspended", "suspension_reason": reason, "decision_note": note}
            )
            lines._end_interim(day - timedelta(days=1))
            lines._name_interim("suspension", day, interim)
        self.sudo()._after_change()

    def _resume(self, day, note):
        """Township or civil affairs: it holds again from `day` on, with what renews it (中止 → 生效).

        :raises UserError: something bars the carer
        """
        self._check_step(TOWNSHIP, CIVIL)
        self.sudo()._give_way()
        self._require_state("state", "suspended")
        self._check_day(day)
        for agreement in self.sudo():
            together = agreement._renewed() | agreement._and_renewals()
            if refusals := agreement._refusals(besides=together.ids):
                raise UserError("\n".join([agreement.display_name, *refusals]))
            agreement.line_ids._end_interim(day - timedelta(days=1))
            together.filtered("suspension_reason").suspension_reason = False  # decided on
            held = together.filtered(lambda one: one.state == "suspended")
            held.write({"state": "in_force", "decision_note": note})
        self.sudo()._after_change()

    def _end(self, last_day, reason, note, interim):
        """Village, township or civil affairs: it is over after `last_day`, with what renews it (生效、中止 → 终止).

        A suspended one is ended by the township or civil affairs only; one that begins later never holds.

        :param interim: as in `_suspend`; may be None where nobody has to be named
        """
        self._check_step(VILLAGE, TOWNSHIP, CIVIL)
        self.sudo()._give_way()
        if any(agreement.state == "suspended" for agreement in self):
            self._require_role(TOWNSHIP, CIVIL)
        self._require_state("state", *OPEN)
        self._check_day(last_day, ends=True)
        today = fields.Date.context_today(self)
        for agreement in self.sudo():
            if reason not in NOBODY_NEEDED and agreement._first_day() <= today:
                agreement._check_interim(interim, last_day)
            # What renews it first: then nothing follows the interim care any more.
            together = agreement._and_renewals(reason in OF_CARER, after=today)
            for one in together.sorted("date_from", reverse=True):
                one._end_on(last_day, reason, note, interim)
        self.sudo()._after_change()

    def _end_on(self, last_day, reason, note, interim):
        """Write that this agreement (sudo) is over after `last_day`, and who cares from the next day on.

        Where it was over already, interim care begins with the decision: the days between stay a gap.
        """
        first, today = self._first_day(), fields.Date.context_today(self)
        lines = self.line_ids.filtered(lambda line: not line.ended_on)
        if first > today:
            lines._reopen_interim(first - timedelta(days=1))
            self.search([("renewed_by_id", "=", self.id)]).renewed_by_id = False
        else:
            lines._end_interim(last_day)
        self.write(
            {
                "state": "ended",
                "ended_on": max(min(last_day, self.date_to), first - timedelta(days=1)),
                "end_reason": reason,
                "decision_note": note,
            }
        )
        self.flush_recordset()
        if interim and first <= today:
            lines._name_interim("end", last_day + timedelta(days=1), interim)

    def _check_day(self, day, ends=False):
        """Refuse a day in the future, or before what was decided last."""
        today = fields.Date.context_today(self)
        for agreement in self.sudo():
            first = agreement._open_since()
            begins_later = agreement._first_day() > today
            if begins_later and not ends:
                raise UserError(
                    self.env._(
                        "%(agreement)s begins later: decide on the one that runs now, or end this "
                        "one.",
                        agreement=agreement.display_name,
                    )
                )
            if day > today or (day < first - timedelta(days=int(ends)) and not begins_later):
                raise UserError(
                    self.env._(
                        "%(agreement)s: the day lies between %(first)s and today. Correct it.",
                        agreement=agreement.display_name,
                        first=first,
                    )
                )

    def _earlier_decisions(self, besides):
        """Return what was decided about the carer of this agreement (sudo) elsewhere (list of sentences)."""
        known = self.search([("carer_id", "=", self.carer_id.id), ("id", "not in", besides)]) - self
        known = known if self.carer_id else known.browse()
        running = known.filtered(lambda one: one.state == "suspended")
        if running:
            return [
                self.env._(
                    "%(other)s with this carer is suspended. Decide on it first, or choose another "
                    "carer.",
                    other=running[0].display_name,
                )
            ]
        barring = known.filtered(
            lambda one: (
                one.state in ("ended", "renewed")
                and {one.end_reason, one.suspension_reason} & set(BARRING)
            )
        )
        if barring and not self.clearance:
            return [
                self.env._(
                    "%(other)s with this carer ended for an allegation or a loss of capacity. Write "
                    "down the decision that clears the carer, or choose another one.",
                    other=barring[0].display_name,
                )
            ]
        return []

    @api.model
    def _end_for_carer(self, carer, day):
        """System: the carer died on `day` (date or False); what the carer had taken over is over.

        Nobody is there to be asked who cares now, so the gap is said openly and becomes a duty the same day.
        """
        today = fields.Date.context_today(self)
        last = (day or today) - timedelta(days=1)
        agreements = self.sudo().search([("carer_id", "=", carer.id), ("state", "in", OPEN)])
        agreements = agreements.filtered(lambda one: one.date_to > last)
        for agreement in agreements.sorted("date_from", reverse=True):
            settled = agreement._open_since() - timedelta(days=1)
            agreement._end_on(max(last, settled), "carer_dead", False, {"kind": "none"})
        agreements._after_change()


class AgreementLine(models.Model):
    _inherit = "lbc.agreement.line"

    def _leave(self, last_day):
        """System: these children left; the agreement goes on for the others, or is over with the last."""
        for line in self.sudo():  # read-only for roles; the step on the ledger was checked
            agreement = line.agreement_id
            last = max(min(last_day, line.date_to), line.date_from - timedelta(days=1))
            line.ended_on = last
            others = agreement.line_ids.filtered(lambda one: not one.ended_on)
            if not others and agreement.state in OPEN:
                agreement._end_on(last, "child_left", False, None)
            line._end_interim(last_day)
        self.sudo().child_id._refresh_guardian_dates()
