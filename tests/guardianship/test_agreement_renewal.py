"""Renewed early, confirmed for later: the running agreement stays open, decisions take both along (§C.6 case 10)."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .common import AgreementCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestAgreementRenewal(AgreementCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger()
        self.old = self.in_force(self.child, last="2026-12-10")

    def renew(self):
        draft = self.renewal(self.old)
        self.put_in_force(draft)
        return draft.with_env(self.env)

    def grounds(self, *days, child=None):
        return [self.answer(child or self.child, day).ground for day in days]

    def suspend(self, agreement, day="2026-11-21", role="police", **vals):
        given = {"suspension_reason": "carer_accused", "interim_kind": "none"}
        return self.decide(agreement, role, "suspend", day=day, **{**given, **vals})

    def night(self, day):
        with freeze_time(day):
            self.env["lbc.child"]._pass_the_night(self.county)
            self.env.flush_all()

    def test_the_old_one_runs_until_the_new_one_begins(self):
        new = self.renew()
        self.assertEqual((self.old.state, self.old.renewed_by_id), ("in_force", new))
        self.assertEqual((self.old.validity, new.validity), ("valid", "future"))
        self.assertNotIn(self.old, self.old.search([("is_expiring", "=", True)]))
        self.night("2026-12-10")
        self.assertEqual(self.old.state, "in_force")
        self.night("2026-12-11")
        self.assertEqual((self.old.state, new.state), ("renewed", "in_force"))
        self.assertEqual(self.grounds("2026-12-10", "2026-12-11"), ["agreement", "agreement"])

    def test_a_suspension_reaches_the_renewal(self):
        new = self.renew()
        self.suspend(self.old)
        self.assertEqual((self.old.state, new.state), ("suspended", "suspended"))
        days = ("2026-11-20", "2026-11-21", "2026-12-10", "2026-12-11", "2027-01-01")
        self.assertEqual(self.grounds(*days), ["agreement", *["suspended"] * 4])
        self.night("2026-12-12")
        self.assertEqual((self.old.state, new.state), ("renewed", "suspended"))
        with freeze_time("2026-12-15"):
            self.decide(
                new,
                "township",
                "interim",
                day="2026-12-14",
                interim_kind="person",
                interim_carer_id=self.uncle.id,
            )
            self.decide(new, "township", "resume", day="2026-12-15")
        self.assertEqual((self.old.state, new.state), ("renewed", "in_force"))
        self.assertFalse(self.old.suspension_reason)
        days = ("2026-12-13", "2026-12-14", "2026-12-15")
        self.assertEqual(self.grounds(*days), ["suspended", "interim", "agreement"])

    def test_a_suspension_reaches_what_was_drawn_up_by_itself(self):
        later = self.draft(self.child, first="2026-12-11", last="2027-12-10")
        self.put_in_force(later)
        self.suspend(self.old)
        self.assertEqual(later.state, "suspended")
        self.assertEqual(self.grounds("2026-12-11"), ["suspended"])

    def test_resumed_before_the_renewal_begins(self):
        new = self.renew()
        self.suspend(self.old)
        with freeze_time("2026-11-25"):
            self.decide(self.old, "township", "resume", day="2026-11-25")
        self.assertEqual((self.old.state, new.state), ("in_force", "in_force"))
        days = ("2026-11-24", "2026-11-25", "2026-12-11")
        self.assertEqual(self.grounds(*days), ["suspended", "agreement", "agreement"])

    def test_an_end_reaches_the_renewal(self):
        new = self.renew()
        self.decide(self.old, "village", "end", day="2026-11-21", end_reason="parent_returned")
        self.assertEqual((self.old.state, new.state), ("ended", "ended"))
        self.assertEqual(new.line_ids.date_to, date(2026, 12, 10), "it never held")
        self.assertEqual(self.grounds("2026-11-21", "2026-12-11"), ["ended", "ended"])

    def test_a_renewal_with_another_carer_stands(self):
        draft = self.renewal(self.old)
        draft.carer_id = self.uncle
        self.put_in_force(draft)
        ending = {"end_reason": "carer_withdrew", "interim_kind": "none"}
        self.decide(self.old, "township", "end", day="2026-11-21", **ending)
        self.assertEqual((self.old.state, draft.state), ("ended", "in_force"))
        self.assertEqual(self.old.interim_ids.date_to, date(2026, 12, 10))
        days = ("2026-11-21", "2026-12-10", "2026-12-11", "2027-12-31")
        expected = ["nobody_named", "nobody_named", "agreement", "expired"]
        self.assertEqual(self.grounds(*days), expected)

    def test_what_begins_later_is_undone(self):
        new = self.renew()
        with self.assertRaisesRegex(UserError, "begins later"):
            self.suspend(new)
        self.decide(new, "village", "end", day="2026-11-21", end_reason="parent_cancelled")
        self.assertEqual((self.old.state, new.state), ("in_force", "ended"))
        self.assertFalse(self.old.renewed_by_id)
        self.assertFalse(new.interim_ids)
        self.assertEqual(self.grounds("2026-12-10", "2026-12-11"), ["agreement", "ended"])
        again = self.renew()
        self.assertNotEqual(again, new)
        self.assertEqual(self.grounds("2026-12-11"), ["agreement"])

    def test_interim_care_that_another_agreement_is_to_end(self):
        self.suspend(self.old, day="2026-11-15")
        later = self.draft(self.child, carer=self.uncle, first="2026-12-11", last="2027-12-10")
        self.put_in_force(later)
        interim = self.old.interim_ids
        self.assertEqual(interim.date_to, date(2026, 12, 10))
        with self.env.cr.savepoint() as point:
            self.decide(self.old, "township", "resume", day="2026-11-21")
            self.assertEqual(self.grounds("2026-11-20", "2026-11-21"), ["suspended", "agreement"])
            point.rollback()
            self.env.invalidate_all()
        self.decide(
            self.old,
            "township",
            "interim",
            day="2026-11-18",
            interim_kind="person",
            interim_carer_id=self.uncle.id,
        )
        ending = {"end_reason": "carer_accused", "interim_kind": "none"}
        self.decide(self.old, "township", "end", day="2026-11-20", **ending)
        days = ("2026-11-17", "2026-11-18", "2026-11-20", "2026-12-10", "2026-12-11")
        expected = ["suspended", "interim", "nobody_named", "nobody_named", "agreement"]
        self.assertEqual(self.grounds(*days), expected)
        self.decide(later, "village", "end", day="2026-11-21", end_reason="parent_cancelled")
        self.assertEqual(self.grounds("2026-12-10", "2026-12-11"), ["nobody_named"] * 2)

    def test_a_sibling_who_left_gets_no_interim_care(self):
        brother, sister = self.make_on_ledger(), self.make_on_ledger()
        agreement = self.in_force(brother | sister, carer=self.uncle, last="2026-11-21")
        brother._propose_exit("other", date(2026, 11, 18), "随父母外出")
        self.as_role(brother, "township").action_confirm_exit()
        ending = {"end_reason": "carer_withdrew", "interim_kind": "none"}
        with freeze_time("2026-11-22"):
            self.decide(agreement, "township", "end", day="2026-11-22", **ending)
        self.assertEqual(agreement.interim_ids.child_id, sister)

    def test_the_carer_dies_before_the_renewal_begins(self):
        new = self.renew()
        self.grandmother.write({"state": "dead", "state_since": "2026-11-18"})
        self.assertEqual((self.old.state, new.state), ("ended", "ended"))
        self.assertEqual(self.grounds("2026-11-17", "2026-11-18"), ["agreement", "nobody_named"])
        self.assertEqual(self.grounds("2026-12-11"), ["nobody_named"])
