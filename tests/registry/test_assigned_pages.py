"""Who meets single children opens their pages, and finds no sibling there (§C.2, cross rules)."""

from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time

from ..common import CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestAssignedPages(CareCase):
    roles = ("provider", "mass_organization", "township")

    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger()
        self.sibling = self.make_on_ledger(
            household_id=self.child.household_id.id,
            father=self.child.father_id,
            mother=self.child.mother_id,
        )
        self.env["lbc.assignment"].create(
            {
                "child_id": self.child.id,
                "organization_id": self.organization.id,
                "purpose": "个案随访",
                "date_to": "2026-12-31",
            }
        )

    def test_pages_open_and_show_no_sibling(self):
        for role in ("provider", "mass_organization"):
            for record in (self.child, self.child.household_id, self.child.father_id):
                self.env.invalidate_all()
                with self.subTest(role=role, model=record._name):
                    Form(self.as_role(record, role))
            self.env.invalidate_all()
            child = self.as_role(self.child, role)
            self.assertEqual(child.search([]), self.child)
            self.assertFalse(self.as_role(self.sibling, role).has_access("read"))
            self.env.invalidate_all()
            self.assertEqual(child.household_id.child_ids, self.child)

    def test_a_parent_seen_through_one_child_shows_no_line_of_another(self):
        father = self.child.father_id
        director = self.make_user("village_b1", "child_director", self.village_b1)
        half = self.make_child(self.village_b1, father=father)
        self.env.invalidate_all()
        lines = father.with_user(director).guardianship_ids
        self.assertEqual(lines.child_id, half)
        Form(father.with_user(director))
