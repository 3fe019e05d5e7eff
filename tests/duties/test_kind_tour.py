"""The administrator of forms writes a kind of duty in a real browser, without seeing a child."""

from odoo.tests import tagged

from ..common import BrowserCase


@tagged("post_install", "-at_install")
class TestKindTour(BrowserCase):
    roles = ("form_admin",)

    def test_a_kind_is_written_on_the_page(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        admin = self.users["form_admin"]
        admin.write({"lang": "zh_CN", "password": admin.login})
        self.start_tour(
            "/odoo/care-duty-kinds", "lbc_form_admin_writes_a_kind", login=admin.login, timeout=120
        )
        kind = self.env["lbc.duty.kind"].search([("name", "=", "Safety at schools")])
        self.assertEqual((kind.subject_type, kind.evidence_date), ("household", "lbc.visit:date"))
