"""The export gate: who asks, who approves, who downloads; each denial as much as each permission."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time

from .export_common import WORDS, GateCase

PHONES = ("display_name", "carer_phone")
MASKED = ("display_name", "area_id")


@tagged("post_install", "-at_install")
class TestRequest(GateCase):
    def test_a_request_says_who_what_and_for_whom(self):
        export = self.request(self.users["township"], self.children[:2], PHONES)
        self.assertRegex(export.name, r"^DC\d{10}$")
        self.assertEqual(
            (export.user_id, export.township_id, export.county_id, export.record_count),
            (self.users["township"], self.township_a, self.county, 2),
        )
        self.assertEqual(export.data_groups, "parent_contact")
        self.assertEqual(export.data_groups_label, "Parents' Contact")
        self.assertEqual(export.role_id, self.users["township"].lbc_role_id)
        self.assertEqual(export.organization_id, self.organization)

    def test_the_columns_are_those_of_the_list(self):
        wizard = self.env["lbc.export.request"].with_user(self.users["village"])
        context = {"active_model": "lbc.child", "active_ids": self.children[:1].ids}
        form = Form(wizard.with_context(**context))
        self.assertEqual(form.record_count, 1)
        self.assertIn("File", form.columns)

    def test_every_list_that_offers_it_can_be_requested(self):
        self.without_password()
        actions = self.env["ir.actions.act_window"].search(
            [("res_model", "=", "lbc.export.request"), ("binding_model_id", "!=", False)]
        )
        self.assertGreaterEqual(len(actions), 9)
        self.env["lbc.duty"]._generate_visits(self.county, self.env.cr.now().date())
        self.children[0].action_mark_verified()
        for model in actions.binding_model_id.mapped("model"):
            records = self.env[model].with_user(self.users["township"]).search([], limit=3)
            if records:
                export = self.approved(self.users["township"], records, hidden_columns=True)
                self.assertEqual(len(self.rows_of(export._deliver()[1])) >= 3, True, model)

    def test_files_outside_ones_area_are_left_out(self):
        export = self.request(self.users["village"], self.children, MASKED)
        self.assertEqual(export.record_count, 2)
        with self.assertRaises(UserError):
            self.request(self.users["village"], self.children[2], MASKED)

    def test_columns_one_may_not_read_are_refused(self):
        with self.assertRaises(AccessError):
            self.request(self.users["education"], self.children, PHONES)

    def test_only_our_lists_are_requested(self):
        for model in ("res.users", "lbc.export.request", "lbc.access.mixin", "no.such"):
            wizard = self.env["lbc.export.request"].with_user(self.users["village"])
            wizard = wizard.create({**WORDS, "res_model": model, "res_ids": [1]})
            with self.assertRaises(UserError):
                wizard.action_request()

    def test_purpose_recipient_and_end_are_required(self):
        late = Datetime.now() + timedelta(days=self.profile.export_days + 1)
        past = Datetime.now() - timedelta(minutes=1)
        for words in (
            {"purpose": " 报 "},
            {"recipient": "   "},
            {"expires_at": late},
            {"expires_at": past},
        ):
            with self.assertRaises(UserError, msg=str(words)):
                self.request(self.users["village"], self.children[:1], MASKED, **words)

    def test_nothing_is_written_by_hand(self):
        export = self.request(self.users["village"], self.children[:1], PHONES)
        with self.assertRaises(AccessError):
            export.state = "approved"
        with self.assertRaises(AccessError):
            export.purpose = "另一个用途"
        with self.assertRaises(AccessError):
            self.env["lbc.export"].with_user(self.users["village"]).create({"name": "x"})
        with self.assertRaises(AccessError):
            export.unlink()

    def test_a_wizard_is_its_owner_s(self):
        wizard = self.env["lbc.export.request"].with_user(self.users["village"])
        wizard = wizard.create({**WORDS, "res_model": "lbc.child", "res_ids": self.children.ids})
        with self.assertRaises(AccessError):
            wizard.with_user(self.users["township"]).action_request()

    def test_the_number_of_files_taken_freely_in_a_day_is_limited(self):
        self.profile.export_rows_free = 3
        village = self.users["village"]
        first = self.request(village, self.children[:2], MASKED)
        self.assertEqual(first.state, "approved")
        second = self.request(village, self.children[:2], MASKED)
        self.assertEqual(second.state, "waiting")

    def test_what_happens_is_written_down_without_names(self):
        with self.noted() as rows:
            export = self.request(self.users["township"], self.children[:2], PHONES)
            export.with_user(self.approver).action_approve()
            export._deliver()
        ids = self.children[:2].ids
        self.assertEqual(
            [row for row in rows if row[0] in ("export", "approve", "download")],
            [
                ("export", "lbc.child", ids, {"parent_contact"}, export.name),
                ("approve", "lbc.export", export.ids, set(), export.name),
                ("download", "lbc.child", ids, {"parent_contact"}, export.name),
            ],
        )


@tagged("post_install", "-at_install")
class TestApproval(GateCase):
    def setUp(self):
        super().setUp()
        self.export = self.request(self.users["township"], self.children[:2], PHONES)

    def test_sensitive_data_wait(self):
        self.assertEqual((self.export.state, self.export.needs_approval), ("waiting", True))
        free = self.request(self.users["township"], self.children[:2], MASKED)
        self.assertEqual((free.state, free.needs_approval), ("approved", False))

    def test_nobody_approves_his_own(self):
        self.give(self.users["township"], "group_approve")
        with self.assertRaisesRegex(AccessError, "second person"):
            self.export.action_approve()
        own = self.request(self.approver_county, self.children, PHONES)
        with self.assertRaisesRegex(AccessError, "second person"):
            own.action_approve()

    def test_nobody_approves_without_the_right(self):
        for role in ("village", "education"):
            with self.assertRaises(AccessError, msg=role):
                self.as_role(self.export, role).action_approve()
        with self.assertRaises(AccessError):
            self.as_role(self.export, "village").read(["purpose"])

    def test_nobody_approves_outside_his_area(self):
        for method in ("action_approve", "action_refuse"):
            with self.assertRaises(AccessError):
                getattr(self.export.with_user(self.approver_b), method)("不行")
        self.assertFalse(self.env["lbc.export"].with_user(self.approver_b).search([]))

    def test_a_request_of_the_county_is_not_the_township_s(self):
        export = self.request(self.users["civil_affairs"], self.children, PHONES)
        with self.assertRaises(AccessError):
            export.with_user(self.approver).action_approve()
        export.with_user(self.approver_county).action_approve()
        self.assertEqual(export.state, "approved")

    def test_the_second_person_decides_and_the_requester_is_told(self):
        self.export.with_user(self.approver).action_approve("可以")
        self.assertEqual(
            (self.export.state, self.export.approver_id, self.export.answer),
            ("approved", self.approver, "可以"),
        )
        told = self.env["mail.message"].search(
            [("partner_ids", "in", self.users["township"].partner_id.ids)]
        )
        self.assertIn(self.export.name, told[0].subject)

    def test_refusing_needs_a_reason(self):
        approver = self.export.with_user(self.approver)
        with self.assertRaises(UserError):
            approver.action_refuse("  ")
        wizard = self.env["lbc.export.refuse"].with_user(self.approver)
        wizard.create({"export_id": self.export.id, "answer": "用途不明"}).action_refuse()
        self.assertEqual((self.export.state, self.export.answer), ("refused", "用途不明"))
        with self.assertRaises(UserError):
            approver.action_approve()
        with self.assertRaises(UserError):
            self.export._deliver()

    def test_the_page_of_refusals_is_the_approvers(self):
        with self.assertRaises(AccessError):
            self.env["lbc.export.refuse"].with_user(self.users["village"]).create(
                {"export_id": self.export.id, "answer": "不行"}
            )
        with self.assertRaises(AccessError):  # it points at what he may not even read
            self.env["lbc.export.refuse"].with_user(self.approver_b).create(
                {"export_id": self.export.id, "answer": "不行"}
            )

    def test_only_the_requester_withdraws(self):
        with self.assertRaises(AccessError):
            self.export.with_user(self.approver).action_withdraw()
        self.export.action_withdraw()
        self.assertEqual((self.export.state, self.export.sudo().spec), ("withdrawn", False))
        with self.assertRaises(UserError):
            self.export.with_user(self.approver).action_approve()

    def test_the_nearest_approver_finds_it_on_his_desk(self):
        users = self.export.sudo().activity_ids.user_id
        self.assertIn(self.approver, users)
        self.assertFalse(users & (self.approver_b | self.approver_county | self.export.user_id))
        text = "".join(self.export.sudo().activity_ids.mapped("summary"))
        self.assertNotIn(self.children[0].name, text)
        self.export.with_user(self.approver).action_approve()
        self.assertFalse(self.export.sudo().activity_ids)

    def test_the_approver_sees_what_for_but_not_the_content(self):
        seen = self.export.with_user(self.approver)
        values = seen.read(["purpose", "data_groups_label", "record_count", "password_shown"])[0]
        self.assertFalse(values["password_shown"])
        for name in ("spec", "password"):
            with self.assertRaises(AccessError):
                seen.read([name])
        seen.action_approve()
        with self.assertRaises(AccessError):
            seen.action_download()
        with self.assertRaises(AccessError):
            seen._deliver()

    def test_an_expired_request_is_not_approved(self):
        with freeze_time(Datetime.now() + timedelta(days=8)), self.assertRaises(UserError):
            self.export.with_user(self.approver).action_approve()

    def test_auditors_see_the_county_s_and_decide_nothing(self):
        auditor = self.make_user("auditor", "data_officer", self.county)
        department = self.env.ref("left_behind_children.department_data_officer")
        approve = department.right_ids.filtered(lambda right: right.subject == "approve")
        approve.access = "none"  # this district lets its auditors look only
        seen = self.export.with_user(auditor)
        self.assertEqual(seen.purpose, WORDS["purpose"])
        with self.assertRaises(AccessError):
            seen.action_approve()

    def test_the_pages_open_for_requester_approver_and_auditor(self):
        for user in (self.users["township"], self.approver, self.approver_county):
            Form(self.export.with_user(user))
            for kind in ("list", "kanban", "search"):
                self.env["lbc.export"].with_user(user).get_view(view_type=kind)


@tagged("post_install", "-at_install")
class TestDownload(GateCase):
    def setUp(self):
        super().setUp()
        self.without_password()
        self.user = self.users["township"]
        self.export = self.request(self.user, self.children[:2], PHONES)

    def approve(self):
        self.export.with_user(self.approver).action_approve()

    def test_not_before_the_approval(self):
        for method in ("action_download", "_deliver"):
            with self.assertRaises(UserError):
                getattr(self.export, method)()

    def test_the_requester_downloads_and_is_counted(self):
        self.approve()
        self.assertEqual(self.export.action_download()["url"], f"/lbc/export/{self.export.id}")
        name, data = self.export._deliver()
        rows = self.rows_of(data)
        self.assertIn("13812345678", rows[2])
        self.assertNotIn(self.children[0].name, name)
        self.export._deliver()
        self.assertEqual(self.export.download_count, 2)
        self.assertTrue(self.export.last_download)

    def test_nobody_else_downloads(self):
        self.approve()
        colleague = self.make_user("colleague", "child_supervisor", self.township_a)
        for user in (colleague, self.approver, self.approver_county, self.users["village"]):
            for method in ("action_download", "_deliver"):
                with self.assertRaises(AccessError, msg=user.login):
                    getattr(self.export.with_user(user), method)()

    def test_not_after_the_end(self):
        self.approve()
        with freeze_time(self.export.expires_at + timedelta(seconds=1)):
            self.env.invalidate_all()
            self.assertFalse(self.export.can_download)
            with self.assertRaisesRegex(UserError, "expired"):
                self.export._deliver()
            self.env["lbc.export"]._cron_expire()
        self.assertEqual(self.export.state, "expired")
        self.assertFalse(self.export.sudo().spec or self.export.sudo().password)

    def test_not_after_losing_the_role(self):
        self.approve()
        self.user.sudo().lbc_posting_ids.date_to = "2020-02-01"
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.export._deliver()

    def test_not_in_another_role(self):
        self.approve()
        post = self.env.ref("left_behind_children.post_civil_affairs_officer")
        self.user.sudo().lbc_posting_ids.write(
            {"post_id": post.id, "area_ids": [(6, 0, self.county.ids)]}
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(AccessError, "another role"):
            self.export._deliver()

    def test_only_what_is_still_within_reach(self):
        self.approve()
        self.children[0].sudo().write({"area_id": self.village_b1.id})
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.rows_of(self.export._deliver()[1])
        self.assertEqual(len(rows), 3)  # watermark, headings, one child

    def test_cells_are_no_formulas_and_the_first_row_says_whose_copy_it_is(self):
        self.children[0].address = "=1+1"
        export = self.approved(self.user, self.children[:2], ("display_name", "address"))
        rows = self.rows_of(export._deliver()[1])
        self.assertIn("'=1+1", [row[1] for row in rows])
        for word in (export.name, "test_township", "测试单位", WORDS["recipient"], "严禁外传"):
            self.assertIn(word, rows[0][0])
