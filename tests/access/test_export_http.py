"""The doors over HTTP: the download page, Odoo's export pages, and what must not be a door."""

import io
import json
from unittest import skipUnless

from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...lib import workbook
from .export_common import GateCase

PHONES = ("display_name", "carer_phone")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@tagged("post_install", "-at_install")
class TestExportHttp(GateCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.user = self.users["township"]
        self.user.group_ids += self.env.ref("base.group_allow_export")
        for user in self.users.values():
            user.password = user.login
        self.approver.password = self.approver.login

    def sign_in(self, user):
        self.authenticate(user.login, user.login)

    def download(self, export):
        return self.url_open(f"/lbc/export/{export.id}")

    def test_the_requester_gets_the_file_after_the_approval(self):
        self.without_password()
        export = self.request(self.user, self.children[:2], PHONES)
        self.sign_in(self.user)
        with mute_logger("odoo.http"):
            self.assertEqual(self.download(export).status_code, 422)
        export.with_user(self.approver).action_approve()
        response = self.download(export)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], XLSX)
        self.assertIn("no-store", response.headers["Cache-Control"])
        self.assertIn("13812345678", self.rows_of(response.content)[2])
        export.invalidate_recordset()
        self.assertEqual(export.download_count, 1)
        self.download(export)
        export.invalidate_recordset()
        self.assertEqual(export.download_count, 2)

    def test_others_and_strangers_get_nothing(self):
        export = self.approved(self.user, self.children[:2], PHONES)
        with mute_logger("odoo.http"):
            self.sign_in(self.users["village"])
            self.assertEqual(self.download(export).status_code, 404)
            self.sign_in(self.approver)
            self.assertEqual(self.download(export).status_code, 403)
            self.authenticate(None, None)
            self.assertIn("/web/login", self.download(export).url)
        export.invalidate_recordset()
        self.assertEqual(export.download_count, 0)

    def test_there_is_no_file_behind_the_gate(self):
        export = self.approved(self.user, self.children[:2], PHONES)
        export._deliver()
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", "lbc.export"), ("res_field", "!=", False)]
        )
        self.assertFalse(attachments)
        self.sign_in(self.user)
        for field in ("file", "spec", "password", "sha256"):
            for door in ("content", "image"):
                url = f"/web/{door}/lbc.export/{export.id}/{field}"
                with mute_logger("odoo.http"):
                    response = self.url_open(url)
                self.assertNotIn(b"13812345678", response.content)
                self.assertNotIn(XLSX, response.headers.get("Content-Type", ""), url)

    def export_page(self, kind, columns, compatible=False, **more):
        data = {
            "model": "lbc.child",
            "fields": [{"name": name, "label": name, "type": "char"} for name in columns],
            "ids": self.children[:2].ids,
            "domain": [],
            "import_compat": compatible,
            **more,
        }
        values = {"data": json.dumps(data), "csrf_token": Request.csrf_token(self)}
        return self.url_open(f"/web/export/{kind}", data=values)

    def test_odoo_s_pages_ask_for_a_request(self):
        self.sign_in(self.user)
        for kind in ("csv", "xlsx"):
            with mute_logger("odoo.http", "odoo.addons.web.controllers.export"):
                response = self.export_page(kind, PHONES)
            self.assertEqual(response.status_code, 500)
            self.assertNotIn("13812345678", response.text)
            self.assertIn("odoo.exceptions.UserError", response.text)

    def test_odoo_s_pages_deliver_what_is_covered(self):
        self.children[0].address = "=1+1"
        columns = ("display_name", "address")
        export = self.approved(self.user, self.children[:2], columns)
        self.sign_in(self.user)
        response = self.export_page("xlsx", columns)
        self.assertEqual(response.status_code, 200)
        rows = self.rows_of(response.content)
        self.assertIn("'=1+1", [row[1] for row in rows])
        self.assertIn(export.name, rows[-1][0])
        response = self.export_page("csv", columns)
        self.assertIn("'=1+1", response.text)
        grouped = self.export_page("xlsx", columns, groupby=["township_id"])
        self.assertEqual(grouped.status_code, 200)
        self.assertIn(export.name, str(self.rows_of(grouped.content)))
        export.invalidate_recordset()
        self.assertEqual(export.download_count, 3)

    def test_a_saved_pivot_table_has_no_formulas_and_leaves_a_trace(self):
        self.sign_in(self.user)
        table = {
            "model": "lbc.child",
            "title": "Children",
            "measure_count": 1,
            "col_group_headers": [[{"title": "=1+1", "width": 1, "height": 1}]],
            "measure_headers": [{"title": "Count", "is_bold": False}],
            "rows": [{"title": "=2+2", "indent": 0, "values": [{"value": 2}]}],
        }
        values = {"data": json.dumps(table), "csrf_token": Request.csrf_token(self)}
        with self.noted() as notes:
            response = self.url_open("/web/pivot/export_xlsx", data=values)
        cells = [cell for row in self.rows_of(response.content) for cell in row]
        self.assertIn("'=1+1", cells)
        self.assertIn("'=2+2", cells)
        self.assertEqual(notes[0][:2], ("export", "lbc.child"))

    @skipUnless(workbook.can_encrypt(), "msoffcrypto-tool is not installed")
    def test_the_workbook_has_a_password_that_only_the_requester_sees(self):
        import msoffcrypto  # noqa: PLC0415 (optional package)

        export = self.approved(self.user, self.children[:2], PHONES)
        password = export.password_shown
        self.assertEqual(len(password), 12)
        self.assertFalse(export.with_user(self.approver).password_shown)
        self.sign_in(self.user)
        data = self.download(export).content
        with self.assertRaises(Exception):  # noqa: B017 (no zip file: it is encrypted)
            self.rows_of(data)
        opened, plain = msoffcrypto.OfficeFile(io.BytesIO(data)), io.BytesIO()
        opened.load_key(password=password)
        opened.decrypt(plain)
        self.assertIn("13812345678", self.rows_of(plain.getvalue())[2])
        messages = self.env["mail.message"].search([("model", "=", "lbc.export")])
        self.assertNotIn(password, "".join(map(str, messages.mapped("body"))))

    def test_without_the_package_workbooks_open_without_password(self):
        self.without_password()
        export = self.approved(self.user, self.children[:2], PHONES)
        self.assertFalse(export.password_shown)
        self.assertTrue(self.rows_of(export._deliver()[1]))
