"""From draft to in force: who does what, and what must be true (§C.1.2 协议, §C.6 cases 10 and 25)."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .common import AgreementCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestAgreementSteps(AgreementCase):
    def test_village_drafts_township_puts_in_force(self):
        child = self.make_on_ledger()
        agreement = self.draft(child)
        self.assertRegex(agreement.name, r"^XY2026\d{6}$")
        self.assertEqual(agreement.term, "entrusted_care")
        agreement.action_to_sign()
        self.assertTrue(agreement.text_digest)
        self.sign(agreement)
        with self.assertRaises(AccessError):
            agreement.action_confirm()
        self.as_role(agreement, "township").action_confirm()
        line = agreement.line_ids
        self.assertEqual((agreement.state, line.state), ("in_force", "in_force"))
        self.assertEqual((line.date_from, line.date_to), (date(2026, 11, 21), date(2027, 10, 31)))
        self.assertEqual(agreement.date_from, date(2026, 11, 1), "the agreed day stays in the text")
        self.assertEqual(self.answer(child, "2026-11-21").agreement, agreement.id)
        self.assertEqual(child.carer_id, self.grandmother, "the file names the carer")
        self.assertFalse(child.no_agreement)

    def test_everything_missing_is_named_at_once(self):
        child = self.make_on_ledger()
        agreement = self.draft(
            child,
            check_adult=False,
            ban_unfit=False,
            relation=False,
            line_ids=[(0, 0, {"child_id": child.id})],
        )
        with self.assertRaises(UserError) as refused:
            agreement.action_to_sign()
        text = str(refused.exception)
        for name in ("check_adult", "ban_unfit", "relation"):
            self.assertIn(agreement._fields[name]._description_string(self.env), text)
        self.assertIn(child.display_name, text, "a child of ten is asked")
        self.assertNotIn("张三丰", text)

    def test_a_small_child_need_not_be_asked(self):
        child = self.make_on_ledger(birth_date=date(2020, 1, 1))
        agreement = self.draft(child, line_ids=[(0, 0, {"child_id": child.id})])
        agreement.action_to_sign()
        self.assertEqual(agreement.state, "to_sign")

    def test_article_22_bars_carers(self):
        child = self.make_on_ledger()
        for ban in ("ban_violence", "ban_addiction", "ban_neglect", "ban_unfit"):
            with self.assertRaises(UserError):
                self.draft(child, **{ban: "yes"}).action_to_sign()
        with self.assertRaises(UserError):
            self.draft(child, check_capable="no").action_to_sign()
        with self.assertRaises(UserError):
            self.draft(child, carer=child.father_id).action_to_sign()

    def test_a_carer_of_17_needs_evidence(self):
        child = self.make_on_ledger()
        cousin = self.make_guardian(birth_date=date(2009, 6, 1))
        with self.assertRaises(UserError):
            self.draft(child, carer=cousin).action_to_sign()
        agreement = self.draft(child, carer=cousin, capacity_evidence="工资单")
        agreement.action_to_sign()
        self.assertIn("17", agreement.carer_hint)

    def test_signatures_of_all_before_it_holds(self):
        child = self.make_on_ledger()
        agreement = self.draft(child)
        agreement.action_to_sign()
        self.sign(agreement, without=("carer", "witness"))
        with self.assertRaises(UserError) as refused:
            self.as_role(agreement, "township").action_confirm()
        self.assertIn(self.grandmother.display_name, str(refused.exception))
        self.assertEqual(agreement.state, "to_sign")

    def test_signing_remotely_says_how(self):
        agreement = self.draft(self.make_on_ledger())
        agreement.action_to_sign()
        remote = {
            "agreement_id": agreement.id,
            "who": "parent",
            "guardian_id": agreement.parent_ids[0].id,
            "is_remote": True,
        }
        signatures = self.env["lbc.agreement.signature"].with_user(self.users["village"])
        with self.assertRaises(ValidationError):
            signatures.create(remote)
        self.assertTrue(signatures.create({**remote, "remote_note": "视频"})._is_shown())
        with self.assertRaises(ValidationError):
            signatures.create({**remote, "who": "carer", "remote_note": "视频"})

    def test_what_goes_to_signing_does_not_change(self):
        agreement = self.draft(self.make_on_ledger())
        with self.assertRaises(UserError):
            self.sign(agreement)
        agreement.action_to_sign()
        text = agreement.text
        with self.assertRaises(UserError):
            agreement.date_to = "2028-01-01"
        with self.assertRaises(UserError):
            agreement.line_ids.view_note = "不愿意"
        with self.assertRaises(UserError):
            agreement.unlink()
        with self.assertRaises(AccessError):
            agreement.write({"state": "in_force"})
        agreement.action_back_to_draft()
        self.assertFalse(agreement.text)
        agreement.action_to_sign()
        self.sign(agreement)
        self.assertEqual(agreement.text, text)
        with self.assertRaises(UserError):
            agreement.action_back_to_draft()
        self.as_role(agreement, "township").action_confirm()
        agreement.write({"notice_school_on": "2026-11-05", "notice_school_text": "已告知"})
        with self.assertRaises(UserError):
            agreement.signature_ids.unlink()

    def test_two_agreements_on_one_day_are_refused_by_name(self):
        child, brother = self.make_on_ledger(), self.make_on_ledger()
        first = self.in_force(child | brother)
        other = self.draft(brother, carer=self.uncle, first="2027-10-31", last="2028-10-30")
        with self.assertRaises(ValidationError) as refused:
            other.action_to_sign()
        for part in (brother.display_name, first.name, "2027-10-31"):
            self.assertIn(part, str(refused.exception))
        other.date_from = "2027-11-01"
        other.action_to_sign()
        self.assertEqual(other.state, "to_sign")

    def test_other_villages_and_schools_do_not_sign(self):
        agreement = self.draft(self.make_on_ledger())
        self.assertEqual(self.as_role(agreement, "school").search_count([]), 0)
        with self.assertRaises(AccessError):
            self.as_role(agreement, "police").action_to_sign()
        stranger = self.make_user("other_township", "child_supervisor", self.township_b)
        with self.assertRaises(AccessError):
            agreement.with_user(stranger).action_cancel()
        with self.assertRaises(AccessError):
            self.as_role(agreement, "police").write({"date_to": "2027-01-01"})

    def test_expiring_and_expired_follow_from_dates(self):
        child = self.make_on_ledger()
        agreement = self.in_force(child, last="2026-12-31")
        self.assertEqual(agreement.validity, "expiring")
        self.assertEqual(agreement.search([("is_expiring", "=", True)]), agreement)
        with freeze_time("2027-01-01"):
            agreement.invalidate_recordset()
            self.assertEqual((agreement.state, agreement.validity), ("in_force", "expired"))
            self.assertEqual(agreement.search([("is_expired", "=", True)]), agreement)
            self.assertEqual(self.answer(child, "2027-01-01").ground, "expired")

    def test_renewed_late_the_gap_stays_visible(self):
        child = self.make_on_ledger()
        old = self.in_force(child, last="2026-11-10")
        action = self.as_role(old, "village").action_renew()
        fresh = self.env["lbc.agreement"].browse(action["res_id"])
        self.assertEqual((fresh.renews_id, fresh.state), (old, "draft"))
        self.assertEqual(fresh.date_from, date(2026, 11, 21), "never back into the gap")
        self.assertFalse(fresh.check_adult, "every question is asked anew")
        again = self.as_role(old, "village").action_renew()
        self.assertEqual(again["res_id"], fresh.id)
        self.put_in_force(self.answered(fresh))
        self.assertEqual((old.state, old.renewed_by_id), ("renewed", fresh.with_env(self.env)))
        kinds = [
            self.answer(child, day).kind
            for day in ("2026-11-10", "2026-11-11", "2026-11-20", "2026-11-21")
        ]
        self.assertEqual(kinds, ["carer", "gap", "gap", "carer"])
