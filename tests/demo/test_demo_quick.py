"""The quick demonstration district: it loads, and every login finds its way."""

from contextlib import redirect_stdout
from io import StringIO

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from odoo.addons.left_behind_children.dev.demo import LOGINS, load

from . import pages

SEES_NO_CHILD = {
    *("procuratorate", "justice", "institution", "leader"),
    *("form_admin", "admin"),
}


@tagged("post_install", "-at_install", "lbc_long", "lbc_demo")
class TestDemoQuick(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lines = StringIO()
        with redirect_stdout(cls.lines):
            load(cls.env, "quick")
        cls.root = cls.env.ref("left_behind_children.menu_root")

    def user(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    def states(self, model, key="state"):
        return dict(self.env[model]._read_group([], [key], ["__count"]))

    def test_territory_and_staff(self):
        levels = self.states("lbc.area", "level")
        self.assertEqual((levels["township"], levels["village"]), (3, 12))
        committees = self.env["lbc.organization"].search([("kind_code", "=", "village_committee")])
        directors = self.env["lbc.posting"].search([("post_id.code", "=", "child_director")])
        self.assertEqual((len(committees), directors.area_ids), (12, committees.area_id))
        health = self.env["lbc.organization"].search([("name", "=", "巴南区卫生健康委员会")])
        self.assertEqual(health._name_on(health.name_ids.valid_to), "巴南区卫生和计划生育委员会")
        members = self.env["lbc.organization"].search([("leading_group", "=", True)])
        self.assertEqual(len(members), 11)

    def test_the_census_came_twice_and_brought_every_good_row(self):
        second, first = self.env["lbc.census.import"].search([], order="id desc")
        self.assertEqual((second.ok_count + second.warning_count, second.error_count), (63, 4))
        self.assertEqual(second.unchanged_count, first.created_count)
        self.assertEqual(second.created_count + first.created_count, 63)

    def test_the_ledger_has_all_its_states(self):
        states = self.states("lbc.child")
        self.assertEqual(states.pop("to_verify"), 2)
        self.assertEqual(states, {"on_ledger": 60, "exit_pending": 2, "transferring": 1})

    def test_visits_are_done_late_and_overdue(self):
        Duty = self.env["lbc.duty"]
        self.assertTrue(Duty.search_count([("state", "=", "done")]))
        self.assertTrue(Duty.search_count([("state", "=", "open")]))
        self.assertTrue(Duty.search_count([("is_overdue", "=", True)]))
        done = Duty.search([("state", "=", "done")])
        rooms = {"lbc.visit", "lbc.activity", "lbc.agreement", "lbc.letter", "lbc.contact"}
        rooms |= {"lbc.submission", "lbc.submission.village"}
        self.assertEqual(set(done.mapped("evidence_model")) | rooms, rooms)
        self.assertLessEqual({"lbc.visit", "lbc.activity"}, set(done.mapped("evidence_model")))

    def test_agreements_are_in_every_stage(self):
        states = self.states("lbc.agreement")
        self.assertLessEqual({"in_force", "suspended", "ended"}, set(states))
        stages = set(self.env["lbc.agreement"].search([]).mapped("validity"))
        self.assertLessEqual({"valid", "expiring", "expired", "pending"}, stages)
        self.assertTrue(self.env["lbc.guardian.report"].search_count([("kind", "=", "gap")]))
        letters = self.states("lbc.letter")
        self.assertLessEqual({"in_force", "partly_signed", "to_sign"}, set(letters))
        outcomes = set(self.env["lbc.contact"].search([]).mapped("outcome"))
        self.assertLessEqual({"reached", "no_answer"}, outcomes)

    def test_a_quarter_was_reported_and_another_one_is_open(self):
        states = self.states("lbc.submission")
        self.assertTrue(states.get("filling"))
        if states.get("received"):  # the story has a last quarter from December 2026 on
            self.assertEqual(self.env["lbc.submission.version"].search([])._verify(), [])
            self.assertTrue(self.env["lbc.submission.copy"].search([("received_at", "!=", False)]))

    def test_visits_were_filed_by_those_who_made_them(self):
        visits = self.env["lbc.visit"].search([])
        posts = visits.visitor_id.lbc_posting_ids.post_id.mapped("code")
        self.assertEqual(posts, ["child_director"])

    def test_exports_stand_in_every_state(self):
        states = self.states("lbc.export")
        self.assertEqual(states, {"approved": 2, "refused": 1, "waiting": 1})
        downloaded = self.env["lbc.export"].search([("download_count", ">", 0)])
        self.assertEqual(len(downloaded), 2)

    def test_a_second_time_is_refused(self):
        with self.assertRaises(UserError):
            load(self.env, "quick")

    def test_the_table_of_logins_is_true(self):
        for login, _role, _place in LOGINS:
            user = self.user(login)
            self.assertEqual((user.lang, user.tz), ("zh_CN", "Asia/Shanghai"), login)
            expected = "township" if login == "township2" else login
            role = self.env.ref(f"left_behind_children.role_{expected}", raise_if_not_found=False)
            self.assertEqual(user.lbc_role_id, role or self.env["res.groups"], login)

    def test_every_login_opens_every_page(self):
        for login, _role, _place in LOGINS:
            self.env.invalidate_all()
            env = self.env(user=self.user(login).id, context={"lang": "zh_CN"})
            found = pages.act_windows(env, self.root)
            self.assertTrue(found, f"{login} has no page")
            for name, action in found.items():
                with self.subTest(login=login, page=name):
                    pages.open_page(env, action)

    def test_who_helps_meets_what_others_answer_for(self):
        page = self.env.ref("left_behind_children.work_helping_action")
        for login in ("justice", "school"):
            env = self.env(user=self.user(login).id, context={"lang": "zh_CN"})
            with self.subTest(login=login):
                self.assertIn(page, pages.act_windows(env, self.root).values())
                self.assertTrue(pages.open_page(env, page.with_env(env).sudo()))

    def test_everybody_sees_children_or_nobody(self):
        for login, _role, _place in LOGINS:
            Child = self.env["lbc.child"].with_user(self.user(login))
            sees = Child.has_access("read") and bool(Child.search_count([]))
            self.assertEqual(sees, login not in SEES_NO_CHILD, login)
