"""Signing on the screen: whose turn it is, who is passed over, who signs from afar (domain.md §B.3)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .papers import IMAGE, PaperCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestSigning(PaperCase):
    roles = ("village", "township", "school", "education", "township_leader")

    def open(self, document, role="village"):
        action = self.as_role(document, role).action_sign_on_screen()
        return self.env[action["res_model"]].with_user(self.users[role]).browse(action["res_id"])

    def test_one_after_the_other_signs(self):
        self.make_family(1)
        agreement = self.out_for_signing()
        page = self.open(agreement)
        self.assertIn("委托照护协议", page.text)
        turns = []
        while not page.is_complete:
            turns.append(page.signer.partition(":")[0])
            page.image = IMAGE
            page.action_sign()
        self.assertEqual(
            turns,
            ["Parent", "Parent", "Entrusted person", "Child (if it wishes)", "Village witness"],
        )
        self.assertEqual(page.progress, "5 / 5")
        self.as_role(agreement, "township").action_confirm()
        self.assertEqual(agreement.state, "in_force")

    def test_who_is_not_there_is_passed_over(self):
        self.make_family(1)
        agreement = self.out_for_signing()
        page = self.open(agreement)
        page.action_pass_over()
        page.image = IMAGE
        page.action_sign()
        signature = agreement.signature_ids
        self.assertEqual(signature.guardian_id, agreement.parent_ids[1])
        self.assertEqual(self.open(agreement).progress, "1 / 5")

    def test_nothing_drawn_is_no_signature(self):
        self.make_family(1)
        page = self.open(self.out_for_signing())
        with self.assertRaisesRegex(UserError, "Draw the signature"):
            page.action_sign()
        page.write({"is_remote": True, "remote_note": "微信视频"})
        page.action_sign()
        self.assertTrue(page.agreement_id.signature_ids.is_remote)

    def test_a_draft_is_not_signed(self):
        self.make_family(1)
        draft = self.make_drafts()
        with self.assertRaisesRegex(UserError, "not open to it"):
            self.open(draft)

    def test_what_was_signed_on_paper_is_entered_with_its_scan(self):
        self.make_family(1)
        agreement = self.out_for_signing()
        page = self.open(agreement)
        page.is_on_paper = True
        with self.assertRaisesRegex(UserError, "add the scan"):
            page.action_sign()
        page.scan = IMAGE
        page.action_sign()
        page.action_sign()
        self.assertEqual(len(agreement.signature_ids.filtered("scan")), 2)
        letter = self.env["lbc.letter"].create({"child_id": agreement.child_ids.id})
        page = self.open(letter)
        page.write({"is_on_paper": True, "signed_on": "2026-11-10", "scan": IMAGE})
        for _party in range(3):
            self.assertFalse(page.is_complete)
            page.action_sign()
            page.invalidate_recordset()
        self.assertEqual((letter.state, str(letter.in_force_on)), ("in_force", "2026-11-10"))

    def test_who_signs_on_the_screen_signs_today(self):
        self.make_family(1)
        agreement = self.out_for_signing()
        page = self.open(agreement)
        page.write({"image": IMAGE, "signed_on": "2026-07-01"})
        page.action_sign()
        self.assertEqual(str(agreement.signature_ids.signed_on), "2026-11-21")

    def test_others_do_not_sign(self):
        self.make_family(1)
        agreement = self.out_for_signing()
        for role in ("school", "education", "township_leader"):
            with self.assertRaises(AccessError):
                self.open(agreement, role)
        page = self.env["lbc.document.sign"].with_user(self.users["education"])
        with self.assertRaises(UserError):
            page.create({"agreement_id": agreement.id}).read(["text"])

    def test_the_school_signs_its_letter(self):
        child = self.make_family(1)
        letter = self.env["lbc.letter"].create({"child_id": child.id})
        page = self.open(letter, "school")
        self.assertEqual(page.progress, "0 / 1")
        page.image = IMAGE
        page.action_sign()
        self.assertTrue(page.is_complete)
        self.assertEqual(
            (letter.state, letter.school_user_id), ("partly_signed", self.users["school"])
        )
