"""A village draws up, has signed, prints and renews an agreement in a real browser, in Chinese (B-3.2c)."""

from datetime import date, timedelta

from odoo import fields
from odoo.tests import tagged

from ..common import XMLID, BrowserCase
from .papers import PaperCase


@tagged("post_install", "-at_install", "lbc_long")
class TestGuardianshipTours(PaperCase, BrowserCase):
    roles = ("village", "township")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        module = cls.env["ir.module.module"]
        module._load_module_terms(["left_behind_children"], ["zh_CN"], overwrite=True)
        for user in cls.users.values():
            user.write({"lang": "zh_CN", "password": user.login})

    def _tour(self, name, role, url="/odoo"):
        self.start_tour(url, name, login=self.users[role].login, timeout=120)

    def test_an_agreement_from_the_list_to_the_renewal(self):
        family = self.make_family(2, birth_date=date(2020, 4, 1))  # too young to be asked
        self._tour("lbc_village_draws_up_and_signs", "village")
        self.assertEqual(self._prints(), ["test_village"], "the stack")
        agreement = self.env["lbc.agreement"].search([("carer_id", "=", family.carer_id.id)])
        self.assertEqual((agreement.state, agreement.child_ids), ("to_sign", family))
        self.assertEqual(len(agreement.signature_ids), 4)
        self.assertTrue(all(agreement.signature_ids.mapped("image")))
        path = self.env.ref(f"{XMLID}.agreement_action").path
        self._tour("lbc_township_puts_in_force", "township", f"/odoo/{path}/{agreement.id}")
        self.assertEqual(agreement.state, "in_force")
        self._tour("lbc_village_prints_again", "village", f"/odoo/{path}/{agreement.id}")
        self.assertEqual(self._prints(), ["test_village"] * 2)
        self._print(agreement)
        soon = fields.Date.today() + timedelta(days=20)
        self.env.cr.execute(
            "UPDATE lbc_agreement SET date_to = %s WHERE id = %s", [soon, agreement.id]
        )
        agreement.invalidate_recordset()
        self._tour("lbc_village_renews", "village")
        renewal = self.env["lbc.agreement"].search([("renews_id", "=", agreement.id)])
        self.assertEqual((renewal.state, renewal.child_ids), ("draft", family))
        self.assertEqual(renewal.date_from, soon + timedelta(days=1))

    def _prints(self):
        """Return who printed agreements so far (list of logins), as the journal has it."""
        self.cr.flush()
        printed = [("model", "=", "lbc.agreement"), ("action", "=", "print")]
        return self.env["lbc.journal"].search(printed, order="id").mapped("login")

    def _print(self, agreement):
        """The village prints it again: the page carries the code of the words that were signed."""
        self.authenticate(self.users["village"].login, self.users["village"].login)
        page = self.url_open(f"/report/html/left_behind_children.agreement_document/{agreement.id}")
        self.assertEqual(page.status_code, 200)
        self.assertIn(agreement.check_code, page.text)

    def test_a_call_is_recorded_from_the_childs_file(self):
        child = self.make_family(2)[0]
        path = self.env.ref(f"{XMLID}.child_action").path
        self._tour("lbc_village_records_a_call", "village", f"/odoo/{path}/{child.id}")
        self.assertEqual(self.env["lbc.contact"].search_count([]), 2)
