"""Suspended and ended: who looks after the child meanwhile must be named (§C.1.2, §C.6 cases 11 and 15)."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .common import AgreementCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestAgreementEnding(AgreementCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger()
        self.agreement = self.in_force(self.child)

    def suspend(self, role="police", **vals):
        given = {"day": "2026-11-15", "suspension_reason": "carer_accused", "interim_kind": "none"}
        return self.decide(self.agreement, role, "suspend", **{**given, **vals})

    def grounds(self, *days):
        return [self.answer(self.child, day).ground for day in days]

    def test_police_suspends_and_names_who_cares(self):
        with self.assertRaises(UserError):
            self.suspend(interim_kind=False)
        with self.assertRaises(UserError):
            self.suspend(interim_kind="person", interim_carer_id=self.grandmother.id)
        self.suspend(interim_kind="person", interim_carer_id=self.uncle.id)
        self.assertEqual(self.agreement.state, "suspended")
        self.assertEqual(self.grounds("2026-11-14", "2026-11-15"), ["agreement", "interim"])
        self.assertTrue(self.child.no_agreement)

    def test_the_village_neither_suspends_nor_decides_on_a_suspended_one(self):
        with self.assertRaises(AccessError):
            self.suspend("village")
        self.suspend("township")
        self.assertEqual(self.grounds("2026-11-21"), ["suspended"])
        self.assertEqual(self.child.gap_since, date(2026, 11, 15))
        ending = {"day": "2026-11-21", "end_reason": "carer_accused", "interim_kind": "none"}
        with self.assertRaises(AccessError):
            self.decide(self.agreement, "village", "end", **ending)
        with self.assertRaises(AccessError):
            self.decide(self.agreement, "police", "resume", day="2026-11-21")

    def test_resumed_it_holds_again(self):
        self.suspend()
        self.decide(self.agreement, "township", "resume", day="2026-11-20")
        self.assertEqual(
            self.grounds("2026-11-14", "2026-11-19", "2026-11-20"),
            ["agreement", "suspended", "agreement"],
        )
        self.assertFalse(self.child.gap_since)

    def test_carer_changes_after_a_death(self):
        self.grandmother.write({"state": "dead", "state_since": "2026-11-18"})
        self.assertEqual(
            (self.agreement.state, self.agreement.end_reason, self.agreement.ended_on),
            ("ended", "carer_dead", date(2026, 11, 17)),
        )
        self.assertEqual(self.grounds("2026-11-17", "2026-11-18"), ["agreement", "nobody_named"])
        self.decide(
            self.agreement,
            "township",
            "interim",
            day="2026-11-19",
            interim_kind="institution",
            interim_organization_id=self.school.id,
        )
        fresh = self.in_force(self.child, carer=self.uncle, first="2026-11-21", last="2027-11-20")
        self.assertEqual(
            self.grounds("2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21"),
            ["nobody_named", "institution", "institution", "agreement"],
        )
        self.assertEqual(self.child.carer_id, self.uncle)
        self.assertEqual(self.answer(self.child, "2026-11-21").agreement, fresh.id)

    def test_the_village_ends_it_when_a_parent_returns(self):
        self.decide(
            self.agreement, "village", "end", day="2026-11-20", end_reason="parent_returned"
        )
        self.assertEqual(self.agreement.line_ids.date_to, date(2026, 11, 19))
        self.assertEqual(self.grounds("2026-11-19", "2026-11-20"), ["agreement", "ended"])
        self.child.father_id.migration_ids.date_to = "2026-11-20"
        self.assertEqual(self.grounds("2026-11-19", "2026-11-20"), ["agreement", "father"])
        self.assertFalse(self.child.gap_since)

    def test_days_that_cannot_be(self):
        ending = {"end_reason": "parent_returned"}
        with self.assertRaises(UserError):
            self.decide(self.agreement, "village", "end", day="2026-11-30", **ending)
        with self.assertRaises(UserError):
            self.decide(self.agreement, "village", "end", day="2026-10-01", **ending)
        with self.assertRaises(UserError):
            self.decide(self.agreement, "village", "end", day="2026-11-20", note=False, **ending)

    def test_one_of_two_siblings_leaves(self):
        brother = self.make_on_ledger()
        agreement = self.in_force(brother | self.make_on_ledger(), carer=self.uncle)
        brother._propose_exit("other", date(2026, 11, 20), "随父母外出")
        self.as_role(brother, "township").action_confirm_exit()
        self.assertEqual(agreement.state, "in_force")
        ends = {line.child_id: line.date_to for line in agreement.line_ids}
        self.assertEqual(ends.pop(brother), date(2026, 11, 20))
        self.assertEqual(list(ends.values()), [date(2027, 10, 31)])

    def test_with_the_last_child_it_is_over(self):
        self.child._propose_exit("other", date(2026, 11, 20), "随父母外出")
        self.as_role(self.child, "township").action_confirm_exit()
        self.assertEqual((self.agreement.state, self.agreement.end_reason), ("ended", "child_left"))

    def test_agreements_move_with_their_children(self):
        self.env["lbc.transfer"].with_user(self.users["township"])._propose(
            self.as_role(self.child, "township"), self.village_a2, date(2026, 11, 21), "搬家"
        )
        self.assertEqual(self.agreement.area_id, self.village_a2)
        self.assertEqual(self.agreement.line_ids.area_id, self.village_a2)
        self.assertEqual(self.as_role(self.agreement, "village").search_count([]), 0)
        self.assertEqual(self.as_role(self.agreement, "township").search_count([]), 1)
