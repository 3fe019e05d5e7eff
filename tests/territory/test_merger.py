"""A merger leaves somebody responsible for every child, on every day (domain.md §C.6 case 18)."""

from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import CareCase

DAY = date(2026, 11, 20)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestMerger(CareCase):
    def test_successors_never_lead_back(self):
        self.village_a1._merge_into(self.village_a2, DAY)
        with self.assertRaisesRegex(UserError, "has itself ended"):
            self.village_a2._merge_into(self.village_a1, DAY)
        with self.assertRaises(ValidationError):
            self.village_a2.successor_id = self.village_a1

    def test_a_cycle_written_by_sql_ends_all_the_same(self):
        pair = self.village_a1 | self.village_a2
        pair.valid_to = DAY
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE lbc_area SET successor_id = CASE id WHEN %s THEN %s ELSE %s END "
            "WHERE id = ANY(%s)",
            [self.village_a1.id, self.village_a2.id, self.village_a1.id, pair.ids],
        )
        self.env.invalidate_all()
        self.assertIn(self.village_a1._on(date(2026, 11, 21)), pair)
        self.assertEqual(self.village_a1._with_predecessors(), pair)

    def test_what_has_ended_is_not_merged_again(self):
        self.village_a1._merge_into(self.village_a2, DAY)
        with self.assertRaisesRegex(UserError, "already ended"):
            self.village_a1._merge_into(self.village_b1, DAY)

    def test_nobody_moves_into_what_has_ended(self):
        self.village_a2.valid_to = "2026-06-30"
        with self.assertRaisesRegex(UserError, "has itself ended"):
            self.village_a1._merge_into(self.village_a2, DAY)

    def test_a_merger_is_not_planned_ahead(self):
        with self.assertRaisesRegex(UserError, "future"):
            self.village_a1._merge_into(self.village_a2, date(2026, 11, 22))
        self.village_a1._merge_into(self.village_a2, date(2026, 11, 21))

    def test_villages_of_a_merged_township_lie_in_its_successor(self):
        child = self.make_on_ledger(area=self.village_b1)
        wizard = self.env["lbc.area.merge"].with_user(self.users["civil_affairs"])
        values = {"successor_id": self.township_a.id, "last_day": DAY}
        wizard.create({"area_ids": [(6, 0, self.township_b.ids)], **values}).action_merge()
        self.assertEqual(self.village_b1.parent_id, self.township_a)
        self.assertEqual((child.area_id, child.township_id), (self.village_b1, self.township_a))
        self.assertEqual(child.household_id.township_id, self.township_a)
        self.assertTrue(self.as_role(child, "township").has_access("read"))
        duties = self.env["lbc.duty"].with_user(self.users["township"])
        duties.sudo()._generate_visits(self.county, date(2026, 11, 1))
        self.assertEqual(duties.search([]).household_id, child.household_id)
