"""What parents are reminded of, and who looks after whom in a village, as it is printed (B-3.2b, B-4.1a)."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib import vocabulary as terms
from ..access import data_groups
from . import document_values as values_of

GROUPS = (
    data_groups.IDENTITY,
    data_groups.PARENT_CONTACT,
    data_groups.GUARDIANSHIP,
    data_groups.VISITS,
)
# Ground of a gap (`lib.guardian_day`): what the parents are asked to do.
GAPS = {
    "expired": "{term}协议已到期，尚未重新签订",
    "ended": "{term}协议已终止，尚未落实新的被委托人并重新签订协议",
    "suspended": "{term}协议已中止，尚未落实符合条件的临时照护人",
    "no_agreement": "尚未与被委托人签订书面{term}协议",
    "no_carer": "尚未委托具有照护能力的成年人代为照护",
    "carer_unable": "被委托人已不具备照护能力，尚未另行委托",
    "interim_unable": "临时照护人已不具备照护能力，尚未另行委托",
    "nobody_named": "{term}协议已中止或者终止，期间无人照护，尚未落实照护人",
}
GAP_WORDS = {
    "expired": "协议已到期",
    "ended": "协议已终止",
    "suspended": "协议中止",
    "no_agreement": "未签协议",
    "no_carer": "无照护人",
    "carer_unable": "被委托人无照护能力",
    "interim_unable": "临时照护人无照护能力",
    "nobody_named": "未指定临时照护人",
}
NOBODY = "目前没有符合条件的照护人"
ANSWERS = {
    "institution": "机构监护（照料）",
    "legal_guardian": "其他监护人",
    "father": "父亲在家监护",
    "mother": "母亲在家监护",
    "agreement": "{term}协议",
    "interim": "临时照护",
    "carer": "实际照护（无协议）",
}


class Child(models.Model):
    _inherit = "lbc.child"

    letter_ids = fields.One2many(
        "lbc.letter", "child_id", "Letters of Responsibility", groups=data_groups.GUARDIANSHIP
    )

    def _check_printing(self):
        """Refuse to print names, telephones and carers for who does not read them all.

        :raises AccessError: a child is not the caller's to read
        :raises UserError: one of the data groups is not his
        """
        self.check_access("read")
        user = self.env.user
        if not self.env.su and not all(user.has_group(one) for one in GROUPS):
            raise UserError(
                self.env._(
                    "This document holds names, telephones and carers, which your department does "
                    "not read. Ask the village or the township for what you need."
                )
            )

    def _reminders(self):
        """Return the reminders (督促函) for the parents of these children, one a family.

        :return: list of dicts: child (the first), text (Markup), village, township, day
        :raises UserError: nothing is missing for any of them
        """
        self._check_printing()
        children = self.sudo()  # what is printed was checked
        families = {}
        for child in children.sorted(lambda one: (one.area_id.code or "", one.file_number)):
            key = child.area_id, child.father_id, child.mother_id
            families[key] = families.get(key, child.browse()) | child
        answers = children._guardians_on(fields.Date.context_today(self))
        papers = []
        for (area, father, mother), group in families.items():
            matters = group._matters(answers)
            if matters and (father or mother):
                papers.append(group._reminder(area, matters))
        if not papers:
            raise UserError(
                self.env._("Nothing is missing for these children: there is nothing to remind of.")
            )
        return papers

    def _reminder(self, area, matters):
        """Return one reminder (dict) to the parents of these siblings (sudo)."""
        profile = self.env["lbc.profile"]._for_county(area.county_id)
        parents, roles = values_of.parents_of(self)
        values = {
            **values_of.of_place(area, profile),
            **values_of.of_children(self),
            **values_of.of_parents(parents, roles),
            **values_of.of_carer(self.carer_id[:1], False),
            "matters": values_of.bullets(matters),
        }
        template = self.env["lbc.agreement.template"]._in_use(
            area.county_id, "reminder", profile.term_care
        )
        return {
            "child": self[:1],
            "text": template._fill(values),
            "village": values_of.committee(area),
            "township": area.township_id.name,
            "day": values["day"],
        }

    def _matters(self, answers):
        """Return what the parents of these siblings (sudo) have not done yet (list of str)."""
        profile = self.env["lbc.profile"]._for_county(self.county_id[:1])
        term, matters = values_of.TERMS[profile.term_care], {}
        lines = (
            self.env["lbc.agreement.line"]
            .sudo()
            .search([("child_id", "in", self.ids), ("state", "=", "in_force")])
        )
        today = fields.Date.context_today(self)
        current = lines.filtered(lambda line: line.date_from <= today <= line.date_to).agreement_id
        for child in self:
            answer = answers[child.id]
            if answer.kind == "gap":
                text = GAPS.get(answer.ground, NOBODY).format(term=term)
                matters.setdefault(text, []).append(child.name)
            if child.without_contact:
                last = child.last_contact_date
                known = f"最近一次为{values_of.chinese_day(last)}" if last else "尚无联系记录"
                days = profile.parent_contact_days
                text = f"未按照每{days}日至少一次的要求与子女联系和交流（{known}）"
                matters.setdefault(text, []).append(child.name)
        if current.filtered(lambda one: not one.notice_school_on):
            matters.setdefault(f"尚未将{term}情况书面告知子女所在学校、幼儿园", [])
        if current.filtered(lambda one: not one.notice_village_on):
            matters.setdefault(f"尚未将{term}情况书面告知村（居）民委员会", [])
        said = [
            f"{'、'.join(people)}：{text}" if people and len(self) > 1 else text
            for text, people in matters.items()
        ]
        return [f"{one}；" for one in said[:-1]] + [f"{one}。" for one in said[-1:]]

    @api.model
    def _place_words(self, village):
        """Return the name (str) of a village as a place, which is not that of its committee."""
        return values_of.place(village)

    def _guardian_rows(self):
        """Return {village: rows} of the list of guardians of these children, as of today.

        A row is a dict: child, sex, birth, parents (list), guardian, relation, phone, ground,
        agreement, until, is_gap.
        """
        self._check_printing()
        children = self.sudo().sorted(lambda one: (one.area_id.code or "", one.file_number))
        answers = children._guardians_on(fields.Date.context_today(self))
        people = self.env["lbc.guardian"].sudo()
        agreements = self.env["lbc.agreement"].sudo()
        offices = self.env["lbc.organization"].sudo()
        by_village = {}
        for child in children:
            answer = answers[child.id]
            # Where nobody answers for the child: who looks after it in fact, if anybody does.
            person = people.browse(answer.guardian) or (
                child.carer_id if answer.kind == "gap" else people
            )
            agreement = agreements.browse(answer.agreement)
            by_village.setdefault(child.area_id, []).append(
                {
                    "child": child.name,
                    "sex": terms.chinese(terms.SEX, child.sex) if child.sex else "",
                    "birth": child.birth_date or "",
                    "parents": [
                        " ".join(filter(None, (one.name, one.work_place, one.phone)))
                        for one in child.father_id | child.mother_id
                    ],
                    "guardian": person.name or offices.browse(answer.organization).name or "",
                    "relation": child._relation_of(person),
                    "phone": person.phone or "",
                    "ground": child._ground_words(answer, agreement),
                    "agreement": agreement.name if answer.ground == "agreement" else "",
                    "until": (agreement.date_to or "") if answer.ground == "agreement" else "",
                    "is_gap": answer.kind == "gap",
                }
            )
        return by_village

    def _ground_words(self, answer, agreement):
        """Return in Chinese why this person answers for the child, or why nobody does (str)."""
        if answer.kind == "gap":
            return f"无有效监护人：{GAP_WORDS.get(answer.ground, '待落实')}"
        profile = self.env["lbc.profile"]._for_county(self.county_id)
        term = values_of.TERMS.get(agreement.term, values_of.TERMS[profile.term_care])
        return ANSWERS.get(answer.ground, "").format(term=term)

    def _relation_of(self, person):
        """Return in Chinese what a person is to this child (str)."""
        line = self.guardianship_ids.filtered(lambda one: one.guardian_id == person)[:1]
        code = line.relation or (line.role if line.role in ("father", "mother") else False)
        return terms.chinese(terms.RELATION, code) if code else ""
