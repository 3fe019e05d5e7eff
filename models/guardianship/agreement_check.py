"""What must be true before an agreement is signed, and before it is in force (domain.md §C.1.2, §C.6 cases 10, 25).

A person answers every question of article 22; what the registry knows is a hint, and refuses only what is certain.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...lib import ages
from .vocabulary import CONFIRMED

CHECKS = ("check_adult", "check_capable")
BANS = ("ban_violence", "ban_addiction", "ban_neglect", "ban_unfit")
PARTIES = ("relation", "reason", "date_from", "date_to", "organization_id")


class Agreement(models.Model):
    _inherit = "lbc.agreement"

    missing_text = fields.Text("Still Missing", compute="_compute_missing_text")

    @api.depends(
        "line_ids.child_id",
        "line_ids.view_heard",
        "line_ids.view_note",
        "parent_ids",
        "carer_id",
        *PARTIES,
        *CHECKS,
        *BANS,
    )
    @api.depends_context("lang")
    def _compute_missing_text(self):
        for agreement in self:
            lacks = agreement._missing() if agreement.state == "draft" else []
            agreement.missing_text = "\n".join(lacks) or False

    @api.depends("carer_id", "date_from", "parent_ids")
    @api.depends_context("lang")
    def _compute_carer_hint(self):
        for agreement in self:
            agreement.carer_hint = "\n".join(agreement._carer_facts()) or False

    def _label(self, name):
        return self._fields[name]._description_string(self.env)

    def _missing(self):
        """Return what this agreement still lacks for signing: sentences in the user's language (list of str)."""
        self.ensure_one()
        agreement = self.sudo()  # completeness is judged on fields of several data groups
        empty = [name for name in (*PARTIES, *CHECKS, *BANS) if not agreement[name]]
        if not agreement.line_ids:
            empty.insert(0, "line_ids")
        empty += [name for name in ("parent_ids", "carer_id") if not agreement[name]]
        lacks = [self.env._("“%(field)s” is empty.", field=self._label(name)) for name in empty]
        for line in agreement.line_ids:
            if line._is_to_be_heard() and not (line.view_heard == "yes" and line.view_note):
                lacks.append(
                    self.env._(
                        "%(child)s is 8 years or older, or of unknown age: ask the child and write "
                        "down what it says.",
                        child=line.child_id.display_name,
                    )
                )
        return lacks

    def _refusals(self, besides=()):
        """Return why this carer may not have the children: sentences (list of str), empty where nothing bars it.

        :param besides: ids of agreements whose suspension is being decided on
        """
        self.ensure_one()
        agreement, found = self.sudo(), []
        today = fields.Date.context_today(self)
        day = max(agreement.date_from or today, today)
        carer = agreement.carer_id
        if not agreement.capacity_evidence and (
            agreement.check_adult == "no" or (carer and not carer._is_of_age(day))
        ):
            found.append(
                self.env._(
                    "The carer is under 18. Choose an adult, or name the evidence of full capacity "
                    "(16 or 17, living on own work)."
                )
            )
        if agreement.check_capable == "no":
            found.append(self.env._("The carer is not able to care. Choose another one."))
        if carer.state != "normal" and carer:
            found.append(
                self.env._(
                    "The carer is recorded as dead, missing, detained or unknown. Correct the file "
                    "or choose another carer."
                )
            )
        reasons = self.env["lbc.profile"]._for_county(agreement.county_id)._incapacity_reasons()
        if carer.capacity_ids._holds_on(day, reasons):
            found.append(
                self.env._(
                    "A loss of the carer's capacity to care is recorded. Choose another carer, or "
                    "record its last day first."
                )
            )
        found += agreement._earlier_decisions(besides)
        for name in BANS:
            if agreement[name] == "yes":
                found.append(
                    self.env._(
                        "Article 22 bars this carer: “%(ban)s”. Choose another one.",
                        ban=self._label(name),
                    )
                )
        if carer in agreement.parent_ids:
            found.append(self.env._("A parent cannot be the carer. Choose another adult."))
        return found

    def _carer_facts(self):
        """Return what the registry knows of the carer, in the user's language (list of str)."""
        self.ensure_one()
        carer, facts = self.sudo().carer_id, []
        day = self.date_from or fields.Date.context_today(self)
        if not carer:
            return facts
        if carer.birth_date:
            age = ages.age_on(carer.birth_date, day)
            facts.append(self.env._("Age on the first day: %(age)s.", age=age))
        else:
            facts.append(self.env._("The birth date is not on file."))
        if carer.state != "normal":
            states = dict(carer._fields["state"]._description_selection(self.env))
            facts.append(self.env._("Situation: %(state)s.", state=states[carer.state]))
        profile = self.env["lbc.profile"]._for_county(self.county_id)
        if carer.capacity_ids._holds_on(day, profile._incapacity_reasons()):
            facts.append(self.env._("A loss of the capacity to care is recorded."))
        if carer.is_away:
            facts.append(self.env._("Works away from home."))
        others = carer.guardianship_ids.filtered(
            lambda line: line.role == "carer" and not line.date_to
        ).child_id
        facts.append(
            self.env._("Children in this carer's care on file: %(count)s.", count=len(others))
        )
        return facts

    def _check_ready(self):
        """Refuse an agreement that may not go to signing, naming everything at once.

        :raises UserError: says what is missing or what bars the carer
        """
        for agreement in self:
            problems = [*agreement._missing(), *agreement._refusals()]
            if problems:
                raise UserError(
                    self.env._(
                        "%(agreement)s cannot go to signing yet:\n%(problems)s",
                        agreement=agreement.display_name,
                        problems="\n".join(f"- {one}" for one in problems),
                    )
                )
        self._check_overlap()

    def _check_signed(self):
        """Refuse what is not signed by all.

        :raises UserError: names whose signature is missing
        """
        for agreement in self.sudo():
            shown = agreement.signature_ids.filtered(lambda one: one._is_shown())
            lacking = [one.display_name for one in agreement.parent_ids - shown.guardian_id]
            if agreement.carer_id not in shown.filtered(lambda one: one.who == "carer").guardian_id:
                lacking.append(agreement.carer_id.display_name)
            if "witness" not in shown.mapped("who"):
                lacking.append(self.env._("the village witness"))
            if lacking:
                comma = self.env._("%(one)s, %(other)s", one="", other="")
                raise UserError(
                    self.env._(
                        "%(agreement)s lacks a signature that can be shown (drawn, scanned, or "
                        "marked as remote): %(people)s.",
                        agreement=agreement.display_name,
                        people=comma.join(lacking),
                    )
                )

    def _check_confirmer(self):
        """Refuse who entered the signatures, and what would be over before it begins.

        :raises UserError: says who confirms instead, or to draw up another agreement
        """
        today = fields.Date.context_today(self)
        for agreement in self.sudo():
            signatures = agreement.signature_ids
            if self.env.uid in (signatures.create_uid | signatures.user_id).ids:
                raise UserError(
                    self.env._(
                        "%(agreement)s: you witnessed or entered signatures. Another official puts "
                        "it in force.",
                        agreement=agreement.display_name,
                    )
                )
            if agreement.date_to < today:
                raise UserError(
                    self.env._(
                        "%(agreement)s was over on %(day)s and holds from the day it is confirmed. "
                        "Cancel it and draw up another one.",
                        agreement=agreement.display_name,
                        day=agreement.date_to,
                    )
                )

    def _check_overlap(self):
        """Refuse a second agreement for a child on the same days.

        :raises ValidationError: names the child (masked), the days and the other agreement
        """
        self.flush_model()
        self.env["lbc.agreement.line"].flush_model()
        for line in self.sudo().line_ids:
            rows = self.env.execute_query(_overlap(line.child_id.id, line, line.agreement_id.id))
            if rows:
                raise ValidationError(self._overlap_text(line.child_id, *rows[0]))

    def _overlap_text(self, child, number, first, last):
        return self.env._(
            "%(child)s already has agreement %(agreement)s from %(first)s to %(last)s. End that one "
            "first, or let this one begin later.",
            child=child.display_name,
            agreement=number,
            first=first,
            last=last,
        )

    def _told_of_overlap(self):
        """Return the sentence about an overlap that another transaction has just made (str, or None).

        Its rows are not in this transaction's snapshot, so they are asked for in a fresh one.
        """
        with self.env.registry.cursor() as cr:
            for line in self.sudo().line_ids:
                cr.execute(_overlap(line.child_id.id, line, line.agreement_id.id))
                if row := cr.fetchone():
                    return self._overlap_text(line.child_id, *row)
        return None


def _overlap(child_id, period, agreement_id):
    return SQL(
        """
        SELECT other.name, line.date_from, line.date_to
          FROM lbc_agreement_line line JOIN lbc_agreement other ON other.id = line.agreement_id
         WHERE line.child_id = %s AND line.state IN %s AND line.agreement_id <> %s
           AND daterange(line.date_from, line.date_to + 1) && daterange(%s, %s::date + 1)
         ORDER BY line.date_from LIMIT 1
        """,
        child_id,
        CONFIRMED,
        agreement_id,
        period.date_from,
        period.date_to,
    )


class AgreementLine(models.Model):
    _inherit = "lbc.agreement.line"

    def _is_to_be_heard(self):
        """Return whether the child is asked: 8 years old on the first day, or of unknown age (bool)."""
        self.ensure_one()
        line = self.sudo()  # the birth date belongs to another data group
        day = line.agreement_id.date_from or fields.Date.context_today(self)
        birth = line.child_id.birth_date
        return not birth or ages.age_on(birth, day) >= ages.AGE_ATTENDED
