"""What can be opened, moved, withdrawn and granted, and until when: a slip of the pen stops nobody (§C.1.2)."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from odoo.addons.left_behind_children.lib.periods import Quarter

from .common import LedgerCase


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20 04:00:00")
class TestBounds(LedgerCase):
    def setUp(self):
        super().setUp()
        self.quarter = self.open_quarter()
        self.submission = self.submission_of(self.quarter)
        self.quarters = self.env["lbc.quarter"].with_user(self.users["leading_office"])

    def test_a_mistyped_year_opens_nothing(self):
        self.make_on_ledger()
        self.submit(self.quarter)
        for year, number in ((2025, 1), (2026, 2), (2030, 1), (2027, 1)):
            with self.assertRaises(UserError):
                self.quarters._open(self.county, Quarter(year, number))
        self.assertEqual(self.quarters._open(self.county, Quarter(2026, 4)).name, "2026Q4")

    def test_a_county_without_reports_begins_at_most_a_year_back(self):
        with self.assertRaises(UserError):
            self.quarters._open(self.county, Quarter(2025, 2))
        self.assertEqual(self.quarters._open(self.county, Quarter(2025, 3)).name, "2025Q3")

    def test_a_quarter_opened_by_mistake_is_withdrawn_by_who_opens(self):
        wrong = self.quarters._open(self.county, Quarter(2026, 4))
        for role in ("township", "education", "data_officer"):
            with self.assertRaises(AccessError):
                wrong.with_user(self.users[role]).action_withdraw()
        wrong.action_withdraw()
        self.assertFalse(wrong.exists())
        self.assertEqual(self.env["lbc.quarter"].search([]), self.quarter)

    def test_a_quarter_with_which_somebody_has_begun_stays(self):
        part = self.submission.village_ids.filtered(lambda one: one.area_id == self.village_a1)
        self.as_role(part, "village")._confirm()
        with self.assertRaises(UserError):
            self.as_role(self.quarter, "leading_office").action_withdraw()

    def test_who_comes_after_the_cut_off_owes_nothing_of_the_quarter(self):
        count = len(self.quarter.submission_ids)
        self._area("990113199000", "新镇", "township", self.county)
        with freeze_time("2026-09-21 04:00:00"):
            self.quarters._open(self.county, Quarter(2026, 3))
        self.assertEqual(len(self.quarter.submission_ids), count)

    def test_the_cut_off_is_a_day_of_the_quarter_and_its_move_is_written_down(self):
        office = self.as_role(self.quarter, "leading_office")
        with self.assertRaises(ValidationError):
            office.cutoff = False
        with self.assertRaises(UserError):
            office.cutoff = "2026-09-19"
        office.cutoff = "2026-09-25"
        self.assertEqual(str(self.submission.cutoff), "2026-09-25")

    def test_an_exception_has_an_end_that_can_be_seen(self):
        report = self.as_role(self.submission, "leading_office")
        for day in (False, "2026-09-19", "2027-01-01"):
            with self.assertRaises(UserError):
                report._grant_exception(day and date.fromisoformat(day), "停电")
        report._grant_exception(date(2026, 12, 31), "停电")
        self.assertEqual(self.submission.step_ids.mapped("kind"), ["excepted"])
        self.assertEqual(self.submission.step_ids.reason, "停电")

    def test_every_step_has_its_line_and_a_remark_inside_is_no_reason(self):
        self.make_on_ledger()
        self.submit(self.quarter)
        self.as_role(self.submission, "leading_office")._return("核对住址")
        self.check(self.submission)
        self.as_role(self.submission, "township_leader")._send_back("内部：再等两天")
        self.submit(self.quarter)
        steps = self.submission.step_ids.sorted("id").mapped("kind")
        self.assertEqual(
            steps,
            ["checked", "submitted", "returned", "checked", "sent_back", "checked", "submitted"],
        )
        self.assertEqual(self.submission.current_version_id.reason, "核对住址")
