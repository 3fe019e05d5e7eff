"""Who takes which step with a quarterly report, and what a correction is (domain.md §C.1.2 季报, §C.6 case 13)."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time

from ..common import XMLID
from .common import LedgerCase


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20 04:00:00")
class TestFlow(LedgerCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger(day="2026-05-01", address="东村三组8号")
        self.quarter = self.open_quarter()
        self.submission = self.submission_of(self.quarter)

    def refused(self, step, *allowed):
        """Assert that nobody but these roles may take the step (function of a submission as a user)."""
        others = [user for role, user in self.users.items() if role not in allowed]
        for user in (*others, self.leader_b, self.supervisor_b):
            with self.assertRaises(AccessError, msg=user.login), self.cr.savepoint():
                step(self.submission.with_user(user))

    def test_the_supervisor_checks_then_the_leader_submits(self):
        self.refused(lambda one: one.action_check(), "township")
        with self.assertRaises(UserError):
            self.as_role(self.submission, "township_leader")._submit()
        self.check(self.submission)
        self.refused(lambda one: one._submit(), "township_leader")
        self.as_role(self.submission, "township_leader")._submit()
        self.assertEqual(self.submission.state, "submitted")
        step = self.submission.step_ids.sorted("id")
        self.assertEqual(step.mapped("kind"), ["checked", "submitted"])
        self.assertEqual(step[1].done_by, self.users["township_leader"])

    def test_the_leader_sends_back_with_a_reason(self):
        self.check(self.submission)
        leader = self.as_role(self.submission, "township_leader")
        with self.assertRaises(UserError):
            leader._send_back(" ")
        wizard = self.env["lbc.quarter.decide"].with_user(self.users["township_leader"])
        values = {"submission_id": self.submission.id, "decision": "send_back"}
        wizard.create({**values, "reason": "西村未核"}).action_decide()
        self.assertEqual(
            (self.submission.state, self.submission.return_reason), ("filling", "西村未核")
        )

    def test_who_receives_follows_the_profile(self):
        self.submit(self.quarter)
        receive = lambda one: one.action_receive()  # noqa: E731 - a step to try
        self.profile.report_to = "civil_affairs"
        self.refused(receive, "civil_affairs")
        self.profile.report_to = "office"
        self.refused(receive, "leading_office")
        self.as_role(self.submission, "leading_office").action_receive()
        self.assertEqual(self.submission.state, "received")
        self.assertEqual(self.submission.accepted_version_id, self.submission.current_version_id)

    def test_case_13_returned_and_corrected_later_stays_on_time(self):
        self.submit(self.quarter)
        first = self.submission.current_version_id
        self.refused(lambda one: one._return("漏报"), "leading_office", "civil_affairs")
        with freeze_time("2026-09-28 04:00:00"):
            with self.assertRaises(UserError):
                self.as_role(self.submission, "leading_office")._return("")
            self.as_role(self.submission, "leading_office")._return("地址有误")
            self.child.write({"address": "东村五组2号", "change_is_correction": True})
            self.submit(self.quarter)
        second = self.submission.current_version_id
        self.assertTrue(self.submission.is_on_time)
        self.assertEqual((first.number, second.number, second.reason), (1, 2, "地址有误"))
        self.assertEqual(first.snapshot_ids.address, "东村三组8号")
        self.assertEqual(self.submission.snapshot_ids.address, "东村五组2号")
        lines = second.change_ids.search(second.action_view_difference()["domain"])
        self.assertEqual(lines.mapped("column"), ["address"])
        line = self.as_role(lines, "civil_affairs")
        self.assertEqual((line.before, line.after), ("东村三组8号", "东村五组2号"))
        self.assertEqual(
            self.submission.step_ids.sorted("id").mapped("kind"),
            ["checked", "submitted", "returned", "checked", "submitted"],
        )

    def test_statistics_count_what_was_received_last(self):
        self.submit(self.quarter)
        first = self.submission.current_version_id
        self.assertEqual(self.submission._counted_versions(), first)
        office = self.as_role(self.submission, "leading_office")
        office.action_receive()
        office._return("地址有误")
        self.submit(self.quarter)
        self.assertEqual(self.submission._counted_versions(), first)
        office.action_receive()
        self.assertEqual(self.submission._counted_versions().number, 2)

    def test_totals_and_workbooks_are_of_one_version_unless_another_is_chosen(self):
        self.submit(self.quarter)
        office = self.as_role(self.submission, "leading_office")
        office.action_receive()
        office._return("漏报一人")
        self.make_on_ledger(day="2026-09-15")
        self.submit(self.quarter)
        first, second = self.submission.version_ids.sorted("number")
        self.assertEqual((first.closing_count, second.closing_count), (1, 2))
        self.assertEqual((self.quarter.child_count, self.quarter.joined_count), (1, 1))
        for choice, version in (("counted", first), ("newest", second), ("first", first)):
            made = self.export(
                source="quarter",
                quarter_id=self.quarter.id,
                area_id=self.township_a.id,
                version_choice=choice,
            )
            self.assertEqual(made.row_count, version.closing_count, choice)
            words = "".join(str(cell) for row in self.rows_of(made) for cell in row if cell)
            self.assertIn(version.check_code, words, choice)
        office.action_receive()
        self.quarter.invalidate_recordset()
        self.assertEqual(self.quarter.child_count, 2)

    def test_a_report_on_which_a_later_one_rests_is_returned_after_it(self):
        second = self.submit(self.open_quarter(2026, 2))
        self.submit(self.quarter)
        with self.assertRaisesRegex(UserError, "2026Q3"):
            self.as_role(second, "leading_office")._return("有误")
        self.as_role(self.submission, "leading_office")._return("有误")
        self.as_role(second, "leading_office")._return("有误")
        with self.assertRaisesRegex(UserError, "2026Q2"):
            self.submit(self.quarter)
        self.submit(self.env["lbc.quarter"].browse(second.quarter_id.id))
        self.submit(self.quarter)
        self.assertFalse((second | self.submission).version_ids._verify())

    def test_days_of_grace_and_the_lock(self):
        self.profile.write({"quarter_on_time_days": 2, "quarter_lock_days": 10})
        with freeze_time("2026-09-22 15:59:59"):  # the last second of the 22nd in China
            self.submit(self.quarter)
        self.assertTrue(self.submission.is_on_time)
        with freeze_time("2026-09-29 16:00:00"):  # the 30th begins
            with self.assertRaisesRegex(UserError, "2026-09-30"):
                self.submit(self.quarter, self.township_b)
            other = self.submission_of(self.quarter, self.township_b)
            self.assertEqual(other.state, "checked")
            with self.assertRaises(AccessError):
                other.with_user(self.leader_b)._grant_exception(date(2026, 10, 5), "系统故障")
            wizard = self.env["lbc.quarter.decide"].with_user(self.users["leading_office"])
            values = {"submission_id": other.id, "decision": "except", "date_to": "2026-09-30"}
            wizard.create({**values, "reason": "系统故障"}).action_decide()
        with freeze_time("2026-09-30 16:00:00"), self.assertRaises(UserError):
            self._submit_now(self.quarter, self.township_b)  # the exception is over
        with freeze_time("2026-09-30 15:00:00"):
            self.submit(self.quarter, self.township_b)
        self.assertFalse(other.is_on_time)
        self.assertEqual(other.exception_ids.reason, "系统故障")

    def test_the_five_figures(self):
        self.submit(self.quarter)
        self.as_role(self.submission, "leading_office").action_receive()
        quarter = self.as_role(self.quarter, "leading_office")
        figures = (quarter.expected_count, quarter.submitted_count, quarter.on_time_count)
        self.assertEqual(figures, (2, 1, 1))
        self.assertEqual((quarter.received_count, quarter.missing_count), (1, 1))
        self.assertEqual((quarter.reporting_rate, quarter.on_time_rate), (50, 50))
        ((rate, count),) = self.env["lbc.submission"]._read_group(
            [("quarter_id", "=", quarter.id)], [], ["reporting_rate:avg", "__count"]
        )
        self.assertEqual((rate, count), (50, 2))

    def test_changes_show_masks_to_who_may_not_read_the_column(self):
        self.submit(self.open_quarter(2026, 2))
        self.child.write({"address": "东村九组", "school_name": "乙小学"})
        carer = self.make_guardian(name="陈伯伯")
        values = {"child_id": self.child.id, "guardian_id": carer.id, "role": "carer"}
        self.env["lbc.guardianship"].create(values)
        self.submit(self.quarter)
        lines = self.submission.current_version_id.change_ids
        seen = {}
        for role in ("civil_affairs", "township_leader"):
            mine = self.as_role(lines, role)
            seen[role] = {line.column: line.after for line in mine}
        self.assertEqual(seen["civil_affairs"]["carer_name"], "陈伯伯")
        self.assertEqual(seen["township_leader"]["carer_name"], "陈*伯")
        self.assertEqual(seen["township_leader"]["address"], "东村")
        self.assertFalse(seen["township_leader"]["school"])
        for role in ("leader", "education", "police"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(lines, role).read(["after"])
        with self.assertRaises(AccessError):
            self.as_role(lines, "civil_affairs").read(["after_clear"])
        self.assertFalse(lines.with_user(self.leader_b).search_count([]))


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20 04:00:00")
class TestDepartments(LedgerCase):
    def setUp(self):
        super().setUp()
        kind = self.env.ref(f"{XMLID}.organization_kind_justice_authority")
        self.profile.write({"report_departments": True, "report_kind_ids": [(6, 0, kind.ids)]})
        self.bureau = self.make_organization("测试区司法局", "justice_authority", self.county)
        self.officer = self.make_user("bureau", "justice_officer", self.county, self.bureau)
        self.make_on_ledger()
        self.quarter = self.open_quarter()
        self.submission = self.quarter.submission_ids.filtered("organization_id")

    def test_departments_of_the_chosen_kinds_are_expected(self):
        self.assertEqual(self.submission.organization_id, self.bureau)
        self.assertEqual(self.quarter.expected_count, 3)
        self.open_quarter()
        self.assertEqual(self.quarter.expected_count, 3)

    def test_a_department_submits_a_statement_and_no_rows(self):
        self.submit(self.quarter)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.submission.with_user(self.officer)._submit()
        wizard = self.env["lbc.quarter.submit"].with_user(self.officer)
        values = {"submission_id": self.submission.id, "statement": "开展法治宣传三场"}
        wizard.create(values).action_submit()
        version = self.submission.current_version_id
        self.assertEqual((version.statement, version.closing_count), ("开展法治宣传三场", 0))
        self.assertEqual(self.quarter.child_count, 1)
        self.assertTrue(self.submission.is_on_time)
        self.assertFalse(version._verify())
        self.assertIs(self.as_role(self.submission, "leading_office").action_receive(), True)

    def test_a_department_gets_the_cover_that_it_seals_and_no_other_document(self):
        self.submit(self.quarter)
        wizard = self.env["lbc.quarter.submit"].with_user(self.officer)
        values = {"submission_id": self.submission.id, "statement": "宣传三场\n回访五户"}
        wizard.create(values).action_submit()
        own = self.submission.with_user(self.officer)
        cover = own.file_ids
        self.assertEqual(cover.mapped("document"), ["cover"])
        form = Form(own)
        self.assertFalse(form._get_modifier("file_ids", "invisible"))
        self.assertIn("white-space: pre-line", cover._stored_bytes().decode())
        action = cover.action_fetch()
        asked = {"document": action["context"]["default_document"], "purpose": "打印封面盖章"}
        page = self.env["lbc.submission.fetch"].with_user(self.officer)
        page = page.create({**asked, "recipient": "测试区司法局"})
        export = self.env["lbc.export"].with_user(self.officer)
        export = export.browse(page.action_export()["res_id"])
        self.assertEqual((export.state, export.counts_only), ("approved", True))
        name, data = export._deliver()
        self.assertIn("测试区司法局", name)
        self.assertIn("回访五户", data.decode())
        others = self.env["lbc.submission.file"].search([]) - cover.sudo()
        self.assertTrue(others)
        for one in others.with_user(self.officer):
            with self.assertRaises(AccessError):
                one.action_fetch()
        with self.assertRaises(AccessError):
            cover.with_user(self.users["justice"]).action_fetch()

    def test_only_the_department_itself_and_nobody_elses_report(self):
        for role in ("justice", "education", "township_leader", "civil_affairs"):
            with self.assertRaises(AccessError, msg=role), self.cr.savepoint():
                self.as_role(self.submission, role)._submit(statement="试")
        mine = self.env["lbc.submission"].with_user(self.officer).search([])
        self.assertEqual(mine, self.submission)
        with self.assertRaises(AccessError):
            self.submission_of(self.quarter).with_user(self.officer).read(["child_count"])
