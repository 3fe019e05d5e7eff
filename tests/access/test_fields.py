"""Reading follows the data group, writing its write group; states are set by steps only (domain.md §C.2)."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestFields(CareCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger(school_id=self.school.id)

    def test_masked_roles_see_the_mask_and_not_the_name(self):
        for role in ("township_leader", "leading_office", "health", "data_officer"):
            child = self.as_role(self.child, role)
            self.assertEqual(child.display_name, f"{self.child.file_number} 张*丰")
            for name in ("name", "id_number", "birth_date", "name_initials"):
                with self.assertRaises(AccessError, msg=f"{role} {name}"):
                    child.read([name])

    def test_a_hidden_field_is_no_filter_and_no_order(self):
        children = self.env["lbc.child"].with_user(self.users["township_leader"])
        with self.assertRaises(AccessError):
            children.search([("name", "=like", "张%")])
        with self.assertRaises(AccessError):
            children.search([], order="birth_date")
        with self.assertRaises(AccessError):
            children.search([], order="carer_name")
        with self.assertRaises(AccessError):
            children.formatted_read_group([], ["id_number"], ["__count"])
        with self.assertRaises(AccessError):
            children.formatted_read_group([], ["father_name"], ["__count"])

    def test_roles_without_files_have_no_files(self):
        for role in (
            "procuratorate",
            "justice",
            "mass_organization",
            "institution",
            "provider",
            "leader",
            "form_admin",
        ):
            self.assertFalse(self.as_role(self.child, role).has_access("read"), role)

    def test_the_technical_administrator_sees_no_child(self):
        self.assertFalse(self.child.with_user(self.env.ref("base.user_admin")).has_access("read"))

    def test_health_is_a_matter_of_few(self):
        health = self.env["lbc.health"].create({"child_id": self.child.id, "condition": "chronic"})
        self.assertEqual(self.as_role(health, "village").condition, "chronic")
        for role in ("school", "education", "police", "township_leader", "leading_office"):
            self.assertFalse(self.as_role(health, role).has_access("read"), role)

    def test_school_sees_its_own_pupils_only_and_writes_schooling_only(self):
        other = self.make_child(self.village_a1)
        children = self.env["lbc.child"].with_user(self.users["school"])
        self.assertIn(self.child, children.search([]))
        self.assertNotIn(other, children.search([]))
        pupil = self.as_role(self.child, "school")
        pupil.grade_class = "五年级二班"
        for values in ({"name": "改名"}, {"area_id": self.village_a2.id}, {"sex": "female"}):
            with self.assertRaises(AccessError):
                pupil.write(values)

    def test_states_and_verdicts_are_not_entered_by_hand(self):
        child = self.as_role(self.child, "civil_affairs")
        for values in (
            {"state": "exited"},
            {"eligibility": "ineligible"},
            {"file_number": "LE9999999"},
            {"township_id": self.township_b.id},
            {"verified_on": "2026-11-21"},
            {"father_id": False},
        ):
            with self.assertRaises(AccessError, msg=values):
                child.write(values)
        with self.assertRaises(AccessError):
            self.as_role(self.child.episode_id, "civil_affairs").state = "exited"

    def test_own_area_only(self):
        elsewhere = self.make_on_ledger(self.village_b1)
        for role in ("village", "township", "township_leader"):
            child = self.as_role(elsewhere, role)
            self.assertFalse(child.has_access("read"), role)
            self.assertNotIn(elsewhere, child.search([]))
            self.assertNotIn(elsewhere.father_id, child.father_id.search([]))
        self.assertIn(elsewhere, self.as_role(elsewhere, "civil_affairs").search([]))

    def test_a_parent_with_children_in_two_villages_is_seen_in_both(self):
        father = self.child.father_id
        sister = self.make_child(self.village_b1, father=father)
        b1 = self.make_user("village_b1", "child_director", self.village_b1)
        self.assertEqual(sister.with_user(b1).father_id.name, father.name)
        self.assertIn(father, father.with_user(b1).search([]))
        self.assertEqual(father.migration_ids.with_user(b1).place, "广东省东莞市")

    def test_names_never_travel(self):
        self.assertNotIn("张三丰", str(self.child.message_ids.mapped("body")))
        values = self.child.message_ids.tracking_value_ids
        self.assertNotIn("张三丰", str(values.mapped("new_value_char")))
        activity = self.child.activity_schedule("mail.mail_activity_data_todo", summary="回访")
        self.assertNotIn("三丰", activity.res_name)
