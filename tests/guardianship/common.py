"""What tests of the guardians' room share: an agreement on its way from draft to in force."""

from odoo import fields
from odoo.tests.common import freeze_time

from ..common import CareCase

ANSWERS = {
    "check_adult": "yes",
    "check_capable": "yes",
    "ban_violence": "no",
    "ban_addiction": "no",
    "ban_neglect": "no",
    "ban_unfit": "no",
}


class AgreementCase(CareCase):
    """Base of the room's tests."""

    roles = ("village", "township", "civil_affairs", "police", "school")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.committee = cls.make_organization("东村村委会", "village_committee", cls.village_a1)
        cls.grandmother = cls.make_guardian(name="王奶奶", birth_date="1960-01-01")
        cls.uncle = cls.make_guardian(name="赵舅舅", birth_date="1985-01-01")

    def draft(self, children, carer=None, first="2026-11-01", last="2027-10-31", **vals):
        """Create a complete draft as the village."""
        values = {
            "area_id": self.village_a1.id,
            "line_ids": [
                (0, 0, {"child_id": child.id, "view_heard": "yes", "view_note": "愿意跟奶奶住"})
                for child in children
            ],
            "parent_ids": [(6, 0, (children.father_id | children.mother_id).ids)],
            "carer_id": (carer or self.grandmother).id,
            "relation": "paternal_grandmother",
            "reason": "both_away",
            "date_from": first,
            "date_to": last,
            "organization_id": self.committee.id,
            **ANSWERS,
            **vals,
        }
        return self.env["lbc.agreement"].with_user(self.users["village"]).create(values)

    def sign(self, agreement, day=None, without=()):
        """Let everybody sign on the screen, today."""
        day = day or fields.Date.today()
        drawn = {"agreement_id": agreement.id, "signed_on": day, "image": b"MQ=="}
        parties = [{"who": "parent", "guardian_id": one.id} for one in agreement.parent_ids]
        parties.append({"who": "carer", "guardian_id": agreement.carer_id.id})
        parties.append({"who": "witness"})
        signatures = self.env["lbc.agreement.signature"].with_user(self.users["village"])
        signatures.create([{**drawn, **one} for one in parties if one["who"] not in without])

    def in_force(self, children, **given):
        """Return an agreement that the village drew up and the township put in force by its first day."""
        agreement = self.draft(children, **given)
        with freeze_time(min(agreement.date_from, fields.Date.today())):
            self.put_in_force(agreement)
        agreement.with_env(self.env)._after_change()
        return agreement.with_env(self.env)

    def put_in_force(self, agreement):
        """Let a draft be signed and confirmed today."""
        agreement.action_to_sign()
        self.sign(agreement)
        self.as_role(agreement, "township").action_confirm()

    def answered(self, agreement):
        """Answer every question of a draft, as the village; returns it."""
        draft = agreement.with_user(self.users["village"])
        draft.line_ids.write({"view_heard": "yes", "view_note": "愿意"})
        draft.write(ANSWERS)
        return draft

    def renewal(self, agreement):
        """Return the draft that renews an agreement, with every answer."""
        action = self.as_role(agreement, "village").action_renew()
        return self.answered(self.env["lbc.agreement"].browse(action["res_id"]))

    def decide(self, agreement, role, decision, **vals):
        """Take a decision on the page for it."""
        wizard = self.env["lbc.agreement.decide"].with_user(self.users[role])
        values = {"agreement_id": agreement.id, "decision": decision, "note": "村里报告", **vals}
        return wizard.create(values).action_decide()

    def answer(self, child, day):
        """Return the answer for one child on a day (text or date)."""
        self.env.flush_all()
        return child._guardians_on(day)[child.id]
