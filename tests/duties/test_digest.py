"""The digest of the day asks as much of the database for forty people as for five."""

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .common import DutyCase


@tagged("post_install", "-at_install")
class TestDigest(DutyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.make_kind("village", lead_kind_id=False)
        cls.env["lbc.duty"].search([]).write({"state": "cancelled"})

    def _people(self, first, number):
        """Let so many more child directors of one village have news each; returns them."""
        people = self.env["res.users"]
        for place in range(first, first + number):
            user = self.make_user(f"director{place}", "child_director", self.village_a2)
            user.email = f"{user.login}@example.com"
            start = f"2026-{1 + place // 28:02d}-{1 + place % 28:02d}"
            self.make_duty(self.kind, self.village_a2, start=start, user_id=user.id)
            people |= user
        self.env.flush_all()
        self.env.cr.execute("UPDATE lbc_duty SET create_date = '2026-11-01'")
        return people

    def _statements(self, people):
        """Send the digests of a day; returns the number of statements."""
        self.env.cr.execute("UPDATE res_users SET lbc_digest_on = '2026-11-02'")
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        with freeze_time("2026-11-23"):
            told = self.env["lbc.duty"]._send_digests(self.env["lbc.duty"]._today())
            self.env.flush_all()
        self.assertEqual(told, people)
        return self.cr.sql_log_count - before

    def test_as_many_statements_for_forty_as_for_five(self):
        five = self._people(0, 5)
        self._statements(five)  # what is read once and remembered
        few = self._statements(five)
        forty = five | self._people(5, 35)
        self._statements(forty)
        self.assertEqual(self._statements(forty), few)
