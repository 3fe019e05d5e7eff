"""What censuses said of agreements becomes agreements, once, and where nobody entered any (idea 8)."""

from datetime import date

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .common import AgreementCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestAgreementCensus(AgreementCase):
    def stated(self, child, as_of="2026-09-01", **raw):
        """Leave a census row of the child with these cells."""
        census = self.env["lbc.census.import"].create({"filename": "x.xlsx", "as_of": as_of})
        self.env["lbc.census.line"].create(
            {"import_id": census.id, "row": 5, "status": "ok", "child_id": child.id, "raw": raw}
        )

    def take_over(self):
        self.env["lbc.agreement"]._take_over_census()

    def agreements_of(self, child):
        return child.agreement_line_ids.agreement_id

    def test_dates_and_carer_make_an_agreement_in_force(self):
        child = self.make_on_ledger(carer=self.grandmother)
        period = {"agreement_from": "2026-03-01", "agreement_to": "2027/2/28"}
        self.stated(child, agreement_signed="是", **period)
        self.take_over()
        agreement = self.agreements_of(child)
        self.assertEqual(
            (agreement.state, agreement.origin, agreement.carer_id, agreement.date_to),
            ("in_force", "census", self.grandmother, date(2027, 2, 28)),
        )
        self.assertEqual(agreement.parent_ids, child.father_id | child.mother_id)
        self.assertEqual(agreement.organization_id, self.committee)
        self.assertEqual(self.answer(child, "2026-11-21").ground, "agreement")
        self.assertEqual(child.agreement_until, date(2027, 2, 28))
        self.take_over()
        self.assertEqual(self.agreements_of(child), agreement, "twice makes nothing twice")

    def test_siblings_share_one(self):
        children = self.make_on_ledger(carer=self.grandmother) | self.make_on_ledger(
            carer=self.grandmother
        )
        for child in children:
            self.stated(child, agreement_from="2026-03-01", agreement_to="2027-02-28")
        self.take_over()
        self.assertEqual(len(self.agreements_of(children)), 1)

    def test_what_is_not_stated_whole_makes_none(self):
        cases = (
            {"agreement_signed": "是"},
            {
                "agreement_signed": "否",
                "agreement_from": "2026-03-01",
                "agreement_to": "2027-02-28",
            },
            {"agreement_from": "2026-03-01", "agreement_to": "长期"},
            {"agreement_from": "2027-03-01", "agreement_to": "2026-03-01"},
        )
        children = [self.make_on_ledger(carer=self.grandmother) for _case in cases]
        for child, cells in zip(children, cases, strict=True):
            self.stated(child, **cells)
        nobody = self.make_on_ledger()
        self.stated(nobody, agreement_from="2026-03-01", agreement_to="2027-02-28")
        self.take_over()
        for child in (*children, nobody):
            self.assertFalse(self.agreements_of(child))
        self.assertEqual(children[0].guardian_ground, "no_agreement")

    def test_what_people_entered_counts(self):
        child = self.make_on_ledger(carer=self.grandmother)
        entered = self.in_force(child)
        self.stated(child, agreement_from="2026-03-01", agreement_to="2027-02-28")
        self.take_over()
        self.assertEqual(self.agreements_of(child), entered)

    def test_stored_columns_are_those_the_orm_computes(self):
        child = self.make_on_ledger(carer=self.grandmother)
        self.stated(child, agreement_from="2026-03-01", agreement_to="2027-02-28")
        self.take_over()
        records = self.agreements_of(child)
        for model in (records, records.line_ids):
            names = [name for name, field in model._fields.items() if field.store and field.compute]
            before = [model[name] for name in names]
            for name in names:
                self.env.add_to_compute(model._fields[name], model)
            self.assertEqual([model[name] for name in names], before)
