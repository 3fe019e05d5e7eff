"""A village enters forty families on one page; the township reviews: in a real browser, in Chinese."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ...lib import ages, periods
from .common import COMPLETE, VisitCase


@tagged("post_install", "-at_install", "lbc_long")
class TestVisitTours(VisitCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        module = cls.env["ir.module.module"]
        module._load_module_terms(["left_behind_children"], ["zh_CN"], overwrite=True)
        for user in cls.users.values():
            user.write({"lang": "zh_CN", "password": user.login})

    def _tour(self, name, role, url):
        self.start_tour(url, name, login=self.users[role].login, timeout=180)

    def test_forty_families_in_one_round(self):
        today = fields.Date.context_today(self.env.user)
        last_month = ages.add_months(periods.month_start(today), -1)
        for serial in range(39):
            self.make_on_ledger(name=f"孩子{serial}", day="2026-01-05")
        self.env["lbc.duty"]._generate_visits(self.county, last_month)
        homes = self.env["lbc.household"].search([("area_id", "=", self.village_a1.id)])
        days = [last_month - timedelta(days=20), *[last_month] * 39]  # one was not visited
        visits = self.env["lbc.visit"].with_user(self.users["village"])
        visits = visits.create(
            [
                {"household_id": home.id, "date": day, "late_reason": "补录", **COMPLETE}
                for home, day in zip(homes, days, strict=True)
            ]
        )
        visits.action_submit()
        self.env["lbc.duty"]._generate_visits(self.county, today)
        self._tour("lbc_village_enters_a_round", "village", "/odoo/care-round")
        made = self.env["lbc.visit"].search([("date", "=", today)])
        self.assertEqual(sorted(set(made.mapped("state"))), ["draft", "submitted"])
        self.assertEqual((len(made), len(made.filtered("not_met_reason"))), (40, 1))

    def test_the_township_takes_up_a_danger_reviews_and_returns(self):
        other = self.filed()
        visit = self.filed(danger="yes", danger_note="孩子一人在家，煤炉未灭")
        self._tour("lbc_township_reviews_visits", "township", "/odoo/care-review")
        self.assertEqual((visit.state, visit.danger_state), ("reviewed", "taken_up"))
        self.assertEqual(visit.danger_by_id, self.users["township"])
        self.assertEqual((other.state, bool(other.return_reason)), ("returned", True))
