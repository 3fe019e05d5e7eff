"""Children without an agreement in force are found, whoever brought it, also a census (I5)."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestAgreementFilter(CareCase):
    def _stated(self, end):
        child = self.make_on_ledger(carer=self.make_guardian())
        census = self.env["lbc.census.import"].create({"filename": "x.xlsx", "as_of": "2026-11-20"})
        self.env["lbc.census.line"].create(
            {
                "import_id": census.id,
                "row": 5,
                "status": "ok",
                "child_id": child.id,
                "raw": {"agreement_from": "2026-03-01", "agreement_to": end} if end else {},
            }
        )
        self.env["lbc.agreement"]._take_over_census()
        return child

    def test_in_force_expired_and_none(self):
        in_force, expired, none = (
            self._stated("2027-03-01"),
            self._stated("2026-11-20"),
            self._stated(""),
        )
        never_counted = self.make_on_ledger()
        children = self.env["lbc.child"].with_user(self.users["village"])
        found = children.search([("no_agreement", "=", True)])
        self.assertEqual(found.with_env(self.env), expired | none | never_counted)
        self.assertEqual(
            children.search([("no_agreement", "=", False)]).with_env(self.env), in_force
        )
        self.assertEqual((in_force | expired | none).mapped("no_agreement"), [False, True, True])

    def test_who_may_not_read_carers_may_not_filter_by_them(self):
        with self.assertRaises(AccessError):
            self.env["lbc.child"].with_user(self.users["health"]).search(
                [("no_agreement", "=", True)]
            )
