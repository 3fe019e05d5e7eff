"""Who cares while no agreement holds: interim care runs until it is replaced, or another agreement begins (§C.1.2)."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .agreement_steps import CIVIL, TOWNSHIP

OUTAGE_DAYS = 31  # so long ago an agreement may have begun that a job which stood still has missed


class Agreement(models.Model):
    _inherit = "lbc.agreement"

    def _change_interim(self, day, note, interim):
        """Township or civil affairs: another one looks after the children from `day` on."""
        self._check_step(TOWNSHIP, CIVIL)
        self._require_state("state", "suspended", "ended")
        self._check_day(day)
        for agreement in self.sudo():
            running = agreement._interim_care().filtered(lambda one: one._runs_on(day))
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

    def _open_since(self):
        """Return the first day (date) that no earlier decision about this agreement (sudo) has settled."""
        today = fields.Date.context_today(self)
        settled = [
            one.date_from if one._runs_on(today) else one.date_to + timedelta(days=1)
            for one in self._interim_care()
        ]
        return max([self._first_day(), *settled])

    def _interim_care(self):
        """Return the interim care (sudo) of this agreement, and of those it renews, for its children."""
        found = (self | self._renewed()).interim_ids
        return found.filtered(lambda one: one.child_id in self.line_ids.child_id)

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
        lines = self.line_ids._holding_on(today).filtered(
            lambda line: (
                line.agreement_id.state == "in_force"
                and line.child_id.carer_id != line.agreement_id.carer_id
            )
        )
        cares = lines.child_id.guardianship_ids
        cares.filtered(lambda one: one.role == "carer" and not one.date_to).date_to = today
        cares.create(
            [
                {
                    "child_id": line.child_id.id,
                    "guardian_id": line.agreement_id.carer_id.id,
                    "role": "carer",
                    "relation": line.agreement_id.relation,
                    "date_from": line.date_from,
                    "basis": line.agreement_id.name,
                    "capacity_evidence": line.agreement_id.capacity_evidence,
                }
                for line in lines
            ]
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


class AgreementLine(models.Model):
    _inherit = "lbc.agreement.line"

    def _holding_on(self, day):
        """Return the lines whose days include `day` (date)."""
        return self.filtered(
            lambda line: line.date_from and line.date_to and line.date_from <= day <= line.date_to
        )

    def _name_interim(self, cause, day, interim):
        """Write who looks after the children of these lines (sudo) from `day` on, until another agreement begins."""
        self.flush_model()
        nexts = self.env["lbc.agreement.line"]._read_group(
            [
                ("child_id", "in", self.child_id.ids),
                ("state", "=", "in_force"),
                ("date_from", ">", day),
            ],
            ["child_id"],
            ["date_from:min"],
        )
        last = {child.id: first - timedelta(days=1) for child, first in nexts}
        self.env["lbc.agreement.interim"].create(
            [
                {
                    "agreement_id": line.agreement_id.id,
                    "child_id": line.child_id.id,
                    "cause": cause,
                    "date_from": day,
                    "date_to": last.get(line.child_id.id, False),
                    **interim,
                }
                for line in self
            ]
        )

    def _end_interim(self, last_day):
        """End what interim care of these lines' children goes on after `last_day`, of whatever agreement."""
        interims = self.env["lbc.agreement.interim"].sudo()
        running = interims.search([("child_id", "in", self.child_id.ids)])
        running = running.filtered(lambda one: one._runs_on(last_day + timedelta(days=1)))
        for one in running:
            one.date_to = max(last_day, one.date_from - timedelta(days=1))
        running.flush_recordset()  # the database compares them with what comes next

    def _reopen_interim(self, last_day):
        """Let interim care go on that was to end on `last_day` (in the future), for what was to follow never holds."""
        interims = self.env["lbc.agreement.interim"].sudo()
        interims.search(
            [("child_id", "in", self.child_id.ids), ("date_to", "=", last_day)]
        ).date_to = False
