"""Two duties added through the pages, fulfilled by who owes them, and seen when they are late (B-3.3c, B-3.3h)."""

from datetime import date

from odoo.tests import tagged

from ..common import XMLID, BrowserCase

SESSION, VACCINATION = "法治宣传每季度一次", "预防接种情况每年一次"


@tagged("post_install", "-at_install", "lbc_long")
class TestSupportTours(BrowserCase):
    roles = ("village", "township", "township_leader", "form_admin")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        module = cls.env["ir.module.module"]
        module._load_module_terms(["left_behind_children"], ["zh_CN"], overwrite=True)
        health = cls.make_organization("区卫生健康委", "health_authority", cls.county)
        cls.users["health"] = cls.make_user("test_health", "health_officer", cls.county, health)
        town = cls.make_organization("甲镇人民政府", "township", cls.township_a)
        cls.users["township"].lbc_posting_ids.organization_id = town
        for user in cls.users.values():
            user.write({"lang": "zh_CN", "password": user.login})
        # What the tour reads, whatever the translation calls it.
        for code, name in (("health_authority", "卫生健康部门"), ("township", "镇街")):
            kind = cls.env.ref(f"{XMLID}.organization_kind_{code}")
            kind.with_context(lang="zh_CN").name = name

    def _tour(self, name, role, url="/odoo"):
        self.start_tour(url, name, login=self.users[role].login)

    def _duties(self, name):
        return self.env["lbc.duty"].search([("kind_id.name", "=", name)])

    def _add_session(self, start="2026-01-01"):
        kind = self.env["lbc.duty.kind"].create(
            {
                "name": SESSION,
                "subject_type": "township",
                "period": "quarter",
                "date_from": start,
                "evidence_model": "lbc.activity",
                "evidence_domain": "[('kind_code', '=', 'law_publicity')]",
            }
        )
        self.env["lbc.duty"]._cron_generate()
        return kind

    def test_a_session_of_law_publicity_in_each_township_a_quarter(self):
        self._tour("lbc_admin_adds_a_publicity_duty", "form_admin")
        self.env["lbc.duty"]._cron_generate()
        duties = self._duties(SESSION)
        self.assertEqual(duties.place_id, self.township_a | self.township_b)
        self._tour("lbc_township_holds_its_session", "township")
        done = duties.filtered(lambda duty: duty.state == "done")
        self.assertEqual(done.place_id, self.township_a)

    def test_a_vaccination_status_of_every_child_a_year(self):
        self.make_on_ledger(day="2026-01-05")
        self._tour("lbc_admin_adds_a_vaccination_duty", "form_admin")
        self.env["lbc.duty"]._cron_generate()
        duty = self._duties(VACCINATION)
        self.assertEqual((len(duty), duty.state), (1, "open"))
        self._tour("lbc_health_enters_a_vaccination", "health")
        self.assertEqual(duty.state, "done")

    def test_who_held_none_is_late_and_told(self):
        self._add_session()
        late = self._duties(SESSION).filtered(lambda duty: duty.township_id == self.township_a)
        late.write({"slot_start": date(2025, 10, 1), "window_start": date(2025, 10, 1)})
        late.due_date = date(2025, 12, 31)
        self.env["lbc.duty"]._cron_escalate()
        self.assertTrue(all(late.mapped("escalation_level")))
        self._tour("lbc_late_duties_come_first", "township")
        self._tour("lbc_late_duties_come_first", "township_leader")


@tagged("post_install", "-at_install")
class TestSupportToursOnATelephone(TestSupportTours):
    browser_size = "390x844"
    touch_enabled = True
    allow_inherited_tests_method = False

    def test_a_session_of_law_publicity_in_each_township_a_quarter(self):
        self._add_session()
        self._duties(SESSION).write({"due_date": date(2026, 10, 1)})
        self._tour("lbc_work_by_thumb", "township")
        own = self._duties(SESSION).filtered(lambda duty: duty.township_id == self.township_a)
        self.assertIn("done", own.mapped("state"))

    def test_a_vaccination_status_of_every_child_a_year(self):
        """Kinds are added at a desk; nothing to see on a telephone."""

    def test_who_held_none_is_late_and_told(self):
        """As at a desk."""
