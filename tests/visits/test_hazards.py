"""What visitors look for in a house is a list that whoever keeps forms extends."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import CareCase


@tagged("post_install", "-at_install")
class TestHazards(CareCase):
    roles = ("form_admin", "civil_affairs", "data_officer", "township")

    def test_who_keeps_forms_adds_one_and_thinks_of_no_code(self):
        for role, name in (("form_admin", "水井无盖"), ("civil_affairs", "狗未拴")):
            hazards = self.env["lbc.hazard"].with_user(self.users[role])
            hazard = hazards.create({"name": name})
            code = hazard.code
            self.assertTrue(code.startswith("hazard_"))
            hazard.name = f"{name}（新）"
            self.assertEqual(hazard.code, code)

    def test_a_name_that_was_there_before_gets_a_code_of_its_own(self):
        hazards = self.env["lbc.hazard"].with_user(self.users["form_admin"])
        first = hazards.create({"name": "水井无盖"})
        copied = first.copy()
        copied.active = False
        copied.name = "粪坑无盖"
        archived = hazards.create({"name": "粪坑无盖"})
        archived.active = False
        again = hazards.create({"name": "粪坑无盖"})
        first.name = "水井已加盖"
        renamed = hazards.create({"name": "水井无盖"})
        both = hazards.create([{"name": "狗未拴"}, {"name": "狗未拴"}])
        codes = (first | copied | archived | again | renamed | both).mapped("code")
        self.assertEqual(len(codes), 7)
        self.assertEqual(copied.code, f"{first.code}_1")

    def test_others_only_read_them(self):
        for role in ("data_officer", "township"):
            hazards = self.env["lbc.hazard"].with_user(self.users[role])
            self.assertTrue(hazards.search([]))
            with self.assertRaises(AccessError):
                hazards.create({"name": "x"})

    def test_the_line_of_the_list_asks_for_a_name_only(self):
        hazards = self.env["lbc.hazard"].with_user(self.users["form_admin"])
        view = self.env.ref("left_behind_children.hazard_view_list")
        with Form(hazards, view=view) as form:
            form.name = "楼梯无扶手"
