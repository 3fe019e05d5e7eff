"""Draw up the agreements of an area: whom they concern, what is missing, one stack to print (B-3.2c, B-4.1a).

First the list of families and what is missing, then the drafts, one agreement for siblings with the
same parents and carer, then the stack for the village meeting as one document.
"""

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...models.guardianship.vocabulary import CONFIRMED

OPEN = ("draft", "to_sign")
_OF_CHILD = ("household_id", "id_number", "no_id_reason", "school_id", "school_name")
_OF_PERSON = ("birth_date", "id_number", "phone", "work_place", "name_masked")
DAYS = 365  # an agreement runs for a year unless the village says otherwise
REPORT = "left_behind_children.agreement_report"


class AgreementPrepare(models.TransientModel):
    _name = "lbc.agreement.prepare"
    _description = "Draw Up Agreements"
    _inherit = ["lbc.wizard.mixin"]

    area_id = fields.Many2one(
        "lbc.area",
        "Village, Township or County",
        required=True,
        default=lambda self: self.env.user._lbc_own_area(),
    )
    date_from = fields.Date(
        "From",
        required=True,
        default=fields.Date.context_today,
        help="The day of the meeting: an agreement never holds before everybody has signed and the "
        "township has confirmed it.",
    )
    date_to = fields.Date("To", compute="_compute_date_to", store=True, readonly=False)
    with_expiring = fields.Boolean(
        "Also Those That Expire Soon",
        default=True,
        help="Within the days of the district's profile.",
    )
    line_ids = fields.One2many("lbc.agreement.prepare.line", "wizard_id", "Families")
    family_count = fields.Integer("Agreements to Draw Up", compute="_compute_counts")
    child_count = fields.Integer("Children Concerned", compute="_compute_counts")
    incomplete_count = fields.Integer("Of Them with Something Missing", compute="_compute_counts")
    agreement_ids = fields.Many2many("lbc.agreement", string="Drawn Up", readonly=True)
    is_listed = fields.Boolean(readonly=True)

    @api.depends("date_from")
    def _compute_date_to(self):
        for wizard in self:
            wizard.date_to = wizard.date_from and wizard.date_from + timedelta(days=DAYS - 1)

    @api.depends("line_ids.missing", "line_ids.child_ids")
    def _compute_counts(self):
        for wizard in self:
            wizard.family_count = len(wizard.line_ids)
            wizard.child_count = len(wizard.line_ids.child_ids)
            wizard.incomplete_count = len(wizard.line_ids.filtered("missing"))

    @api.depends("area_id")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = wizard.area_id.name or self.env._("Draw Up Agreements")

    # -- step 1: whom it concerns

    def action_list(self):
        """List the families that need an agreement and what is missing, and what was drawn up before."""
        self.ensure_one()
        self._check_caller()
        self.line_ids.unlink()
        self.env["lbc.agreement.prepare.line"].sudo().create(self._lines())
        begun = self.env["lbc.agreement"].search(
            Domain("state", "in", OPEN) & self.area_id._lbc_within()
        )
        # Set by this step only. What was drawn up before is gone on with here.
        self.sudo().write({"is_listed": True, "agreement_ids": [(6, 0, begun.ids)]})
        return self._again()

    def _check_caller(self):
        """Refuse whoever draws up no agreements.

        :raises AccessError: another role than village, township, civil affairs
        :raises UserError: the period is reversed
        """
        self._require_role("village", "township", "civil_affairs")
        if self.date_to and self.date_to < self.date_from:
            raise UserError(
                self.env._("The agreements would end before they begin. Correct the days.")
            )

    def _lines(self):
        """Return the values of lines for the children of the area who need an agreement, by family."""
        child = self.env["lbc.child"]
        children = child.search(
            Domain(child._on_ledger_domain()) & self.area_id._lbc_within(),
            order="area_id, household_id, file_number",
        )
        children.sudo().fetch(_OF_CHILD)  # at once: what is missing is said family by family
        people = children.father_id | children.mother_id | children.carer_id
        people.sudo().fetch(_OF_PERSON)
        answers = children._guardians_on(self.date_from)
        children -= self._drawn_up(children)
        renewals = self._renewals(children, answers)
        values = [
            self._line(old.child_ids & children, old.parent_ids, old.carer_id, old)
            for old in renewals
        ]
        needy = children.filtered(lambda one: _needs_one(answers[one.id]))
        return values + self._families(needy - renewals.child_ids)

    def _renewals(self, children, answers):
        """Return the agreements that are renewed as a whole: the latest of each child that still needs one."""
        lines = self.env["lbc.agreement.line"].search(
            [("child_id", "in", children.ids), ("state", "in", CONFIRMED)], order="date_from, id"
        )
        latest = {line.child_id: line for line in lines}
        ending = defaultdict(set)
        for child, line in latest.items():
            old, answer = line.agreement_id, answers[child.id]
            if old.state == "in_force" and not line.ended_on:
                is_over = _needs_one(answer) and old.date_to < self.date_from
                is_near = self.with_expiring and old.is_expiring and answer.agreement == old.id
                if is_over or is_near:
                    ending[old].add(child.id)
        found = self.env["lbc.agreement"].browse([one.id for one in ending])
        renewed = [("renews_id", "in", found.ids), ("state", "!=", "cancelled")]
        found -= found.search(renewed).renews_id
        return found.filtered(
            lambda old: (
                ending[old]
                == set(old.line_ids.filtered(lambda line: not line.ended_on).child_id.ids)
            )
        )

    def _families(self, children):
        """Return the values of lines for these children, one for siblings with the same parents and carer."""
        families = {}
        for child in children:
            # One agreement for siblings with the same parents and carer (§B.3).
            home = child.household_id.id if not child.carer_id else 0
            key = child.area_id, child.carer_id, child.father_id, child.mother_id, home
            families[key] = families.get(key, child.browse()) | child
        return [
            self._line(group, father | mother, carer)
            for (_area, carer, father, mother, _home), group in families.items()
        ]

    def _drawn_up(self, children):
        """Return those of the children who have a draft or a text out for signing already."""
        lines = self.env["lbc.agreement.line"].search(
            [("child_id", "in", children.ids), ("state", "in", OPEN)]
        )
        return lines.child_id

    def _line(self, children, parents, carer, old=None):
        area = children[:1].area_id
        return {
            "wizard_id": self.id,
            "area_id": area.id,
            "child_ids": [(6, 0, children.ids)],
            "parent_ids": [(6, 0, parents.ids)],
            "carer_id": carer.id,
            "renews_id": old.id if old else False,
            "missing": "\n".join(self.line_ids._gaps(children, parents, carer, self.date_from))
            or False,
            "is_chosen": bool(carer),
        }

    # -- step 2: drafts

    def action_draft(self):
        """Draw up an agreement for every chosen family.

        :raises UserError: none is chosen
        """
        self.ensure_one()
        self._check_caller()
        chosen = self.line_ids.filtered(lambda line: line.is_chosen and line.carer_id)
        if not chosen:
            raise UserError(
                self.env._("Choose at least one family with a carer, or enter carers first.")
            )
        renewals = chosen.filtered("renews_id")
        agreements = self.env["lbc.agreement"].create(
            [self._agreement(line) for line in chosen - renewals]
        )
        for line in renewals:
            action = line.renews_id.action_renew()
            agreement = agreements.browse(action["res_id"])
            # It begins after the old one has ended, and not before the meeting.
            first = max(agreement.date_from, self.date_from)
            length = self.date_to - self.date_from
            agreement.write({"date_from": first, "date_to": first + length})
            agreements |= agreement
        self.line_ids.unlink()
        self.sudo().agreement_ids |= agreements  # read-only: set by this step only
        return self._again()

    def _agreement(self, line):
        """Return the values of a draft from what the registry knows."""
        child = line.child_ids[:1]
        committee = self.env["lbc.agreement"]._village_committee(line.area_id)
        by_village = self.env.user._lbc_has_role("village")
        return {
            "area_id": line.area_id.id,
            "line_ids": [(0, 0, {"child_id": one.id}) for one in line.child_ids],
            "parent_ids": [(6, 0, line.parent_ids.ids)],
            "carer_id": line.carer_id.id,
            "relation": child.carer_relation,
            "reason": child.care_reason or _REASONS.get(child.eligibility_reason, "both_away"),
            "work_place": "、".join(
                dict.fromkeys(filter(None, line.parent_ids.mapped("work_place")))
            ),
            "date_from": self.date_from,
            "date_to": self.date_to,
            "organization_id": committee.id,
            "witness_id": self.env.uid if by_village else False,
        }

    # -- step 3: to sign, to print

    def action_to_sign(self):
        """Hand the complete drafts to signing; the others stay with what they lack."""
        self.ensure_one()
        self._check_caller()
        ready = self.agreement_ids.filtered(
            lambda one: one.state == "draft" and not one._missing() and not one._refusals()
        )
        if not ready:
            raise UserError(
                self.env._("No draft is complete yet. Open each and answer what is missing.")
            )
        ready.action_to_sign()
        return self._again()

    def action_print(self):
        """Print the stack: one document, each agreement on pages of its own."""
        self.ensure_one()
        self._check_caller()
        if not self.agreement_ids:
            raise UserError(self.env._("There is nothing to print yet. Draw up agreements first."))
        stack = self.agreement_ids.sorted(lambda one: (one.area_id.code or "", one.name))
        return self.env.ref(REPORT).report_action(stack, config=False)

    def action_collect(self):
        """Enter the signatures that came back from the meeting."""
        self.ensure_one()
        self._check_caller()
        return self.agreement_ids._open_collect()

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Draw Up Agreements"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "current",
        }


# Ground of the verdict: reason of care on the official form.
_REASONS = {"both_away": "both_away", "one_away_other_incapable": "one_away"}


def _needs_one(answer):
    """Return whether a child with this answer (`lib.guardian_day.Answer`) needs an agreement (bool)."""
    return answer.kind in ("gap", "interim") or answer.ground == "carer"
