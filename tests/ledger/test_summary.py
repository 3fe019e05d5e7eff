"""The official summary table: every column of the form, every area, and totals that tie out (R3)."""

from datetime import date

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ...lib import headings, summary
from ...lib.vocabulary import AID, CARE_QUALITY, CARE_REASON, EDUCATION_STAGE, HEALTH, HUKOU_KIND
from .common import LedgerCase

BIRTHS = (
    date(2022, 3, 1),
    date(2016, 8, 18),
    date(2012, 9, 20),
    date(2012, 9, 21),
    date(2021, 2, 28),
)
RELATIONS = ("maternal_grandmother", "neighbour", False, None)


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20")
class TestSummary(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.areas = (cls.village_a1, cls.village_a1, cls.village_a2, cls.village_b1)
        cls.children = [cls._make_varied(number) for number in range(16)]

    @classmethod
    def _make_varied(cls, number):
        """Create a child that differs from its neighbours in every block of the table."""
        area = cls.areas[number % len(cls.areas)]
        relation = RELATIONS[number % len(RELATIONS)]
        carer = cls.make_guardian(area, name="王奶奶") if relation is not None else None

        def pick(terms):
            return ([term.code for term in terms] + [False])[number % (len(terms) + 1)]

        child = cls.make_on_ledger(
            area,
            carer=carer,
            birth_date=BIRTHS[number % len(BIRTHS)],
            sex=("male", "female")[number % 2],
            education_stage=pick(EDUCATION_STAGE),
            hukou_kind=pick(HUKOU_KIND),
            boarding=("yes", "no", False)[number % 3],
            care_reason=pick(CARE_REASON),
        )
        aids = [AID[number % len(AID)].code, AID[number * 3 % len(AID)].code]
        child.aid_ids = cls.env["lbc.aid"].search([("code", "in", aids[: number % 3])])
        line = child.guardianship_ids.filtered(lambda one: one.role == "carer")
        line.write({"relation": relation, "care_quality": pick(CARE_QUALITY)})
        if pick(HEALTH):
            cls.env["lbc.health"].create(
                {"child_id": child.id, "date": "2026-09-01", "condition": pick(HEALTH)}
            )
        return child

    def _table(self, role="civil_affairs", **values):
        """Return {area: (number, share, *figures)} of the summary table, and the sheet."""
        sheet = self.sheet_of(self.export(role, document="summary", **values))
        rows = list(sheet.iter_rows(values_only=True))
        first = next(n for n, row in enumerate(rows) if row[0] == "区域")
        body = [row for row in rows[first + 3 :] if row[1] is not None]
        return {row[0]: row[1:] for row in body}, sheet

    def _expected(self, children):
        """Count the children in plain Python."""
        rows = [
            {
                "birth_date": child.birth_date,
                "sex": child.sex,
                "education": child.education_stage,
                "hukou_kind": child.hukou_kind,
                "health": child.health_ids.sorted("date")[-1:].condition,
                "boarding": child.boarding,
                "care_reason": child.care_reason,
                "carer_relation": child.carer_relation,
                "carer_name": child.carer_id.name,
                "care_quality": child.guardianship_ids.filtered(
                    lambda line: line.role == "carer"
                ).care_quality,
                "aid": ",".join(child.aid_ids.mapped("code")),
            }
            for child in children
        ]
        return summary.count(rows, date(2026, 9, 20))

    def test_the_columns_are_exactly_those_of_the_form(self):
        _rows, sheet = self._table()
        top = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "区域")
        merged = {
            (area.min_row - top, area.min_col - 1, area.max_row - top, area.max_col - 1)
            for area in sheet.merged_cells.ranges
            if area.min_row >= top and area.max_row < top + 3
        }
        cells = headings.lay_out(summary.HEADINGS)
        for cell in cells:
            self.assertEqual(
                sheet.cell(top + cell.first_row, cell.first_column + 1).value, cell.text
            )
        spans = {tuple(cell[1:]) for cell in cells if cell[1:3] != cell[3:5]}
        self.assertEqual(merged, spans)
        self.assertEqual(sheet.max_column, 57)

    def test_a_row_for_every_township_and_the_total_last(self):
        rows, _sheet = self._table()
        self.assertEqual(list(rows), ["甲镇", "乙镇", "合计"])
        self.assertEqual([row[0] for row in rows.values()], [12, 4, 16])
        self.assertEqual([row[1] for row in rows.values()], [0.75, 0.25, 1])

    def test_a_row_for_every_village_of_a_township_with_and_without_children(self):
        rows, _sheet = self._table("township")
        self.assertEqual([row[0] for row in rows.values()], [8, 4, 12])
        rows, _sheet = self._table(area_id=self.township_b.id)
        self.assertEqual(
            {name: row[0] for name, row in rows.items()}, {"南村": 4, "北村": 0, "合计": 4}
        )

    def test_the_database_counts_what_plain_python_counts(self):
        rows, _sheet = self._table()
        by_township = {
            "甲镇": [child for child in self.children if child.township_id == self.township_a],
            "乙镇": [child for child in self.children if child.township_id == self.township_b],
            "合计": self.children,
        }
        for name, children in by_township.items():
            self.assertEqual(list(rows[name][2:]), self._expected(children), name)

    def test_every_block_but_aid_adds_up_to_the_number(self):
        rows, _sheet = self._table()
        for name, (number, _share, *figures) in rows.items():
            for block, positions in summary.blocks().items():
                total = sum(figures[position] for position in positions)
                self.assertEqual(total, number, f"{name} {block}")

    def test_ages_are_those_of_the_day_and_of_the_district_s_reading(self):
        of_band = [figure.headings for figure in summary.FIGURES].index(
            ("年龄段", "14–16周岁", "小计")
        )
        rows, _sheet = self._table()
        turned = sum(child.birth_date == date(2012, 9, 20) for child in self.children)
        self.assertEqual(rows["合计"][2 + of_band], turned)
        self.profile.age_reached_on = "day_after"
        rows, _sheet = self._table()
        self.assertEqual(rows["合计"][2 + of_band], 0)

    def test_a_frozen_quarter_counts_the_same_and_names_who_is_missing(self):
        live, _sheet = self._table()
        quarter = self.open_quarter()
        self.submit(quarter)
        values = {"source": "quarter", "quarter_id": quarter.id}
        rows, sheet = self._table(**values)
        self.assertEqual(rows["甲镇"][2:], live["甲镇"][2:])
        self.assertEqual(rows["乙镇"][0], 0)
        self.assertIn("未上报：乙镇", [row[0] for row in sheet.iter_rows(values_only=True)])
        self.submit(quarter, self.township_b)
        rows, _sheet = self._table(**values)
        self.assertEqual(rows, live)

    def test_later_edits_leave_the_frozen_table_alone(self):
        quarter = self.open_quarter()
        self.submit(quarter)
        values = {"source": "quarter", "quarter_id": quarter.id}
        before = self.unmarked(self.export("township", document="summary", **values))
        for child in self.children:
            child.write({"education_stage": "senior", "boarding": "yes", "aid_ids": [(5, 0, 0)]})
        with freeze_time("2027-03-01"):
            after = self.export("township", document="summary", **values)
            self.assertEqual(self.unmarked(after), before)

    def test_a_township_s_table_leaves_out_what_the_role_sees_masked(self):
        rows, sheet = self._table("township_leader")
        expected = self._expected(self.children_of(self.township_a))
        clear = {"年龄段", "委托照料原因", "实际监护情况", "监护情况"}
        for position, figure in enumerate(summary.FIGURES):
            shown = figure.headings[0] in clear
            for area, row in rows.items():
                self.assertEqual(row[2 + position] != "—", shown, (area, figure.headings))
            if shown:
                self.assertEqual(rows["合计"][2 + position], expected[position])
        text = "\n".join(str(row[0]) for row in sheet.iter_rows(values_only=True) if row[0])
        self.assertIn("不予显示", text)
        for role in ("township", "civil_affairs"):
            self.assertNotIn("—", str(self._table(role)[0]), role)

    def test_a_county_s_table_withholds_small_numbers_of_what_the_role_may_only_count(self):
        full, rows = self._table("civil_affairs")[0], self._table("leading_office")[0]
        health = [n for n, one in enumerate(summary.FIGURES) if one.headings[0] == "健康状况"]
        withheld = 0
        for area, row in rows.items():
            self.assertEqual(row[0], full[area][0])
            for position in health:
                self.assertIn(row[2 + position], ("—", full[area][2 + position]))
                self.assertFalse(row[2 + position] in range(1, self.profile.small_cell_k))
                withheld += row[2 + position] == "—"
        self.assertTrue(withheld)

    def children_of(self, township):
        return [child for child in self.children if child.township_id == township]

    def test_footnotes_say_what_does_not_add_up(self):
        _rows, sheet = self._table()
        text = "\n".join(str(row[0]) for row in sheet.iter_rows(values_only=True) if row[0])
        self.assertIn("各项之和可以不等于“数量”", text)
        self.assertIn("数据截至：2026年9月20日", text)
        self.assertRegex(text, "填表人：.*审核人：")

    def test_the_number_of_queries_does_not_grow_with_the_district(self):
        few = self._queries()
        for number in range(16, 22):
            self._make_varied(number)
        self._area("990113101202", "新村村民委员会", "village", self.township_b)
        self.assertLessEqual(self._queries(), few)

    def _queries(self):
        user = self.users["civil_affairs"]
        self._table()  # caches of rights and profiles
        export = self.ask(user=user, document="summary")
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        export._deliver()
        return self.env.cr.sql_log_count - before

    def test_the_same_rows_give_the_same_bytes(self):
        made = self.export("township", document="summary")
        self.assertEqual(made.export._deliver()[1], made.file)
