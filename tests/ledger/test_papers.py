"""Documents of a report: made once, served as stored; copies with their own columns and receipts."""

import hashlib
import io
from datetime import date

from openpyxl import load_workbook
from psycopg2 import errors

from odoo.exceptions import AccessError, UserError
from odoo.tests.common import freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from ...lib import workbook
from .common import LedgerCase


@tagged("post_install", "-at_install")
class TestPapers(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        number = cls.id_number(date(1960, 1, 2), "female")
        carer = cls.make_guardian(name="李外婆", phone="13800138000", id_number=number)
        cls.child = cls.make_on_ledger(
            carer=carer, address="东村三组12号", school_name="甲镇小学", boarding="yes"
        )
        cls.other = cls.make_on_ledger(cls.village_a2, name="王小明")

    def setUp(self):
        super().setUp()
        self.patch(workbook, "can_encrypt", lambda: False)
        self.quarter = self.open_quarter()
        self.submission = self.submit(self.quarter)
        self.version = self.submission.current_version_id

    def file_of(self, document, version=None):
        version = version or self.version
        return version.file_ids.filtered(lambda one: one.document == document)

    def copy_of(self, recipient, version=None):
        version = version or self.version
        return version.copy_ids.filtered(lambda one: one.recipient == recipient)

    def sheets(self, stored):
        book = load_workbook(io.BytesIO(stored._stored_bytes()))
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}

    def words(self, stored):
        return {
            str(cell)
            for rows in self.sheets(stored).values()
            for row in rows
            for cell in row
            if cell
        }

    def fetch(self, stored, user):
        """Ask for a stored document as a user does, have it approved, download it."""
        own = stored.with_user(user)
        action = own.action_fetch()
        wizard = (
            self.env["lbc.submission.fetch"]
            .with_user(user)
            .create(
                {
                    "document": action["context"]["default_document"],
                    "purpose": "季度核查归档",
                    "recipient": "测试区民政局",
                }
            )
        )
        export = self.env["lbc.export"].with_user(user).browse(wizard.action_export()["res_id"])
        if export.state == "waiting":
            export.with_user(self.approver).action_approve()
        return export._deliver()

    # -- files

    def test_every_document_is_made_once_with_its_digest(self):
        files = self.version.file_ids
        self.assertEqual(
            set(files.mapped("document")), {"changes", "register", "summary", "roster", "cover"}
        )
        for one in files:
            data = one.attachment_id.raw
            self.assertEqual(hashlib.sha256(data).hexdigest(), one.sha256)
            self.assertEqual(len(data), one.size)
        self.assertEqual(self.version._verify(), [])

    def test_documents_follow_the_profile(self):
        self.profile.quarter_content = "changes"
        quarter = self.open_quarter(2026, 4)
        version = self.submit(quarter).current_version_id
        self.assertFalse(self.file_of("register", version))
        self.assertTrue(self.file_of("changes", version))
        self.assertNotIn("信息台账", self.sheets(self.copy_of("education", version)))

    def test_the_register_and_the_roster_hold_every_child_in_clear(self):
        for document in ("register", "roster"):
            words = self.words(self.file_of(document))
            self.assertIn("张三丰", words)
            self.assertIn("王小明", words)
            self.assertIn("东村三组12号", words)

    def test_changes_have_the_numbers_and_the_lines(self):
        sheets = self.sheets(self.file_of("changes"))
        numbers = {row[0]: row[2] for row in sheets["变更数据"] if row[0]}
        self.assertEqual((numbers["期初人数"], numbers["新增"], numbers["期末人数"]), (0, 2, 2))
        lines = [row for row in sheets["变更明细"] if row[6] == "新增"]
        self.assertEqual({row[2] for row in lines}, {"张三丰", "王小明"})
        self.assertEqual({row[3] for row in lines}, {"男"})
        self.assertTrue(all("*" in row[4] for row in lines), "identity numbers are masked in print")

    def test_the_cover_carries_the_code_and_the_digests_of_the_files(self):
        page = self.file_of("cover")._stored_bytes().decode()
        self.assertIn(self.version.check_code, page)
        for one in self.version.file_ids - self.file_of("cover"):
            self.assertIn(one.sha256, page)
        self.assertIn("2026年9月20日", page)

    def test_the_cover_is_a_pdf_where_an_engine_is_there(self):
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() not in ("ok", "workers"):
            self.skipTest("no PDF engine here")
        version = self.version.with_context(force_report_rendering=True).sudo()
        pdf = version._printed(self.file_of("cover")._stored_bytes().decode())
        self.assertEqual(pdf[:4], b"%PDF")
        self.assertEqual(len(PdfFileReader(io.BytesIO(pdf)).pages), 1, "code and seal on one page")

    def test_a_year_and_many_edits_later_the_same_bytes_are_served(self):
        before = {one.id: one._stored_bytes() for one in self.version.file_ids}
        self.child.name = "李改名"
        self.child.address = "西村一组"
        self.village_a1.name = "新东村村民委员会"
        with freeze_time("2027-11-22 04:00:00"):
            name, data = self.fetch(self.file_of("register"), self.users["civil_affairs"])
        self.assertEqual(data, before[self.file_of("register").id])
        self.assertTrue(name.endswith(".xlsx"))
        self.assertEqual(self.version._verify(), [])

    def test_a_stored_document_goes_to_who_reads_all_of_it_in_clear(self):
        self.fetch(self.file_of("roster"), self.users["township"])
        with self.assertRaises(UserError):
            self.file_of("roster").with_user(self.users["township_leader"]).action_fetch()
        with self.assertRaises(UserError):
            self.file_of("register").with_user(self.users["leading_office"]).action_fetch()
        name, _data = self.fetch(self.file_of("cover"), self.users["township_leader"])
        self.assertIn("农村留守儿童信息季报", name)

    def test_a_village_does_not_reach_the_documents_of_the_township(self):
        with self.assertRaises(AccessError):
            self.file_of("cover").with_user(self.users["village"]).action_fetch()

    def test_the_file_itself_is_nobodys_attachment(self):
        paper = self.file_of("register").attachment_id
        for role in ("township", "township_leader", "civil_affairs", "village"):
            with self.assertRaises(AccessError):
                paper.with_user(self.users[role]).read(["datas"])

    def test_a_stored_document_cannot_be_changed(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(errors.RestrictViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE lbc_submission_file SET sha256 = 'x' WHERE version_id = %s",
                [self.version.id],
            )

    def test_a_replaced_file_is_named_by_verify_and_not_served(self):
        roster = self.file_of("roster")
        roster.attachment_id.sudo().raw = b"forged"
        self.assertIn(roster.name, self.version._verify()[0])
        with self.assertRaises(UserError):
            roster._stored_bytes()

    def test_a_replaced_copy_is_named_by_verify(self):
        copy = self.copy_of("education")
        copy.attachment_id.sudo().unlink()
        self.assertIn(copy.name, self.version._verify()[0])

    # -- copies

    def test_education_gets_schooling_and_neither_health_nor_addresses(self):
        copy = self.copy_of("education")
        self.assertIn("school", copy.columns)
        for code in ("health", "disability_kind", "aid"):
            self.assertNotIn(code, copy.columns)
        self.assertIn("address", copy.columns)
        reader = self.env["lbc.copy.column"]._reader("education")
        address = self.env["lbc.copy.column"]._known()["address"]
        self.assertEqual(reader.name_of(address), "address_masked", "the village")
        words = self.words(copy)
        self.assertIn("甲镇小学", words)
        self.assertNotIn("东村三组12号", words)
        self.assertNotIn("13800138000", words)

    def test_police_get_addresses_and_carers_and_no_economy(self):
        copy = self.copy_of("police")
        for code in ("address", "carer_name", "carer_phone"):
            self.assertIn(code, copy.columns)
        for code in ("aid", "health", "school"):
            self.assertNotIn(code, copy.columns)
        words = self.words(copy)
        self.assertIn("东村三组12号", words)
        self.assertIn("李外婆", words)
        self.assertNotIn("甲镇小学", words)

    def test_the_office_gets_masked_names(self):
        words = self.words(self.copy_of("leading_office"))
        self.assertIn("张*丰", words)
        self.assertNotIn("张三丰", words)

    def test_a_district_may_narrow_a_copy_but_not_widen_it(self):
        officer = self.users["data_officer"]
        columns = self.env["lbc.copy.column"].with_user(officer)
        school = columns.search([("recipient", "=", "education"), ("code", "=", "school")])
        aid = columns.search([("recipient", "=", "education"), ("code", "=", "aid")])
        self.assertEqual((school.given, aid.given, aid.is_included), ("clear", "none", True))
        school.is_included = False
        self.assertEqual(school.given, "none")
        version = self.submit(self.open_quarter(2026, 4)).current_version_id
        self.assertNotIn("school", self.copy_of("education", version).columns)
        self.assertNotIn("aid", self.copy_of("education", version).columns)
        with self.assertRaises(AccessError):
            school.with_user(self.users["civil_affairs"]).is_included = True

    def test_copies_follow_the_profile(self):
        self.profile.write({"report_to": "civil_affairs", "report_cc_police": False})
        version = self.submit(self.open_quarter(2026, 4)).current_version_id
        self.assertEqual(set(version.copy_ids.mapped("recipient")), {"civil_affairs", "education"})

    def test_only_the_recipient_sees_its_copy_and_gives_the_receipt(self):
        copies = self.env["lbc.submission.copy"]
        for role in ("education", "police", "leading_office", "civil_affairs"):
            own = copies.with_user(self.users[role]).search([("version_id", "=", self.version.id)])
            self.assertEqual(own.mapped("recipient"), [role])
        with self.assertRaises(AccessError):
            self.copy_of("education").with_user(self.users["police"]).action_receive()
        own = self.copy_of("education").with_user(self.users["education"])
        own.action_receive()
        self.assertTrue(own.is_received)
        self.assertEqual(own.received_by, self.users["education"])
        self.assertEqual(own.check_code, self.version.check_code)
        self.assertEqual(self.version._verify(), [])

    def test_the_receipt_is_a_document_of_its_recipient(self):
        copy = self.copy_of("education").with_user(self.users["education"])
        with self.assertRaises(UserError):
            copy.action_print_receipt()
        name = "left_behind_children.submission_receipt_document"
        reports = self.env["ir.actions.report"].with_user(self.users["education"])
        with self.assertRaises(UserError):
            reports._render_qweb_html(name, copy.ids)
        copy.action_receive()
        self.assertEqual(copy.action_print_receipt()["report_name"], name)
        page = reports._render_qweb_html(name, copy.ids)[0].decode()
        for word in (
            *("回执", "甲镇", "2026年第3季度", "第1版", "2026年9月20日", copy.name, copy.sha256),
            *(self.version.check_code, self.users["education"].name, "签字", "盖章"),
        ):
            self.assertIn(word, page)
        for role in ("police", "civil_affairs", "township_leader"):
            with self.assertRaises(AccessError, msg=role):
                copy.with_user(self.users[role]).action_print_receipt()
            with self.assertRaises(AccessError, msg=role):
                reports.with_user(self.users[role])._render_qweb_html(name, copy.ids)

    def test_the_receipt_can_be_printed_on_one_page(self):
        copy = self.copy_of("education").with_user(self.users["education"])
        copy.action_receive()
        report = self.env["ir.actions.report"].with_user(self.users["education"])
        report = report.with_context(force_report_rendering=True)
        if report.get_wkhtmltopdf_state() not in ("ok", "workers"):
            self.skipTest("no PDF engine")
        name = "left_behind_children.submission_receipt_document"
        pdf, kind = report._render_qweb_pdf(name, copy.ids)
        self.assertEqual((kind, pdf[:5]), ("pdf", b"%PDF-"))

    def test_receipts_name_version_and_code_and_stay_with_their_version(self):
        self.copy_of("education").with_user(self.users["education"]).action_receive()
        report = self.submission.with_user(self.users["leading_office"])
        report._return("补正")
        self.child.address = "东村一组1号"
        self.submit(self.quarter)
        first = report.version_ids.sorted("number")[0]
        self.assertIn(f"version 1, code {first.check_code}", first.receipt_text)
        self.assertNotIn("received", report.receipt_text)

    def test_a_receipt_is_given_once_and_nothing_else_ever_written(self):
        copy = self.copy_of("education")
        copy.with_user(self.users["education"]).action_receive()
        first = copy.received_at
        with freeze_time("2027-01-01 04:00:00"):
            copy.with_user(self.users["education"]).action_receive()
        self.assertEqual(copy.received_at, first)
        for column in ("received_at = NULL", "sha256 = 'x'"):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(errors.RestrictViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(
                    f"UPDATE lbc_submission_copy SET {column} WHERE id = %s", [copy.id]
                )

    def test_receiving_the_report_receives_the_copy(self):
        self.submission.with_user(self.users["civil_affairs"]).action_receive()
        self.assertTrue(self.copy_of("civil_affairs").is_received)
        self.assertFalse(self.copy_of("leading_office").is_received)

    def test_the_recipient_fetches_its_copy_through_the_gate(self):
        copy = self.copy_of("education")
        _name, data = self.fetch(copy, self.users["education"])
        self.assertEqual(data, copy._stored_bytes())
        with self.assertRaises(AccessError):
            copy.with_user(self.users["police"]).action_fetch()

    def test_a_correction_has_documents_of_its_own(self):
        self.submission.with_user(self.users["civil_affairs"])._return("核对住址")
        self.child.write({"address": "东村五组", "change_is_correction": True})
        self.submit(self.quarter)
        second = self.submission.current_version_id
        self.assertEqual(second.number, 2)
        self.assertIn("更正1", self.file_of("roster", second).name)
        self.assertIn("东村五组", self.words(self.file_of("roster", second)))
        self.assertIn("东村三组12号", self.words(self.file_of("roster")))
        current = self.env["lbc.submission.copy"].with_user(self.users["education"])
        self.assertEqual(current.search([("is_current", "=", True)]).version_id, second)
