"""Families and agreements for the tests of documents."""

from datetime import date

from ..common import CareCase

IMAGE = "R0lGODlhAQABAAAAACw="
ANSWERS = {
    "check_adult": "yes",
    "check_capable": "yes",
    "ban_violence": "no",
    "ban_addiction": "no",
    "ban_neglect": "no",
    "ban_unfit": "no",
}


class PaperCase(CareCase):
    """A village with its committee, and families whose parents are away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.committee = cls.make_organization("东村村委会", "village_committee", cls.village_a1)

    def make_family(self, children=2, area=None, carer=True, **vals):
        """Return siblings on the ledger with both parents away and, if wanted, one carer."""
        area = area or self.village_a1
        away = {"away_since": "2024-01-05", "phone": "13812345678"}
        father = self.make_guardian(area, name="张大山", id_number=self.adult_number(), **away)
        mother = self.make_guardian(
            area, name="李秀英", id_number=self.adult_number("female"), **away
        )
        person = carer and self.make_guardian(
            area, name="王桂芳", id_number=self.adult_number("female"), phone="13600001111"
        )
        home = self.env["lbc.household"].create({"area_id": area.id})
        family = self.env["lbc.child"]
        for number in range(children):
            family |= self.make_on_ledger(
                area,
                name=f"张小{'甲乙丙丁'[number]}",
                father=father,
                mother=mother,
                carer=person or None,
                household_id=home.id,
                school_id=self.school.id,
                **vals,
            )
        family.guardianship_ids.filtered(lambda one: one.role == "carer").write(
            {"relation": "paternal_grandmother"}
        )
        return family

    def adult_number(self, sex="male"):
        return self.id_number(date(1980, 5, 5), sex)

    def prepare(self, role="village", **vals):
        """Return the wizard of a role after it listed the families."""
        wizard = self.env["lbc.agreement.prepare"].with_user(self.users[role]).create(vals)
        wizard.action_list()
        return wizard

    def make_drafts(self, **vals):
        wizard = self.prepare(**vals)
        wizard.action_draft()
        return wizard.agreement_ids

    def make_ready(self, agreements):
        """Answer what a person has to answer."""
        agreements.write(ANSWERS)
        for line in agreements.line_ids:
            line.write({"view_heard": "yes", "view_note": "愿意"})
        return agreements

    def out_for_signing(self, **vals):
        agreements = self.make_ready(self.make_drafts(**vals))
        agreements.action_to_sign()
        return agreements

    def collect(self, agreements, role="village", scan=IMAGE, **vals):
        """Enter the signatures of these agreements in bulk."""
        wizard = self.env["lbc.agreement.collect"].with_user(self.users[role])
        wizard = wizard.with_context(active_model="lbc.agreement", active_ids=agreements.ids)
        wizard = wizard.create(vals)
        wizard.line_ids.write({"scan": scan})
        wizard.action_collect()
        return wizard
