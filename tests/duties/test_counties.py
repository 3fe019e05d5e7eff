"""Counties that ask for the same share one plan, those that do not have their own (architecture, idea 5)."""

from datetime import date

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestCounties(CareCase):
    roles = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.villages, cls.profiles = cls.village_a1, cls.profile
        cls.make_on_ledger(cls.village_a1)

    def _more_counties(self):
        """Add five counties with the same parameters and a child on the ledger in each."""
        for serial in range(14, 19):
            self._add_county(serial)

    def _add_county(self, serial):
        city = self.county.parent_id
        county = self._area(f"9901{serial}000000", f"第{serial}区", "county", city)
        township = self._area(f"9901{serial}100000", "某镇", "township", county)
        village = self._area(f"9901{serial}100200", "某村", "village", township)
        self.profiles |= self.profile.copy({"name": county.name, "county_id": county.id})
        self.villages |= village
        self.make_on_ledger(village)

    def _statements(self):
        """Return how many statements a night takes that finds every duty made."""
        duties = self.env["lbc.duty"]
        duties._cron_generate()
        self.env.flush_all()
        before = self.cr.sql_log_count
        duties._cron_generate()
        return self.cr.sql_log_count - before

    def _due(self, village):
        visits = [("area_id", "=", village.id), ("kind_id.evidence_model", "=", "lbc.visit")]
        return self.env["lbc.duty"].search(visits).mapped("due_date")

    def test_six_counties_take_the_statements_of_one(self):
        one = self._statements()
        self._more_counties()
        self.assertEqual(self._statements(), one)
        for village in self.villages:
            self.assertEqual(self._due(village), [date(2026, 11, 30)])

    def test_another_interval_is_another_plan(self):
        self._more_counties()
        other = self.profiles[1]
        other.visit_days_medium = 7
        self.env["lbc.child"].search([("area_id", "in", self.villages.ids)]).risk_level = "medium"
        self.assertEqual(sorted(map(len, self.profiles._alike())), [1, 5])
        self.env["lbc.duty"]._cron_generate()
        self.assertEqual(len(self._due(self.villages[1])), 4)
        self.assertEqual(len(self._due(self.villages[0])), 2)
        self.assertEqual(len(self._due(self.villages[2])), 2)

    def test_another_time_zone_is_another_day(self):
        self._add_county(14)
        self.profiles[1].time_zone = "America/New_York"
        with freeze_time("2026-11-30 20:00"):
            self.assertEqual(len(self.profiles._alike()), 2)
            self.env["lbc.duty"]._cron_generate()
        self.assertEqual(self._due(self.villages[0]), [date(2026, 12, 31)])
        self.assertEqual(self._due(self.villages[1]), [date(2026, 11, 30)])

    def test_a_new_county_has_its_own_past(self):
        with freeze_time("2026-10-10"):
            self.env["lbc.duty"]._cron_generate()
        self._add_county(14)
        self.env["lbc.duty"]._cron_generate()
        months = [date(2026, 10, 31), date(2026, 11, 30)]
        self.assertEqual(self._due(self.villages[0]), months)
        self.assertEqual(self._due(self.villages[1]), months[1:])

    def test_planning_anew_takes_the_statements_of_one_county(self):
        self._more_counties()
        self.env["lbc.duty"]._cron_generate()
        children = self.env["lbc.child"].search([("area_id", "in", self.villages.ids)])
        children.risk_level = "high"
        self.env.flush_all()
        counts = []
        for some in (children, children[:1], children):
            before = self.cr.sql_log_count
            self.env["lbc.duty"]._replan(some)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
