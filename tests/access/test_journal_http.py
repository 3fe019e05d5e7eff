"""The journal through the server's doors: requests of real sessions, and reads that go to a replica (issue 3)."""

from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .journal_common import JournalCase

PIXEL = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestJournalHttp(JournalCase, HttpCase):
    roles = ("village", "township_leader", "data_officer")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.users.values():
            user.password = user.login

    def call(self, role, method, *args, model="lbc.child", **kwargs):
        """Call a method as the browser of a role's user does; returns its result."""
        login = self.users[role].login
        self.authenticate(login, login)
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def test_a_request_leaves_its_row_with_where_it_came_from(self):
        child = self.make_on_ledger()
        self.rows_since()
        found = self.call("village", "web_search_read", [], {"name": {}, "id_number": {}}, limit=80)
        self.assertEqual(found["records"][0]["name"], "张三丰")
        row = self.new_rows().filtered(lambda row: row.action == "read")
        self.assertEqual(
            (row.login, row.role, row.remote_addr), ("test_village", "village", "127.0.0.1")
        )
        self.assertEqual(self.children_of(row), child.ids)

    def test_a_form_with_its_lines_and_a_save(self):
        child = self.make_on_ledger()
        self.rows_since()
        lines = {"fields": {"guardian_name": {}, "role": {}}}
        specification = {"name": {}, "guardianship_ids": lines}
        self.call("village", "web_read", child.ids, specification)
        rows = self.new_rows()
        self.assertEqual(set(rows.mapped("model")), {"lbc.child", "lbc.guardianship"})
        self.call("village", "web_save", child.ids, {"living_with": "alone"}, specification)
        rows = self.new_rows()
        self.assertEqual({"write", "read"}, set(rows.mapped("action")))

    def test_a_door_still_served_from_a_replica_is_opened_again_where_rows_can_be_written(self):
        child = self.make_on_ledger()
        self.rows_since()
        door = self.env.registry["lbc.child"].web_read
        with patch.object(door, "_readonly", True), mute_logger("odoo.http", "odoo.sql_db"):
            found = self.call("village", "web_read", child.ids, {"name": {}})
        self.assertEqual(found[0]["name"], "张三丰")
        self.assertEqual(self.children_of(self.new_rows()), child.ids)

    def test_masked_lists_leave_nothing(self):
        self.make_on_ledger()
        self.rows_since()
        self.call("township_leader", "web_search_read", [], {"display_name": {}, "state": {}})
        self.assertFalse(self.new_rows().filtered(lambda row: row.action == "read"))

    def test_papers_and_photos_opened_in_the_browser_leave_rows(self):
        child = self.make_on_ledger()
        paper = self.env["ir.attachment"].create(
            {"name": "a.txt", "res_model": "lbc.child", "res_id": child.id, "raw": b"x"}
        )
        child.photo = PIXEL
        self.authenticate("test_village", "test_village")
        for url in (f"/web/content/{paper.id}", f"/web/image/lbc.child/{child.id}/photo"):
            self.rows_since()
            self.assertEqual(self.url_open(url).status_code, 200)
            [row] = self.new_rows()
            self.assertEqual(
                (row.action, row.login, row.groups), ("read", "test_village", "identity")
            )
            self.assertEqual(self.children_of(row), child.ids)

    def test_who_has_seen_this_file_is_read_by_the_data_officer(self):
        child = self.make_on_ledger()
        self.call("village", "web_read", child.ids, {"name": {}})
        domain = [["child_id", "=", child.id], ["action", "=", "read"]]
        specification = dict.fromkeys(("at", "who", "role_name", "group_names", "model_name"), {})
        found = self.call(
            "data_officer", "web_search_read", domain, specification, model="lbc.journal"
        )
        [row] = found["records"]
        self.assertEqual((row["who"], row["group_names"]), ("test_village", "Identity"))

    def test_a_file_printed_as_pdf_or_html_is_a_page_of_the_month(self):
        officer = self.users["data_officer"]
        wizard = self.env["lbc.journal.report"].with_user(officer).create({})
        self.authenticate(officer.login, officer.login)
        page = self.url_open(
            f"/report/html/left_behind_children.journal_report_document/{wizard.id}"
        )
        self.assertEqual(page.status_code, 200)
        self.assertRegex(page.text, "Monthly Access Report|访问情况月报")
        self.assertIn("print", self.new_rows().mapped("action"))
