"""Who visits a household is named on its page or for many at once, by whoever supervises (L-2d)."""

from lxml import etree

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from ..common import XMLID, CareCase


@tagged("post_install", "-at_install")
class TestVisitors(CareCase):
    roles = ("village", "township", "provider")

    def setUp(self):
        super().setUp()
        self.home = self.make_on_ledger().household_id
        self.cadre = self.make_user("cadre", "resident_cadre", self.village_a1)

    def test_the_township_names_one_of_those_who_visit_there(self):
        stranger = self.make_user("stranger", "child_director", self.village_b1)
        form = Form(self.as_role(self.home, "township"), f"{XMLID}.household_view_form")
        offered = form.possible_visitor_ids[:]
        self.assertLessEqual(
            {self.cadre.id, self.users["village"].id, self.users["provider"].id}, set(offered.ids)
        )
        self.assertNotIn(stranger.id, offered.ids)
        form.visitor_id = self.cadre
        form.save()
        self.assertEqual(self.home.child_ids.visitor_id, self.cadre)

    def test_many_households_at_once(self):
        homes = self.home | self.make_on_ledger(name="李四光").household_id
        self.as_role(homes, "township").write({"visitor_id": self.cadre.id})
        self.assertEqual(homes.visitor_id, self.cadre)
        views = self.env["lbc.household"].with_user(self.users["township"])
        tree = etree.fromstring(views.get_view(view_type="list")["arch"])
        self.assertEqual(tree.get("multi_edit"), "1")
        editable = {
            node.get("name")
            for node in tree.iter("field")
            if node.get("readonly") not in ("1", "True") and not node.get("column_invisible")
        }
        self.assertIn("visitor_id", editable)
        self.assertFalse({"area_id", "address", "economy"} & editable)

    def test_the_village_reads_who_visits_and_names_nobody(self):
        home = self.as_role(self.home, "village")
        self.assertFalse(home.possible_visitor_ids)
        self.assertTrue(home.fields_get(["visitor_id"])["visitor_id"]["readonly"])
        with self.assertRaises(AccessError):
            home.visitor_id = self.cadre

    def test_who_does_not_visit_there_is_refused(self):
        stranger = self.make_user("stranger", "child_director", self.village_b1)
        with self.assertRaises(ValidationError):
            self.as_role(self.home, "township").visitor_id = stranger
