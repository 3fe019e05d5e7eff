"""Areas and roles come from postings, begin and end with them (B-5.1b, architecture "Scope")."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import XMLID, CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestPosting(CareCase):
    def _posting(self, user):
        return self.env["lbc.posting"].search([("user_id", "=", user.id)])

    def test_a_posting_gives_its_role_and_nothing_else(self):
        user = self.users["village"]
        self.assertTrue(user.has_group(f"{XMLID}.role_village"))
        self.assertFalse(user.has_group(f"{XMLID}.role_township"))
        self.assertFalse(user.has_group("base.group_system"))

    def test_the_role_ends_with_the_posting(self):
        self._posting(self.users["village"]).date_to = "2026-11-20"
        self.assertFalse(self.users["village"].has_group(f"{XMLID}.role_village"))
        self.assertFalse(self.env["lbc.child"].with_user(self.users["village"]).has_access("read"))

    def test_the_next_request_follows_a_changed_area(self):
        child = self.make_child(self.village_a1)
        children = self.env["lbc.child"].with_user(self.users["village"])
        self.assertIn(child, children.search([]))
        self._posting(self.users["village"]).area_ids = self.village_a2
        self.assertNotIn(child, children.search([]))

    def test_a_posting_that_ran_out_overnight_gives_nothing(self):
        child = self.make_child(self.village_a1)
        posting = self._posting(self.users["village"])
        posting.date_to = "2026-11-30"
        children = self.env["lbc.child"].with_user(self.users["village"])
        self.assertIn(child, children.search([]))
        with freeze_time("2026-12-01"):
            self.env["lbc.posting"]._cron_roll_over()
            self.assertFalse(children.has_access("read"))

    def test_no_area_no_records(self):
        self.make_child(self.village_a1)
        self._posting(self.users["village"]).area_ids = False
        self.assertFalse(self.env["lbc.child"].with_user(self.users["village"]).search([]))

    def test_two_posts_one_role_at_a_time(self):
        user = self.users["village"]
        second = self.env["lbc.posting"].create(
            {
                "name": "兼任",
                "user_id": user.id,
                "post_id": self.env.ref(f"{XMLID}.post_child_supervisor").id,
                "organization_id": self.organization.id,
                "area_ids": [(6, 0, self.township_b.ids)],
                "date_from": "2026-01-01",
            }
        )
        user.with_user(user).action_lbc_act_in(second.id)
        self.assertTrue(user.has_group(f"{XMLID}.role_township"))
        self.assertFalse(user.has_group(f"{XMLID}.role_village"))
        self.assertEqual(user._lbc_scope()[:2], ("township", tuple(self.township_b.ids)))

    def test_my_posts_switches_and_shows_the_acting_one(self):
        user = self.users["village"]
        first = self._posting(user)
        second = first.copy({"post_id": self.env.ref(f"{XMLID}.post_resident_cadre").id})
        acting = user._lbc_acting_posting()
        other = (first | second) - acting
        other.with_user(user).action_act_in()
        self.assertTrue(other.with_user(user).is_acting)
        self.assertFalse(acting.with_user(user).is_acting)

    def test_nobody_acts_in_a_posting_of_somebody_else(self):
        user = self.users["village"]
        foreign = self._posting(self.users["civil_affairs"])
        with self.assertRaises(UserError):
            user.with_user(user).action_lbc_act_in(foreign.id)
        with self.assertRaises(AccessError):
            self.users["civil_affairs"].with_user(user).action_lbc_act_in(foreign.id)

    def test_village_cannot_post_itself_elsewhere(self):
        posting = self._posting(self.users["village"]).with_user(self.users["village"])
        with self.assertRaises(AccessError):
            posting.area_ids = self.village_b1
        with self.assertRaises(AccessError):
            posting.copy({"post_id": self.env.ref(f"{XMLID}.post_civil_affairs_officer").id})

    def test_the_level_of_the_areas_is_that_of_the_post(self):
        with self.assertRaises(ValidationError):
            self._posting(self.users["village"]).area_ids = self.township_a

    def test_a_former_name_is_kept(self):
        from datetime import date

        self.organization.action_rename("新名单位", date(2019, 1, 31))
        self.assertEqual(self.organization._name_on(date(2018, 5, 1)), "测试单位")
        self.assertEqual(self.organization._name_on(date(2020, 5, 1)), "新名单位")
