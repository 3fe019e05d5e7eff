"""The same child opened as village, school, police and leader in a real browser, in Chinese."""

from odoo.tests import tagged

from ..common import XMLID, BrowserCase


@tagged("post_install", "-at_install", "lbc_long")
class TestAccessTours(BrowserCase):
    roles = ("village", "school", "police", "township_leader", "leader")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        module = cls.env["ir.module.module"]
        module._load_module_terms(["left_behind_children"], ["zh_CN"], overwrite=True)
        for user in cls.users.values():
            user.write({"lang": "zh_CN", "password": user.login})

    def setUp(self):
        super().setUp()
        father = self.make_guardian(away_since="2024-01-05", phone="13800138000")
        self.child = self.make_on_ledger(
            school_id=self.school.id, father=father, address="东村三组18号"
        )

    def test_one_child_from_four_desks(self):
        action = self.env.ref(f"{XMLID}.child_action")
        url = f"/odoo/{action.path}/{self.child.id}"
        for role in ("village", "school", "police"):
            self.start_tour(url, f"lbc_child_seen_by_the_{role}", login=self.users[role].login)
        self.start_tour(
            url, "lbc_child_seen_by_the_leader", login=self.users["township_leader"].login
        )

    def test_a_district_leader_meets_counts_only(self):
        self.start_tour(
            "/odoo", "lbc_counts_seen_by_the_district_leader", login=self.users["leader"].login
        )
