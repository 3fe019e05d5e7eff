"""Texts of documents: edited without code, versions, what may stand in them (B-3.2c, §B.3)."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ...lib import placeholders
from ..common import XMLID, CareCase


@tagged("post_install", "-at_install")
class TestTemplates(CareCase):
    roles = ("village", "civil_affairs", "form_admin")

    def setUp(self):
        super().setUp()
        self.shipped = self.env.ref(f"{XMLID}.agreement_template_agreement_care")

    def draft(self, role="civil_affairs", **vals):
        action = self.as_role(self.shipped, role).action_new_version()
        draft = self.as_role(self.env[action["res_model"]].browse(action["res_id"]), role)
        draft.write(vals)
        return draft

    def test_every_document_and_term_has_a_shipped_text(self):
        for kind in ("agreement", "letter", "notice_school", "notice_village", "reminder"):
            for term in ("entrusted_care", "entrusted_guardianship"):
                text = self.shipped._in_use(self.county, kind, term)
                self.assertEqual(text.state, "in_use", (kind, term))
        care = self.shipped._in_use(self.county, "agreement", "entrusted_care")
        guardianship = self.shipped._in_use(self.county, "agreement", "entrusted_guardianship")
        self.assertIn("委托照护协议", care.name)
        self.assertIn("委托监护协议", guardianship.name)
        self.assertNotIn("照护", guardianship.body)

    def test_an_unknown_placeholder_is_refused_when_the_text_is_saved(self):
        for body, said in (
            ("<p>【儿童的名字】</p>", "no placeholder"),
            ("<p>【学年】</p>", "no meaning"),
            ("<p>【儿童<b>姓名</b>】</p>", "type it anew"),
            ("<p>【儿童姓名</p>", "no partner"),
            ('<p title="【儿童列表】">词</p>', "within the format"),
            ('<p><img src="http://example.org/a.png"></p>', "fetched from elsewhere"),
            ('<p><img src="file:///etc/passwd"></p>', "fetched from elsewhere"),
        ):
            with self.subTest(body), self.assertRaisesRegex(ValidationError, said):
                self.draft(body=body)

    def test_nothing_of_a_text_is_executed(self):
        draft = self.draft(body="<p>{{ 7 * 7 }} ${7*7} <t t-out='7*7'>x</t> 【编号】</p>")
        text = draft._fill({"number": "XY1"})
        self.assertNotIn("49", text)
        self.assertIn("XY1", text)

    def test_nothing_is_filled_in_within_a_tag(self):
        text = placeholders.fill('<p title="【编号】">【编号】</p>', {"number": '"<b>'}, "")
        self.assertEqual(text, '<p title="【编号】">"<b></p>')

    def test_what_people_typed_is_no_markup(self):
        child = self.make_on_ledger(grade_class="<script>alert(1)</script>")
        letter = self.env["lbc.letter"].create({"child_id": child.id})
        self.assertNotIn("<script", letter._document_text())

    def test_a_new_version_replaces_the_old_one(self):
        draft = self.draft(name="我区的协议")
        self.assertEqual((draft.state, draft.county_id), ("draft", self.county))
        draft.action_use()
        in_use = self.shipped._in_use(self.county, "agreement", "entrusted_care")
        self.assertEqual(in_use, draft)
        action = self.as_role(draft, "civil_affairs").action_new_version()
        second = self.as_role(draft.browse(action["res_id"]), "civil_affairs")
        self.assertEqual(second.version, 2)
        second.action_use()
        self.assertEqual((draft.state, second.state), ("retired", "in_use"))
        self.assertEqual(self.shipped.state, "in_use")  # for the other counties

    def test_a_text_that_was_in_use_is_not_changed(self):
        draft = self.draft()
        draft.action_use()
        with self.assertRaises(UserError):
            draft.body = "<p>改</p>"
        with self.assertRaises(UserError):
            draft.unlink()

    def test_the_village_edits_no_texts(self):
        with self.assertRaises(AccessError):
            self.as_role(self.shipped, "village").action_new_version()
        with self.assertRaises(AccessError):
            self.as_role(self.draft(), "village").body = "<p>改</p>"

    def test_the_shipped_text_is_not_the_countys_to_change(self):
        with self.assertRaises(AccessError):
            self.as_role(self.shipped, "civil_affairs").write({"name": "改"})
