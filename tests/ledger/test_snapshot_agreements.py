"""A quarter freezes what the agreements say on its cut-off day, not what a census once said (architecture, idea 8)."""

from datetime import date

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..guardianship.common import AgreementCase
from .common import LedgerCase


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20")
class TestFrozenAgreements(LedgerCase, AgreementCase):
    roles = ("village", "township", "township_leader", "civil_affairs")

    def _frozen(self, child, quarter):
        rows = self.submit(quarter).snapshot_ids
        [row] = rows.filtered(lambda one: one.child_ref == child.id)
        return row.agreement_signed, row.agreement_from, row.agreement_to

    def test_in_force_on_the_day(self):
        child, other = self.make_on_ledger(), self.make_on_ledger()
        self.in_force(child, first="2026-09-01", last="2027-08-31")
        quarter = self.open_quarter()
        self.assertEqual(self._frozen(child, quarter), ("yes", date(2026, 9, 1), date(2027, 8, 31)))
        rows = self.submission_of(quarter).snapshot_ids
        [row] = rows.filtered(lambda one: one.child_ref == other.id)
        self.assertEqual((row.agreement_signed, row.agreement_from), ("no", False))

    def test_what_begins_after_the_day_belongs_to_the_next_quarter(self):
        child = self.make_on_ledger()
        quarter = self.open_quarter()
        with freeze_time("2026-09-22"):
            self.in_force(child, first="2026-09-21", last="2027-08-31")
            self.assertEqual(self._frozen(child, quarter), ("no", False, False))

    def test_what_has_expired_by_the_day_is_named_with_its_period(self):
        child = self.make_on_ledger()
        self.in_force(child, first="2026-09-01", last="2026-09-19")
        self.assertEqual(
            self._frozen(child, self.open_quarter()),
            ("no", date(2026, 9, 1), date(2026, 9, 19)),
        )
