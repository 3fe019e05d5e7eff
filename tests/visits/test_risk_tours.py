"""The scorecard on a telephone, its review at a desk (§B.11)."""

from odoo.tests import tagged

from ..common import BrowserCase


class RiskTours(BrowserCase):
    roles = ("village", "township")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        for user in cls.users.values():
            user.write({"lang": "zh_CN", "password": user.login})


@tagged("post_install", "-at_install")
class TestRiskOnATelephone(RiskTours):
    browser_size = "390x844"
    touch_enabled = True

    def test_the_village_answers_with_a_thumb(self):
        child = self.make_on_ledger(day="2026-01-05")
        draft = self.env["lbc.risk.assessment"].with_user(self.users["village"])
        draft = draft.create({"child_id": child.id})
        self.start_tour(
            f"/odoo/care-risk/{draft.id}",
            "lbc_village_assesses_risk_by_thumb",
            login="test_village",
        )
        self.assertEqual((draft.state, draft.level), ("to_review", "high"))
        self.assertEqual(draft.score, 100)


@tagged("post_install", "-at_install")
class TestRiskReview(RiskTours):
    def test_the_township_puts_it_in_force(self):
        child = self.make_on_ledger(day="2026-01-05")
        scheme = self.env.ref("left_behind_children.risk_scheme_default")
        answers = {str(item.id): item.option_ids[-1:].ids for item in scheme.item_ids}
        handed_in = self.env["lbc.risk.assessment"].with_user(self.users["village"])
        handed_in = handed_in.create({"child_id": child.id, "answers": answers})
        handed_in.action_submit()
        self.start_tour("/odoo/care-risk", "lbc_township_reviews_risk", login="test_township")
        self.assertEqual(handed_in.state, "in_force")
        self.assertEqual(child.risk_level, handed_in.level)
