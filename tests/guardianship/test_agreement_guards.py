"""What nobody gets past: rows are not moved, gaps not backdated, barred carers refused (article 22, §C.6 case 10)."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .common import AgreementCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestAgreementGuards(AgreementCase):
    def signatures(self, role="village"):
        return self.env["lbc.agreement.signature"].with_user(self.users[role])

    def grounds(self, child, *days):
        return [self.answer(child, day).ground for day in days]

    # -- rows belong where they were entered

    def test_children_are_not_moved_into_an_agreement_in_force(self):
        first, other = self.make_on_ledger(), self.make_on_ledger()
        agreement = self.in_force(first)
        draft = self.draft(other, carer=self.uncle)
        for vals in ({"agreement_id": agreement.id}, {"child_id": first.id}):
            with self.assertRaises(UserError):
                draft.line_ids.write(vals)
        with self.assertRaises(UserError):
            self.as_role(agreement, "village").write({"line_ids": [(4, draft.line_ids.id)]})
        another = self.draft(first, carer=self.uncle, first="2028-01-01", last="2028-12-31")
        with self.assertRaises(UserError):
            another.write({"line_ids": [(4, draft.line_ids.id)]})
        self.assertEqual(draft.line_ids.state, "draft")
        self.assertEqual(agreement.child_ids, first)

    def test_signatures_are_not_moved(self):
        child = self.make_on_ledger()
        agreement = self.in_force(child)
        other = self.draft(child, first="2028-01-01", last="2028-12-31")
        other.action_to_sign()
        self.sign(other, without=("carer",))
        father, mother = other.parent_ids
        of_father = other.signature_ids.filtered(lambda one: one.guardian_id == father)
        for vals in (
            {"agreement_id": agreement.id},
            {"guardian_id": mother.id},
            {"who": "carer", "guardian_id": self.grandmother.id},
        ):
            with self.assertRaises(UserError):
                of_father.write(vals)
        with self.assertRaises(UserError):
            self.as_role(agreement, "village").write({"signature_ids": [(4, of_father.id)]})
        of_father.write({"scan": b"MQ==", "agreement_id": other.id})

    # -- several persons

    def test_the_witness_is_who_enters_and_never_confirms(self):
        agreement = self.draft(self.make_on_ledger())
        agreement.action_to_sign()
        self.sign(agreement, without=("witness",))
        of_township = self.signatures("township").create(
            {
                "agreement_id": agreement.id,
                "who": "witness",
                "user_id": self.users["village"].id,
                "image": b"MQ==",
            }
        )
        self.assertEqual(of_township.user_id, self.users["township"])
        with self.assertRaisesRegex(UserError, "Another official"):
            self.as_role(agreement, "township").action_confirm()
        self.as_role(agreement, "civil_affairs").action_confirm()
        self.assertEqual(agreement.state, "in_force")

    def test_only_parents_sign_from_afar(self):
        agreement = self.draft(self.make_on_ledger())
        agreement.action_to_sign()
        remote = {"agreement_id": agreement.id, "is_remote": True, "remote_note": "视频"}
        for one in ({"who": "carer", "guardian_id": self.grandmother.id}, {"who": "witness"}):
            with self.assertRaisesRegex(ValidationError, "Only parents"):
                self.signatures().create({**remote, **one})

    # -- gaps are not backdated away

    def test_nobody_signs_before_there_is_a_text(self):
        child = self.make_on_ledger(day="2026-07-01")
        agreement = self.draft(child, first="2026-07-01", last="2027-06-30")
        agreement.action_to_sign()
        mine = {
            "agreement_id": agreement.id,
            "who": "parent",
            "guardian_id": agreement.parent_ids[0].id,
            "signed_on": "2026-07-01",
        }
        for shown in ({"image": b"MQ=="}, {"is_remote": True, "remote_note": "视频"}, {}):
            with self.assertRaises(ValidationError):
                self.signatures().create({**mine, **shown})
        scanned = self.signatures().create({**mine, "scan": b"MQ=="})
        self.assertEqual(scanned.signed_on, date(2026, 7, 1))
        with self.assertRaises(ValidationError):
            scanned.write({"signed_on": "2026-12-01"})

    def test_it_holds_from_the_day_it_is_confirmed(self):
        child = self.make_on_ledger(day="2026-07-01")
        with freeze_time("2026-10-01"):
            agreement = self.draft(child, first="2026-10-01", last="2027-06-30")
            agreement.action_to_sign()
            self.sign(agreement)
        self.as_role(agreement, "township").action_confirm()
        self.assertEqual(agreement.date_from, date(2026, 10, 1))
        self.assertEqual(agreement.line_ids.date_from, date(2026, 11, 21))
        self.assertEqual(
            self.grounds(child, "2026-10-15", "2026-11-20", "2026-11-21"),
            ["no_carer", "no_carer", "agreement"],
        )
        carer = child.guardianship_ids.filtered(lambda one: one.role == "carer")
        self.assertEqual(carer.date_from, date(2026, 11, 21))
        with self.assertRaisesRegex(UserError, "between 2026-11-21"):
            self.decide(agreement, "village", "end", day="2026-11-10", end_reason="parent_returned")

    def test_what_is_over_is_not_confirmed(self):
        agreement = self.draft(self.make_on_ledger(), last="2026-11-20")
        agreement.action_to_sign()
        self.sign(agreement)
        with self.assertRaisesRegex(UserError, "was over"):
            self.as_role(agreement, "township").action_confirm()

    def test_interim_care_begins_with_the_decision(self):
        child = self.make_on_ledger()
        agreement = self.in_force(child, last="2026-11-05")
        self.decide(
            agreement,
            "township",
            "end",
            day="2026-11-21",
            end_reason="carer_withdrew",
            interim_kind="person",
            interim_carer_id=self.uncle.id,
        )
        self.assertEqual(agreement.interim_ids.date_from, date(2026, 11, 21))
        self.assertEqual(
            self.grounds(child, "2026-11-05", "2026-11-06", "2026-11-20", "2026-11-21"),
            ["agreement", "ended", "ended", "interim"],
        )

    # -- who is barred

    def suspended(self, child, reason="carer_accused"):
        agreement = self.in_force(child, last="2026-11-30")
        self.decide(
            agreement,
            "police",
            "suspend",
            day="2026-11-15",
            suspension_reason=reason,
            interim_kind="none",
        )
        return agreement

    def test_a_suspended_carer_gets_no_other_agreement(self):
        child, other = self.make_on_ledger(), self.make_on_ledger()
        with freeze_time("2026-11-10"):
            waiting = self.draft(other)
            waiting.action_to_sign()
            self.sign(waiting)
        agreement = self.suspended(child)
        with self.assertRaisesRegex(UserError, "is suspended"):
            self.as_role(waiting, "township").action_confirm()
        later = self.draft(child, first="2026-12-01", last="2027-11-30", clearance="村里研究")
        with self.assertRaisesRegex(UserError, "is suspended"):
            later.action_to_sign()
        self.decide(agreement, "township", "resume", day="2026-11-21")
        self.assertFalse(agreement.suspension_reason)
        later.action_to_sign()
        self.assertEqual(later.state, "to_sign")

    def test_after_an_allegation_somebody_decides(self):
        child = self.make_on_ledger()
        agreement = self.suspended(child)
        self.decide(
            agreement,
            "township",
            "end",
            day="2026-11-20",
            end_reason="parent_cancelled",
            interim_kind="none",
        )
        draft = self.draft(child, first="2026-12-01", last="2027-11-30")
        with self.assertRaisesRegex(UserError, "clears the carer"):
            draft.action_to_sign()
        draft.clearance = "派出所2026年11月20日出具不予立案通知书，镇政府同意继续委托"
        draft.action_to_sign()
        self.assertEqual(draft.state, "to_sign")

    def test_no_carer_who_is_missing_is_let_in_again(self):
        child = self.make_on_ledger()
        agreement = self.suspended(child)
        self.grandmother.state = "missing"
        with self.assertRaises(UserError):
            self.decide(agreement, "township", "resume", day="2026-11-21")
        self.assertEqual(agreement.state, "suspended")

    def test_a_recorded_loss_of_capacity_bars(self):
        child = self.make_on_ledger()
        loss = self.env["lbc.capacity"].create(
            {
                "guardian_id": self.grandmother.id,
                "reason": "severe_illness",
                "valid_from": "2026-10-01",
            }
        )
        loss.passes = True
        draft = self.draft(child)
        with self.assertRaisesRegex(UserError, "loss of the carer's capacity"):
            draft.action_to_sign()
        loss.valid_to = "2026-11-20"
        draft.action_to_sign()
        self.assertEqual(draft.state, "to_sign")

    def test_roles_stay_what_they_are(self):
        agreement = self.draft(self.make_on_ledger())
        agreement.action_to_sign()
        self.sign(agreement)
        with self.assertRaises(AccessError):
            self.as_role(agreement, "police").action_confirm()
