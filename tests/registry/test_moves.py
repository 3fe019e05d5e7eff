"""Moves, merged villages and siblings (§C.6 cases 5, 7 and 18)."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestMoves(CareCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger()
        self.receiver = self.make_user("receiver", "child_supervisor", self.township_b)

    def _count(self, area=None):
        domain = self.env["lbc.child"]._on_ledger_domain()
        key = [("township_id", "=", area.id)] if area else [("county_id", "=", self.county.id)]
        return self.env["lbc.child"].search_count([*key, *domain])

    def _propose(self, to_area=None):
        child = self.as_role(self.child, "township")
        return (
            self.env["lbc.transfer"]
            .with_user(self.users["township"])
            ._propose(child, to_area or self.village_b1, date(2026, 11, 10), "随祖母搬家")
        )

    def test_sender_proposes_receiver_accepts_and_the_total_stays(self):
        total, number = self._count(), self.child.file_number
        transfer = self._propose()
        self.assertEqual((self.child.state, self._count()), ("transferring", total))
        self.assertEqual(self._count(self.township_a), 1)
        transfer.with_user(self.receiver).action_accept()
        self.assertEqual((self._count(), self._count(self.township_a)), (total, 0))
        self.assertEqual((self.child.state, self.child.file_number), ("on_ledger", number))
        self.assertEqual(self.child.township_id, self.township_b)
        old, new = self.child.episode_ids.sorted("id")
        self.assertEqual((old.date_exit, new.date_entry), (date(2026, 11, 10), date(2026, 11, 10)))
        self.assertEqual((old.township_id, new.township_id), (self.township_a, self.township_b))

    def test_what_belongs_to_the_child_moves_with_it(self):
        health = self.env["lbc.health"].create({"child_id": self.child.id})
        self._propose().with_user(self.receiver).action_accept()
        self.assertEqual(health.township_id, self.township_b)
        self.assertEqual(self.child.guardianship_ids.township_id, self.township_b)
        self.assertEqual(self.child.household_id.area_id, self.village_b1)
        self.assertEqual(self.child.with_user(self.receiver).father_id.name, "李成年")

    def test_the_old_township_keeps_its_episode_and_loses_the_file(self):
        self._propose().with_user(self.receiver).action_accept()
        self.assertFalse(self.as_role(self.child, "township").has_access("read"))
        old = self.child.episode_ids.sorted("id")[0]
        self.assertTrue(self.as_role(old, "township").has_access("read"))

    def test_only_the_receiver_answers_and_only_the_sender_withdraws(self):
        transfer = self._propose()
        with self.assertRaises(UserError):
            transfer.with_user(self.users["township"]).action_accept()
        with self.assertRaises(UserError):
            transfer.with_user(self.receiver).action_withdraw()
        with self.assertRaises(AccessError):
            transfer.with_user(self.users["village"]).action_accept()
        transfer.with_user(self.receiver).action_refuse()
        self.assertEqual((self.child.state, self.child.township_id), ("on_ledger", self.township_a))
        with self.assertRaises(UserError):
            transfer.with_user(self.receiver).action_accept()

    def test_each_side_is_offered_its_own_answer(self):
        transfer = self._propose()
        sender, receiver = (
            transfer.with_user(self.users["township"]),
            transfer.with_user(self.receiver),
        )
        self.assertEqual((sender.can_answer, sender.can_withdraw), (False, True))
        self.assertEqual((receiver.can_answer, receiver.can_withdraw), (True, False))

    def test_the_receiver_sees_the_mask_before_it_accepts(self):
        transfer = self._propose().with_user(self.receiver)
        self.assertEqual(transfer.child_label, self.child.display_name)
        self.assertEqual(transfer.display_name, self.child.display_name)
        self.assertFalse(self.child.with_user(self.receiver).has_access("read"))
        form = (
            self.env["lbc.transfer"]
            .with_user(self.receiver)
            .web_search_read(
                [], {"child_label": {}, "from_area_id": {"fields": {"display_name": {}}}}
            )
        )
        self.assertEqual(len(form["records"]), 1)

    def test_inside_a_township_nobody_else_has_to_agree(self):
        transfer = self._propose(self.village_a2)
        self.assertEqual(transfer.sudo().state, "accepted")
        self.assertEqual((self.child.area_id, self.child.state), (self.village_a2, "on_ledger"))

    def test_one_move_at_a_time(self):
        self._propose()
        with self.assertRaises(UserError):
            self._propose(self.village_b2)

    def test_siblings_share_the_household_and_leave_one_by_one(self):
        brother = self.make_on_ledger(name="张小弟", household_id=self.child.household_id.id)
        self.assertIn(brother, self.child.sibling_ids)
        self.as_role(brother, "township")._propose_exit(
            "joined_parents", date(2026, 11, 1), "随父母"
        )
        self.as_role(brother, "township").action_confirm_exit()
        self.assertEqual((brother.state, self.child.state), ("exited", "on_ledger"))
        self.assertIn(brother, self.child.household_id.child_ids)

    def test_siblings_who_move_to_one_village_share_a_household_there(self):
        brother = self.make_on_ledger(
            name="张小弟",
            household_id=self.child.household_id.id,
            father=self.child.father_id,
            mother=self.child.mother_id,
        )
        self._propose().with_user(self.receiver).action_accept()
        self.child, first = brother, self.child
        self._propose().with_user(self.receiver).action_accept()
        self.assertEqual(first.household_id, brother.household_id)

    def test_merged_village_hands_over_what_lives_and_keeps_its_past(self):
        wizard = (
            self.env["lbc.area.merge"]
            .with_user(self.users["civil_affairs"])
            .create(
                {
                    "area_ids": [(6, 0, self.village_a1.ids)],
                    "successor_id": self.village_a2.id,
                    "last_day": "2026-11-20",
                }
            )
        )
        wizard.action_merge()
        self.assertEqual(self.child.area_id, self.village_a2)
        self.assertEqual(self.child.household_id.area_id, self.village_a2)
        self.assertEqual(self.child.episode_id.area_id, self.village_a1)
        self.assertEqual(self.village_a1._on(date(2026, 11, 21)), self.village_a2)
        self.assertEqual(self.village_a1._on(date(2026, 11, 20)), self.village_a1)
        successor = self.make_user("village_a2", "child_director", self.village_a2)
        self.assertTrue(self.child.episode_id.with_user(successor).has_access("read"))

    def test_a_village_does_not_become_part_of_a_township(self):
        with self.assertRaises(UserError):
            self.village_a1._merge_into(self.township_b, date(2026, 11, 20))
