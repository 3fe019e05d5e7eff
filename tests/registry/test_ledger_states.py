"""Steps on the ledger, who takes them, and what is refused (domain.md §C.1.2, §C.6 cases 3, 4, 8)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestLedgerStates(CareCase):
    def test_village_submits_and_township_verifies(self):
        child = self.make_child()
        self.as_role(child, "village").action_submit()
        self.assertEqual(child.state, "to_verify")
        self.as_role(child, "township")._verify("2026-11-21", "父母务工证明")
        self.assertEqual(child.state, "on_ledger")
        self.assertEqual(child.episode_id.reason, "both_away")

    def test_village_may_not_verify(self):
        child = self.make_child()
        self.as_role(child, "village").action_submit()
        with self.assertRaises(AccessError):
            self.as_role(child, "village")._verify("2026-11-21", "自己核实")
