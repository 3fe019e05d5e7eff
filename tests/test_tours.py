"""The walk census → duties → visit → quarter → workbook in a real browser, in Chinese, by role."""

from datetime import date

from odoo.tests import tagged

from .common import BrowserCase


@tagged("post_install", "-at_install", "lbc_long")
class TestTours(BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        module = cls.env["ir.module.module"]
        module._load_module_terms(["left_behind_children"], ["zh_CN"], overwrite=True)
        for user in cls.users.values():
            user.write({"lang": "zh_CN", "password": user.login})

    def _tour(self, name, role, url="/odoo"):
        self.start_tour(url, name, login=self.users[role].login)

    def test_from_the_census_to_the_filed_visit(self):
        self._tour("lbc_township_imports_a_census", "township")
        children = self.env["lbc.child"].search([("township_id", "=", self.township_a.id)])
        self.assertEqual((len(children), set(children.mapped("state"))), (4, {"on_ledger"}))
        self._tour("lbc_township_plans_the_month", "township")
        duties = self.env["lbc.duty"].search([("township_id", "=", self.township_a.id)])
        self.assertEqual(duties.mapped("state"), ["open"] * 4)
        self._tour("lbc_village_files_a_visit", "village")
        self.assertEqual(sorted(duties.mapped("state")), ["done", "open", "open", "open"])

    def test_from_the_quarter_to_the_workbook(self):
        self.make_on_ledger(day="2025-01-05")
        self._tour("lbc_civil_affairs_opens_the_quarter", "civil_affairs")
        submission = self.env["lbc.submission"].search([("township_id", "=", self.township_a.id)])
        self._tour("lbc_village_confirms_the_quarter", "village")
        confirmed = submission.village_ids.filtered(lambda one: one.state == "confirmed")
        # Looked at after the cut-off: that counts for the next quarter.
        self.assertEqual((confirmed.area_id, confirmed.unverified_count), (self.village_a1, 1))
        self._tour("lbc_township_checks_the_quarter", "township")
        self.assertEqual(submission.state, "checked")
        self._tour("lbc_leader_submits_the_quarter", "township_leader")
        self.assertEqual((submission.state, submission.child_count), ("submitted", 1))
        self._tour("lbc_office_receives_the_quarter", "leading_office")
        self.assertEqual(submission.state, "received")
        self._tour("lbc_education_gives_the_receipt", "education")
        copies = submission.current_version_id.copy_ids.filtered("is_received")
        self.assertEqual(set(copies.mapped("recipient")), {"leading_office", "education"})
        self.assertEqual(submission.current_version_id._verify(), [])
        self._return_and_correct(submission)
        self._tour("lbc_township_exports_the_roster", "township")

    def _return_and_correct(self, submission):
        """The office returns what it received; the township corrects, the leader submits again."""
        first = submission.current_version_id
        self._tour("lbc_office_returns_the_quarter", "leading_office")
        self.assertEqual(submission.state, "returned")
        self._tour("lbc_township_corrects_the_quarter", "township")
        self.assertEqual(submission.state, "checked")
        self._tour("lbc_leader_submits_the_correction", "township_leader")
        second = submission.current_version_id
        self.assertEqual((second.number, second.previous_id), (2, first))
        self.assertEqual(second.reason, "补录一名儿童的备注")
        different = second.change_ids.filtered(lambda one: one.against == "version")
        self.assertIn("note", different.mapped("column"))
        self._tour("lbc_office_receives_the_quarter", "leading_office")
        self.assertEqual(submission.accepted_version_id, second)
        self._tour("lbc_education_fetches_its_copy", "education")
        self._tour("lbc_education_gives_the_receipt", "education")
        copies = second.copy_ids.filtered("is_received")
        self.assertEqual(set(copies.mapped("recipient")), {"leading_office", "education"})
        self.assertEqual((first | second)._verify(), [])


@tagged("post_install", "-at_install")
class TestToursOnATelephone(TestTours):
    browser_size = "390x844"
    touch_enabled = True
    allow_inherited_tests_method = False

    def test_from_the_census_to_the_filed_visit(self):
        child = self.make_on_ledger(day="2026-01-05")
        self.env["lbc.duty"]._generate_visits(self.county, self.env.cr.now().date())
        self._tour("lbc_village_files_a_visit_by_thumb", "village")
        duty = self.env["lbc.duty"].search([("household_id", "=", child.household_id.id)])
        self.assertEqual(duty.state, "done")

    def test_from_the_quarter_to_the_workbook(self):
        """The quarter is opened and submitted at a desk; villages and departments have telephones."""
        self.make_on_ledger(day="2025-01-05")
        officer = self.env["lbc.quarter.open"].with_user(self.users["civil_affairs"])
        year = date.today().year - 1
        officer.create({"year": year, "number": "4"}).action_open()
        submission = self.env["lbc.submission"].search([("township_id", "=", self.township_a.id)])
        self._tour("lbc_village_confirms_by_thumb", "village", "/odoo/care-villages")
        confirmed = submission.village_ids.filtered(lambda one: one.state == "confirmed")
        # Looked at after the cut-off: that counts for the next quarter.
        self.assertEqual((confirmed.area_id, confirmed.unverified_count), (self.village_a1, 1))
        supervisor = submission.with_user(self.users["township"])
        supervisor.action_view_findings()
        for finding in submission.finding_ids.with_user(self.users["township"]):
            finding._explain("已入户核实")
        supervisor.action_check()
        submission.with_user(self.users["township_leader"])._submit()
        self._tour("lbc_education_gives_the_receipt_by_thumb", "education", "/odoo/care-copies")
        copies = submission.current_version_id.copy_ids.filtered("is_received")
        self.assertEqual(copies.mapped("recipient"), ["education"])
