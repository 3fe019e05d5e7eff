"""Letters of responsibility: three signatures, one a school year, the words as signed (B-4.3b)."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import mute_logger

from ..common import CareCase

DAY = date(2026, 11, 21)
IMAGE = "R0lGODlhAQABAAAAACw="


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestLetters(CareCase):
    roles = ("village", "township", "school", "education", "township_leader")

    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger(school_id=self.school.id)
        self.letter = self.prepare()

    def prepare(self, role="village", **vals):
        wizard = self.env["lbc.letter.prepare"].with_user(self.users[role]).create(vals)
        action = wizard.action_prepare()
        return self.env["lbc.letter"].with_user(self.users[role]).search(action["domain"])

    def sign(self, *parties, role="village"):
        for party in parties:
            self.as_role(self.letter, role)._sign(party, DAY, image=IMAGE)

    def test_every_child_without_one_gets_one_filled_in(self):
        self.assertEqual(self.letter.child_id.ids, self.child.ids)
        self.assertEqual((self.letter.school_year, self.letter.date_to), (2026, date(2027, 8, 31)))
        self.assertEqual(self.letter.school_id, self.school)
        self.assertEqual(self.letter.sudo().guardian_id, self.child.mother_id)
        with self.assertRaisesRegex(UserError, "Every child"):
            self.prepare()

    def test_two_signatures_are_no_letter(self):
        self.sign("guardian", "village")
        self.assertEqual(self.letter.state, "partly_signed")
        self.sign("school", role="school")
        self.assertEqual((self.letter.state, self.letter.in_force_on), ("in_force", DAY))

    def test_the_school_signs_for_itself_only(self):
        with self.assertRaises(AccessError):
            self.sign("guardian", role="school")
        with self.assertRaises(AccessError):
            self.sign("school", role="education")
        with self.assertRaises(AccessError):
            self.sign("village", role="township_leader")

    def test_it_lapses_with_the_school_year(self):
        letters = self.env["lbc.letter"]
        self.assertFalse(self.letter.is_lapsed)
        with freeze_time("2027-09-01"):
            self.letter.invalidate_recordset()
            self.assertTrue(self.letter.is_lapsed)
            self.assertIn(self.letter.sudo(), letters.search([("is_lapsed", "=", True)]))
            self.assertEqual(self.prepare().school_year, 2027)

    @mute_logger("odoo.sql_db")
    def test_one_letter_a_child_and_year(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.letter.sudo().copy({"child_id": self.child.id, "school_year": 2026})
        self.letter.action_cancel()
        self.assertEqual(len(self.prepare()), 1)

    def test_the_words_stay_as_they_were_signed(self):
        self.sign("guardian")
        text, code = self.letter.sudo().text, self.letter.check_code
        self.child.sudo().name = "改名后"
        template = self.letter.template_id.sudo().copy({"county_id": self.county.id})
        template.body = "<p>全新的文本</p>"
        template.action_use()
        self.assertEqual(self.letter._document_text(), text)
        self.sign("village")
        self.assertEqual((self.letter.sudo().text, self.letter.check_code), (text, code))

    def print(self, role="village"):
        report = self.env["ir.actions.report"].with_user(self.users[role])
        name = "left_behind_children.letter_document"
        return report._render_qweb_html(name, self.letter.ids)[0].decode()

    def test_the_words_stay_from_the_first_print_on(self):
        name = self.child.sudo().name
        html = self.print("school")
        self.assertIn(self.letter.check_code, html)
        self.child.sudo().name = "改名后"
        self.assertIn(name, self.print())
        self.sign("village")
        self.assertNotIn("改名后", self.letter.sudo().text)

    def test_a_change_before_anybody_signed_makes_other_words(self):
        self.print()
        code = self.letter.check_code
        self.letter.school_id = self.make_organization("乙小学", "school", self.township_a)
        self.assertIn("乙小学", self.print())
        self.assertNotEqual(self.letter.check_code, code)

    def test_the_names_under_the_words_stay_too(self):
        guardian = self.letter.sudo().guardian_id
        name = guardian.name
        self.sign("guardian")
        guardian.name = "改名后"
        html = self.print()
        self.assertIn(name, html)
        self.assertNotIn("改名后", html)

    def test_nothing_that_shows_it_is_no_signature(self):
        letter = self.as_role(self.letter, "village")
        for party in ("school", "village", "guardian"):
            with self.assertRaisesRegex(UserError, "add the scan"):
                letter._sign(party, DAY)
        with self.assertRaisesRegex(UserError, "Only the family"):
            letter._sign("school", DAY, remote_note="微信视频")
        with self.assertRaisesRegex(UserError, "of today"):
            letter._sign("village", date(2026, 11, 20), image=IMAGE)
        for day in (date(2020, 1, 1), date(2026, 11, 22)):
            with self.assertRaisesRegex(UserError, "On paper"):
                letter._sign("village", day, scan=IMAGE)

    def test_a_letter_signed_at_a_meeting_is_entered_with_its_paper(self):
        letter = self.as_role(self.letter, "village")
        letter._sign("guardian", DAY, remote_note="微信视频，村主任在场")
        letter._sign("school", date(2026, 11, 10), scan=IMAGE)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            letter._sign("village", DAY, scan=IMAGE)
        letter._sign("village", date(2026, 11, 10))
        self.assertEqual((letter.state, letter.in_force_on), ("in_force", DAY))
        html = self.print()
        self.assertIn("异地签署：微信视频，村主任在场", html)
        self.assertEqual(html.count("签名见存档扫描件"), 2)

    def test_an_altered_text_is_not_printed(self):
        self.sign("guardian")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE lbc_letter SET text = text || '改' WHERE id = %s", self.letter.ids
        )
        self.letter.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "not the one that was signed"):
            self.letter._check_document()

    def test_a_signed_letter_is_not_changed(self):
        self.letter.school_year = 2025
        self.sign("guardian")
        with self.assertRaises(UserError):
            self.letter.school_year = 2026

    def test_who_reads_no_names_prints_none(self):
        with self.assertRaises(UserError):
            self.as_role(self.letter, "township_leader")._check_document()
