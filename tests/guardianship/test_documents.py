"""Printed documents: the words as signed, who may print, what parents are reminded of (B-3.2b–c, article 23)."""

import io
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools.pdf import PdfFileReader

from ...lib import guardian_day
from ...models.guardianship import child_documents
from ...models.guardianship import document_values as values_of
from .papers import PaperCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestDocuments(PaperCase):
    roles = ("village", "township", "police", "education", "township_leader")

    def show(self, name, records, role="village"):
        """Return the HTML (str) of a document as a role prints it."""
        report = self.env["ir.actions.report"].with_user(self.users[role])
        html, _kind = report._render_qweb_html(f"left_behind_children.{name}", records.ids)
        return html.decode()

    def in_force(self):
        self.make_family(2)
        agreement = self.out_for_signing()
        self.collect(agreement)
        self.as_role(agreement, "township").action_confirm()
        return agreement

    def test_printing_again_gives_the_words_that_were_signed(self):
        agreement = self.in_force()
        text = agreement.sudo().text
        for name in ("张小甲", "张小乙", "张大山", "李秀英", "王桂芳", agreement.name):
            self.assertIn(name, text)
        self.assertEqual(agreement.template_id.state, "in_use")
        agreement.carer_id.sudo().name = "改名后"
        draft = agreement.template_id.sudo().copy({"county_id": self.county.id})
        draft.body = "<p>全新的文本</p>"
        draft.action_use()
        html = self.show("agreement_document", agreement)
        self.assertIn(agreement.check_code, html)
        self.assertIn("委托照护不改变甲方的监护人身份", html)
        self.assertNotIn("全新的文本", html)
        self.assertEqual(agreement._document_text(), text)

    def test_the_names_under_the_signatures_stay_as_they_were(self):
        agreement = self.in_force()
        agreement.carer_id.sudo().name = "改名后"
        self.env.flush_all()
        self.env.cr.execute("UPDATE lbc_child SET birth_date = '2025-01-01'")  # corrected later
        self.env.invalidate_all()
        html = self.show("agreement_document", agreement)
        self.assertNotIn("改名后", html)
        self.assertEqual(html.count("儿童（"), 2)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE lbc_agreement SET signers = replace(signers, '王桂芳', '赵某') WHERE id = %s",
            agreement.ids,
        )
        agreement.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "not the one that was signed"):
            self.show("agreement_document", agreement)

    def test_an_agreement_of_a_census_prints_no_contract(self):
        agreement = self.in_force()
        agreement.sudo().write({"origin": "census", "text": False, "signers": False})
        html = self.show("agreement_document", agreement)
        self.assertIn("由排查数据转入，原件另存", html)
        self.assertNotIn("第一条", html)
        self.assertNotIn("（确认、盖章）", html)

    def test_an_altered_text_is_not_printed(self):
        agreement = self.in_force()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE lbc_agreement SET text = text || '改' WHERE id = %s", agreement.ids
        )
        agreement.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "not the one that was signed"):
            self.show("agreement_document", agreement)

    def test_a_draft_says_that_it_is_one(self):
        self.make_family(1)
        self.assertIn("草稿", self.show("agreement_document", self.make_drafts()))

    def test_the_districts_term_stands_in_the_words(self):
        self.profile.term_care = "entrusted_guardianship"
        self.make_family(1)
        html = self.show("agreement_document", self.make_drafts())
        self.assertIn("农村留守儿童委托监护协议", html)
        self.assertNotIn("委托照护", html)

    def test_notices_tell_school_and_village_no_identity_numbers(self):
        agreement = self.in_force()
        for name in ("notice_school_document", "notice_village_document"):
            html = self.show(name, agreement)
            self.assertIn("13600001111", html)
            self.assertIn("回　　执", html)
            for person in agreement.parent_ids | agreement.carer_id:
                self.assertNotIn(person.id_number, html)

    def test_a_notice_has_a_day_that_can_be_and_is_not_taken_back(self):
        agreement = self.as_role(self.in_force(), "village")
        for day in ("2030-01-01", "2020-01-01"):
            with self.assertRaisesRegex(ValidationError, "a notice was given"):
                agreement.notice_school_on = day
        agreement.notice_school_on = "2026-11-21"
        with self.assertRaisesRegex(UserError, "not taken away"):
            agreement.notice_school_on = False

    def test_words_of_places_and_offices(self):
        area = self.env["lbc.area"].new
        for name, place, committee in (
            ("双星村村民委员会", "双星村", "双星村村民委员会"),
            ("双星村民委员会", "双星村", "双星村民委员会"),
            ("和平路社区居委会", "和平路社区", "和平路社区居委会"),
            ("梨树村", "梨树村", "梨树村村民委员会"),
        ):
            self.assertEqual(values_of.place(area({"name": name})), place)
            self.assertEqual(values_of.committee(area({"name": name})), committee)
        self.assertEqual(values_of.office(area({"name": "东温泉镇"})), "东温泉镇人民政府")
        self.assertEqual(values_of.office(area({"name": "城关街道"})), "城关街道办事处")

    def test_parents_are_reminded_of_what_is_missing(self):
        family = self.make_family(2)
        html = self.show("reminder_document", family)
        self.assertEqual(html.count("关于依法履行监护职责的督促函"), 1)
        self.assertIn("尚未与被委托人签订书面委托照护协议", html)
        self.assertIn("尚无联系记录", html)

    def test_every_ground_of_a_gap_has_its_words(self):
        for words in (child_documents.GAPS, child_documents.GAP_WORDS):
            self.assertEqual(set(words), set(guardian_day.GAPS))

    def test_nothing_missing_is_no_reminder(self):
        children = self.in_force().child_ids
        agreement = children.agreement_line_ids.agreement_id
        agreement.sudo().write(
            {"notice_school_on": "2026-11-21", "notice_village_on": "2026-11-21"}
        )
        self.env["lbc.contact"].create([{"child_id": child.id} for child in children])
        with self.assertRaisesRegex(UserError, "Nothing is missing"):
            self.show("reminder_document", children)

    def test_the_list_says_who_answers_for_each_child(self):
        children = self.in_force().child_ids | self.make_family(1, carer=False)
        html = self.show("guardian_list_document", children)
        self.assertIn(
            "共 3 名，其中无有效监护（照护）人 1 名",
            "".join(html.split("\n")).replace("<span>", "").replace("</span>", ""),
        )
        self.assertEqual(html.count("委托照护协议</td>"), 2)
        self.assertIn("无有效监护人", html)

    def test_who_does_not_read_names_prints_nothing(self):
        agreement = self.in_force()
        for role in ("township_leader", "education"):
            with self.assertRaises(UserError):
                self.show("agreement_document", agreement, role)
            with self.assertRaises(UserError):
                self.show("guardian_list_document", agreement.child_ids, role)

    def test_nothing_of_another_village_or_township_is_printed(self):
        agreement = self.in_force()
        letter = self.env["lbc.letter"].create({"child_id": agreement.child_ids[0].id})
        documents = {
            "agreement_document": agreement,
            "notice_school_document": agreement,
            "notice_village_document": agreement,
            "letter_document": letter,
            "reminder_document": agreement.child_ids,
            "guardian_list_document": agreement.child_ids,
        }
        strangers = {
            "stranger_village": ("child_director", self.village_b1),
            "stranger_township": ("child_supervisor", self.township_b),
        }
        for login, (post, area) in strangers.items():
            self.users[login] = self.make_user(login, post, area)
            for name, records in documents.items():
                with self.assertRaises(AccessError, msg=f"{login} {name}"):
                    self.show(name, records, login)
        self.assertFalse(letter.sudo().text, "a refused print keeps nothing")

    def test_printing_is_written_down(self):
        agreement = self.in_force()
        with patch.object(type(self.env["lbc.journal"]), "_note", autospec=True) as note:
            self.show("agreement_document", agreement)
        printed = [call.args[1:4] for call in note.call_args_list if call.args[1] == "print"]
        self.assertEqual(printed, [("print", "lbc.agreement", agreement.ids)])

    def pages(self, name, records):
        """Return the pages of a document as the PDF engine of this machine makes them."""
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        if report.get_wkhtmltopdf_state() == "install":
            self.skipTest("no PDF engine")
        content, _kind = report._render_qweb_pdf(f"left_behind_children.{name}", records.ids)
        return PdfFileReader(io.BytesIO(content)).pages

    def test_several_villages_families_and_texts_are_printed_at_once(self):
        children = self.make_family(2) | self.make_family(1, self.village_a2)
        templates = self.env["lbc.agreement.template"].search([("kind", "=", "reminder")])
        templates |= self.env.ref("left_behind_children.agreement_template_letter")
        self.assertEqual(len(self.pages("guardian_list_document", children)), 2)
        self.assertEqual(len(self.pages("reminder_document", children)), 2)
        self.assertGreaterEqual(len(self.pages("template_document", templates)), 2)

    def test_pages_are_numbered_and_each_set_has_its_own_sheets(self):
        self.make_family(1)
        self.make_family(1)
        drafts = self.make_drafts()
        pages = self.pages("agreement_document", drafts)
        self.assertEqual(len(pages) % 4, 0)
        self.assertIn(f"{drafts[0].name}", pages[0].extract_text())
        self.assertIn("1 / 2", pages[0].extract_text())
        half = len(pages) // 2
        self.assertIn(f"{drafts[1].name}", pages[half].extract_text())
        self.assertIn("1 / 2", pages[half].extract_text())

    def test_the_stack_starts_the_engine_once(self):
        for _family in range(3):
            self.make_family(1)
        drafts = self.make_drafts()
        model = type(self.env["ir.actions.report"])
        with patch.object(
            model, "_run_wkhtmltopdf", autospec=True, side_effect=model._run_wkhtmltopdf
        ) as engine:
            self.pages("agreement_document", drafts)
        self.assertEqual(engine.call_count, 1)

    def test_a_draft_says_so_on_every_page(self):
        self.make_family(1)
        draft = self.make_drafts()
        pages = self.pages("agreement_document", draft)
        self.assertEqual([len(page.images) for page in pages], [0, 1])
        self.make_ready(draft).action_to_sign()
        self.assertFalse([page for page in self.pages("agreement_document", draft) if page.images])
