"""Steps on the ledger, who takes them, and what is refused (domain.md §C.1.2 在册)."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestLedgerStates(CareCase):
    def test_village_submits_and_township_verifies(self):
        child = self.make_child()
        self.as_role(child, "village").action_submit()
        self.assertEqual(child.state, "to_verify")
        self.as_role(child, "township")._verify(date(2026, 11, 21), "父母务工证明")
        self.assertEqual(child.state, "on_ledger")
        self.assertEqual(child.episode_id.reason, "both_away")

    def test_village_may_not_verify_nor_confirm_an_exit(self):
        child = self.make_child()
        self.as_role(child, "village").action_submit()
        with self.assertRaises(AccessError):
            self.as_role(child, "village")._verify(date(2026, 11, 21), "自己核实")
        on_ledger = self.make_on_ledger()
        self.as_role(on_ledger, "village")._propose_exit("other", date(2026, 11, 21), "父亲说明")
        with self.assertRaises(AccessError):
            self.as_role(on_ledger, "village").action_confirm_exit()

    def test_verifying_needs_evidence(self):
        child = self.make_child()
        child.action_submit()
        with self.assertRaisesRegex(UserError, "evidence"):
            self.as_role(child, "township")._verify(date(2026, 11, 21), False)

    def test_everything_missing_is_named_at_once(self):
        child = self.env["lbc.child"].create({"name": "李四", "area_id": self.village_a1.id})
        with self.assertRaises(UserError) as refused:
            self.as_role(child, "village").action_submit()
        for word in ("birth date", "sex", "identity number", "father", "mother"):
            self.assertIn(word, str(refused.exception))

    def test_a_parent_may_be_missing_with_a_reason(self):
        child = self.make_child()
        child.guardianship_ids.filtered(lambda line: line.role == "mother").unlink()
        with self.assertRaises(UserError):
            child.action_submit()
        child.parents_note = "母亲身份不明"
        child.action_submit()
        self.assertEqual(child.state, "to_verify")

    def test_rejected_children_come_back(self):
        child = self.make_child()
        child.action_submit()
        self.as_role(child, "township")._reject("证明看不清")
        self.assertEqual((child.state, child.remark), ("rejected", "证明看不清"))
        self.as_role(child, "village").action_submit()
        self.assertEqual(child.state, "to_verify")

    def test_exit_is_proposed_confirmed_and_refused(self):
        child = self.make_on_ledger()
        self.as_role(child, "village")._propose_exit(
            "parent_returned", date(2026, 11, 20), "父亲返乡"
        )
        self.assertEqual(child.state, "exit_pending")
        self.as_role(child, "township")._refuse_exit("只是回家过节")
        self.assertEqual((child.state, child.date_exit), ("on_ledger", False))
        self.as_role(child, "village")._propose_exit(
            "parent_returned", date(2026, 11, 20), "父亲返乡"
        )
        self.as_role(child, "township").action_confirm_exit()
        self.assertEqual((child.state, child.date_exit), ("exited", date(2026, 11, 20)))

    def test_return_is_a_new_episode_of_the_same_file(self):
        child = self.make_on_ledger()
        number = child.file_number
        self.as_role(child, "township")._propose_exit("parent_returned", date(2026, 10, 1), "返乡")
        self.as_role(child, "township").action_confirm_exit()
        self.as_role(child, "township")._return(date(2026, 11, 1), "再次外出")
        self.assertEqual((child.state, child.file_number), ("on_ledger", number))
        self.assertEqual(len(child.episode_ids), 2)
        self.assertEqual(child.episode_id.entry_kind, "return")

    def test_void_is_for_civil_affairs_only(self):
        child = self.make_on_ledger()
        for role in ("village", "township"):
            with self.assertRaises(AccessError):
                self.as_role(child, role)._void("重复")
        self.as_role(child, "civil_affairs")._void("重复录入")
        self.assertEqual(child.state, "void")
        with self.assertRaises(UserError):
            self.as_role(child, "township").action_confirm_exit()

    def test_the_decision_page_checks_like_the_steps_behind_it(self):
        child = self.make_child()
        child.action_submit()
        page = (
            self.env["lbc.child.decide"]
            .with_user(self.users["village"])
            .create({"child_ids": [(6, 0, child.ids)], "decision": "verify", "reason": "冒充镇街"})
        )
        with self.assertRaises(AccessError):
            page.action_decide()
        self.assertEqual(child.state, "to_verify")

    def test_another_township_decides_nothing_here(self):
        child = self.make_child(self.village_b1)
        child.action_submit()
        with self.assertRaises(UserError):
            self.as_role(child, "township")._verify(date(2026, 11, 21), "越界")
        self.assertEqual(child.state, "to_verify")

    def test_a_state_that_does_not_follow_is_refused(self):
        child = self.make_on_ledger()
        with self.assertRaises(UserError):
            self.as_role(child, "township").action_confirm_exit()
        with self.assertRaises(UserError):
            self.as_role(child, "village").action_submit()

    def test_submitted_children_are_never_deleted(self):
        draft, child = self.make_child(), self.make_on_ledger()
        self.as_role(draft, "village").unlink()
        with self.assertRaises(UserError):
            self.as_role(child, "village").unlink()

    def test_editing_the_village_is_no_way_to_move_a_child(self):
        child = self.make_on_ledger()
        for role, area in (("township", self.village_a2), ("civil_affairs", self.village_b1)):
            with self.assertRaises(UserError):
                self.as_role(child, role).area_id = area

    def test_a_draft_takes_its_household_to_the_right_village(self):
        child = self.make_child()
        self.as_role(child, "township").area_id = self.village_a2
        self.assertEqual(child.household_id.area_id, self.village_a2)

    def test_relations_of_submitted_children_are_ended_not_deleted(self):
        draft, child = self.make_child(), self.make_on_ledger()
        self.as_role(draft.guardianship_ids[0], "village").unlink()
        with self.assertRaises(UserError):
            self.as_role(child.guardianship_ids[0], "village").unlink()
        self.as_role(child.guardianship_ids[0], "village").date_to = "2026-11-20"
        self.assertFalse(child.father_id)
