"""What the census said of teachers is printed and frozen until their room is there; of agreements, it became some."""

from datetime import date

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .common import LedgerCase


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20")
class TestCensusColumns(LedgerCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger(day="2026-03-01")

    def _census(self, as_of, **raw):
        """Leave a census row of the child with these cells."""
        census = self.env["lbc.census.import"].create({"file": b"", "as_of": as_of})
        self.env["lbc.census.line"].create(
            {
                "import_id": census.id,
                "row": 5,
                "status": "ok",
                "child_id": self.child.id,
                "raw": raw,
            }
        )

    def _row(self, number=3):
        return self.submit(self.open_quarter(2026, number)).snapshot_ids

    def test_words_become_codes_and_are_frozen(self):
        carer = self.make_guardian()
        self.env["lbc.guardianship"].create(
            {"child_id": self.child.id, "guardian_id": carer.id, "role": "carer"}
        )
        self._census(
            "2026-09-01",
            agreement_signed="是",
            agreement_from="2026-07-31",
            agreement_to="2027-07-30",
            paired_teacher=" 黄梅 ",
        )
        self.env["lbc.agreement"]._take_over_census()
        row = self._row()
        self.assertEqual((row.agreement_signed, row.paired_teacher), ("yes", "黄梅"))
        self.assertEqual(row.agreement_from, date(2026, 7, 31))
        self.assertEqual(row.agreement_to, date(2027, 7, 30))

    def test_the_census_of_the_day_counts_not_a_later_one(self):
        self._census("2026-06-01", paired_teacher="黄梅")
        self._census("2026-09-10", paired_teacher="何涛博")
        self._census("2026-11-20", paired_teacher="罗轩")
        self.assertEqual(self._row().paired_teacher, "何涛博")

    def test_where_no_census_was_yet_the_first_one_after_it_speaks(self):
        self._census("2026-11-20", paired_teacher="罗轩")
        self.assertEqual(self._row().paired_teacher, "罗轩")
