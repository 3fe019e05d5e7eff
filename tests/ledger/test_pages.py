"""Every page of the ledger opens for whoever has it, and shows what that person does next."""

from lxml import etree

from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time
from odoo.tools.safe_eval import safe_eval

from .common import LedgerCase

ROWS = ("village", "township", "township_leader", "civil_affairs", "leading_office")
COUNTS = (*ROWS, "education", "police", "leader")


@tagged("post_install", "-at_install")
@freeze_time("2026-09-15")
class TestPages(LedgerCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger(day="2026-06-01")
        self.second = self.open_quarter(2026, 2)
        self.submission = self.submit(self.second)
        self.third = self.open_quarter()

    def test_forms_open_for_every_role_that_counts(self):
        for role in COUNTS:
            with self.subTest(role=role):
                self.env.invalidate_all()  # as in a request of its own
                Form(self.as_role(self.third, role))
                for quarter in (self.second, self.third):
                    Form(self.as_role(self.submission_of(quarter), role))

    def test_the_frozen_row_opens_clear_or_masked(self):
        for role in ROWS:
            form = Form(self.as_role(self.submission.snapshot_ids, role))
            clear = role in ("village", "township", "civil_affairs")
            self.assertEqual("father_phone" in form._view["fields"], clear, role)
            masked = role == "township_leader"  # the office reads no telephone at all
            self.assertEqual("father_phone_masked" in form._view["fields"], masked, role)

    def test_lists_pivots_and_graphs_load(self):
        pages = {
            "lbc.quarter": ("list", "form", "search"),
            "lbc.submission": ("kanban", "list", "form", "pivot", "graph", "search"),
            "lbc.snapshot": ("list", "form", "pivot", "graph", "search"),
        }
        for role in COUNTS:
            for model, kinds in pages.items():
                if model == "lbc.snapshot" and role not in ROWS:
                    continue
                records = self.env[model].with_user(self.users[role])
                views = records.get_views([(False, kind) for kind in kinds])["views"]
                arch = etree.fromstring(views[kinds[0]]["arch"])
                names = {node.get("name") for node in arch.iter("field")} - {"display_name"}
                records.web_search_read([], dict.fromkeys(names, {}))

    def test_only_the_leader_has_the_button(self):
        for role in COUNTS:
            submissions = self.env["lbc.submission"].with_user(self.users[role])
            for kind in ("form", "list", "kanban"):
                arch = etree.fromstring(submissions.get_view(view_type=kind)["arch"])
                buttons = [
                    button
                    for button in arch.iter("button")
                    if "Submit" in (button.get("string"), (button.text or "").strip())
                    and "organization_id" not in button.get("invisible", "")  # of departments
                ]
                self.assertEqual(bool(buttons), role == "township_leader", f"{role} {kind}")

    def test_the_submit_page_finds_what_waits(self):
        self.check(self.submission_of(self.third))
        form = Form(self.env["lbc.quarter.submit"].with_user(self.users["township_leader"]))
        self.assertEqual(form.submission_id, self.submission_of(self.third))
        self.assertEqual((form.child_count, form.unverified_count, form.days_left), (1, 1, 5))

    def test_a_correction_says_what_was_corrected(self):
        self.as_role(self.submission, "leading_office")._return("地址有误")
        self.check(self.submission)
        wizard = self.env["lbc.quarter.submit"].with_user(self.users["township_leader"])
        form = Form(wizard.with_context(default_submission_id=self.submission.id))
        with self.assertRaisesRegex(AssertionError, "reason is a required field"):
            form.save()
        form.reason = "更正三户住址"
        form.save().action_submit()
        self.assertEqual(self.submission.current_version_id.reason, "更正三户住址")

    def test_while_a_report_is_corrected_the_living_numbers_are_shown(self):
        self.as_role(self.submission, "leading_office")._return("地址有误")
        arch = Form(self.as_role(self.submission, "township"))._view["tree"]
        for name in ("action_view_current", "action_view_unverified", "action_view_waiting"):
            button = arch.find(f".//button[@name='{name}']")
            hidden = safe_eval(button.get("invisible"), {"state": "returned", "organization_id": 0})
            self.assertFalse(hidden, name)
            received = {"state": "received", "organization_id": 0}
            self.assertTrue(safe_eval(button.get("invisible"), received), name)

    def test_the_time_left_is_said_in_words(self):
        third = self.submission_of(self.third)
        self.assertEqual(third.due_text, "5 days left")
        with freeze_time("2026-09-20"):
            self.env.invalidate_all()
            self.assertEqual(third.due_text, "Due today")
        with freeze_time("2026-11-22"):
            self.env.invalidate_all()
            self.assertEqual((third.due_text, self.third.due_text), ("Overdue by 63 days",) * 2)

    def test_a_change_that_a_reader_would_not_see_is_not_there_for_him(self):
        self.as_role(self.submission, "leading_office")._return("核对")
        self.child.write({"address": "东村五组", "school_name": "甲镇小学", "risk_level": "high"})
        health = {"child_id": self.child.id, "condition": "severe_illness", "date": "2026-06-10"}
        self.env["lbc.health"].create(health)
        self.submit(self.second)
        version = self.submission.current_version_id
        columns = lambda role: set(  # noqa: E731 - what a role finds
            self.env["lbc.submission.change"]
            .with_user(self.users[role])
            .search([("version_id", "=", version.id), ("against", "=", "version")])
            .mapped("column")
        )
        self.assertLessEqual({"health", "address", "school"}, columns("civil_affairs"))
        self.assertFalse({"risk", "last_visit"} & columns("civil_affairs"))
        self.assertFalse({"health", "school"} & columns("leading_office"))
        self.assertNotIn("health", columns("township_leader"))
        self.assertIn("address", columns("township_leader"))

    def test_the_open_page_knows_county_quarter_and_day(self):
        form = Form(self.env["lbc.quarter.open"].with_user(self.users["leading_office"]))
        self.assertEqual((form.county_id, form.year, form.number), (self.county, 2026, "3"))
        self.assertEqual(str(form.cutoff), "2026-09-20")

    def test_the_workbook_page_asks_for_the_quarter_only_when_needed(self):
        form = Form(self.env["lbc.ledger.export"].with_user(self.users["township"]))
        self.assertEqual(form.area_id, self.township_a)
        form.source = "quarter"
        form.quarter_id = self.second
        self.assertEqual(str(form.as_of), "2026-06-20")
        form.purpose = "季度核查"
        form.recipient = "测试区民政局"
        export = self.env["lbc.export"].browse(form.save().action_export()["res_id"])
        self.assertTrue(export.filename.endswith("2026Q2.xlsx"))
