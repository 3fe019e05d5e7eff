"""The roster and the register as workbooks: what is in them, for whom, and what never gets in."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ...lib import workbook
from ...lib.columns import by_code
from .common import LedgerCase, Made

HEADINGS = [
    "序号", "姓名", "性别", "出生日期", "民族", "身份证", "住址", "学校年级", "学校年级", "寄宿",
    "父亲", "父亲", "父亲", "母亲", "母亲", "母亲", "被委托人", "被委托人", "被委托人",
    "协议有效期", "协议有效期", "健康", "救助", "风险", "结对教师", "上次走访",
]  # fmt: skip


class ExportCase(LedgerCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger(
            father=self.make_guardian(name="张大山", phone="13900001111", away_since="2024-01-05"),
            carer=self.make_guardian(name="王奶奶", phone="13812345678"),
            address="东村三组8号",
            education_stage="primary",
            school_id=self.school.id,
            grade_class="四年级2班",
            boarding="no",
            care_reason="both_away",
            risk_level="medium",
            aid_ids=[
                (4, self.env.ref("left_behind_children.aid_subsistence").id),
                (4, self.env.ref("left_behind_children.aid_medical").id),
            ],
        )
        self.child.guardianship_ids.filtered(
            lambda line: line.role == "carer"
        ).relation = "paternal_grandmother"
        self.env["lbc.health"].create(
            {"child_id": self.child.id, "date": "2026-09-01", "condition": "chronic"}
        )

    def table(self, wizard):
        """Return [{(block, heading) or heading: value}] of a workbook's rows."""
        sheet = self.sheet_of(wizard)
        for merged in list(sheet.merged_cells.ranges):
            value = sheet.cell(merged.min_row, merged.min_col).value
            sheet.unmerge_cells(str(merged))
            for row in sheet.iter_rows(
                merged.min_row, merged.max_row, merged.min_col, merged.max_col
            ):
                for cell in row:
                    cell.value = value
        rows = list(sheet.iter_rows(values_only=True))
        first = next(n for n, row in enumerate(rows) if row[0] == "序号")
        names = [
            above if above == own else (above, own)
            for above, own in zip(rows[first], rows[first + 1], strict=True)
        ]
        body = [row for row in rows[first + 2 :] if isinstance(row[0], (int, float))]
        return names, [dict(zip(names, row, strict=True)) for row in body]


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20")
class TestRoster(ExportCase):
    def test_the_headings_are_those_of_the_official_roster(self):
        names, _rows = self.table(self.export("village"))
        self.assertEqual([name[0] if isinstance(name, tuple) else name for name in names], HEADINGS)

    def test_a_wider_reader_also_sees_the_place(self):
        names, rows = self.table(self.export("civil_affairs"))
        self.assertEqual(names[1:3], ["镇街", "村（居）"])
        self.assertEqual((rows[0]["镇街"], rows[0]["村（居）"]), ("甲镇", "东村"))

    def test_the_cells_speak_chinese(self):
        _names, (row,) = self.table(self.export("village"))
        self.assertEqual(
            (row["姓名"], row["性别"], row["民族"], row["寄宿"]), ("张三丰", "男", "汉族", "否")
        )
        self.assertEqual(
            (row["健康"], row["救助"], row["风险"]), ("慢性病", "低保、医疗救助", "中")
        )
        self.assertEqual(row["学校年级", "学校"], "甲镇中心小学")
        self.assertEqual(row["被委托人", "关系"], "祖母")
        self.assertEqual(row["父亲", "务工地"], "广东省东莞市")

    def test_numbers_are_text_and_dates_are_dates(self):
        _names, (row,) = self.table(self.export("village"))
        self.assertEqual(row["身份证"], self.child.id_number)
        self.assertEqual(row["父亲", "电话"], "13900001111")
        self.assertEqual(row["出生日期"].date(), date(2016, 8, 18))
        sheet = self.sheet_of(self.export("village"))
        cell = next(c for r in sheet.iter_rows() for c in r if c.value == self.child.id_number)
        self.assertEqual((cell.data_type, cell.number_format), ("s", "@"))

    def test_the_last_visit_is_the_last_filed_one(self):
        for day, met in (("2026-08-03", True), ("2026-09-05", True), ("2026-09-12", False)):
            visit = self.env["lbc.visit"].create(
                {
                    "household_id": self.child.household_id.id,
                    "date": day,
                    "met_child": met,
                    "family_note": "祖母照料",
                    "care_quality": "good",
                    "schooling": "attending",
                    "danger": "no",
                    "late_reason": "补录",
                    "not_met_reason": False if met else "家中无人",
                    "next_visit_date": False if met else day,
                }
            )
            visit.action_submit()
        _names, (row,) = self.table(self.export("village"))
        self.assertEqual(row["上次走访"].date(), date(2026, 9, 5))

    def test_the_page_is_ready_to_print_and_to_sign(self):
        sheet = self.sheet_of(self.export("village"))
        texts = [row[0] for row in sheet.iter_rows(values_only=True) if row[0]]
        self.assertEqual(texts[0], "农村留守儿童花名册")
        self.assertIn("填报单位：东村", texts[1])
        self.assertIn("数据截至：2026年9月20日", texts[1])
        self.assertIn("内部资料 严禁外传", texts[2])
        self.assertRegex(texts[-1], "填表人：.*审核人：.*填报日期：")
        self.assertEqual(
            (sheet.page_setup.orientation, sheet.page_setup.paperSize), ("landscape", 9)
        )
        self.assertEqual(sheet.print_title_rows, "$4:$5")
        self.assertEqual(sheet.freeze_panes, "C6")
        # Two pages across, so that it can be read; number and name stand on both.
        self.assertEqual((sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight), (2, 0))
        self.assertEqual(sheet.print_title_cols, "$A:$B")

    def test_no_cell_becomes_a_formula(self):
        self.child.write(
            {"name": "=HYPERLINK(1)", "address": "+cmd|calc", "grade_class": "@SUM(A1)"}
        )
        sheet = self.sheet_of(self.export("village"))
        cells = [cell for row in sheet.iter_rows() for cell in row]
        self.assertNotIn("f", {cell.data_type for cell in cells})
        text = "".join(str(cell.value) for cell in cells if cell.value)
        for word in ("'=HYPERLINK(1)", "'+cmd|calc", "'@SUM(A1)"):
            self.assertIn(word, text)

    def test_the_same_rows_give_the_same_bytes(self):
        made = self.export("village")
        self.assertEqual(made.export._deliver()[1], made.file)

    def test_each_copy_says_whose_it_is(self):
        made = self.export("village", recipient="测试区教育委员会")
        sheet = self.sheet_of(made)
        mark = sheet.cell(3, 1).value
        for word in (
            made.export.name,
            "test_village",
            "测试单位",
            "测试区教育委员会",
            "2026-09-20",
        ):
            self.assertIn(word, mark)
        self.assertIn(made.export.name, sheet.oddFooter.left.text)
        self.assertEqual(sheet.parent.properties.keywords, made.export.name)
        other = self.sheet_of(self.export("village"))
        self.assertNotEqual(other.cell(3, 1).value, mark)

    def test_many_rows_come_in_chunks_and_none_is_lost(self):
        children = [self.make_on_ledger() for _one in range(5)]
        self.patch(type(self.env["lbc.ledger.export"]), "_chunk", 2)
        _names, rows = self.table(self.export("village"))
        self.assertEqual([row["序号"] for row in rows], [1, 2, 3, 4, 5, 6])
        numbers = {row["身份证"] for row in rows}
        self.assertLessEqual({child.id_number for child in children}, numbers)


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20")
class TestRegister(ExportCase):
    def test_every_column_of_the_census_is_there_under_its_block(self):
        names, (row,) = self.table(self.export("village", document="register"))
        columns = self.env["lbc.child"]._ledger_columns()
        wanted = [(column.block, column.heading) for column in columns if column.census]
        self.assertEqual(names, ["序号", *wanted])
        self.assertEqual(len(names), 41)
        self.assertEqual(row["委托照料", "与儿童关系"], "祖母")

    def test_columns_that_wait_for_their_room_are_empty(self):
        columns = by_code(self.env["lbc.child"]._ledger_columns())
        column = columns["agreement_to"]
        _names, (row,) = self.table(self.export("village", document="register"))
        self.assertIsNone(row[column.block, column.heading])


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20")
class TestWhoMayExport(ExportCase):
    def test_roles_without_the_frozen_register_cannot_export(self):
        allowed = {"village", "township", "township_leader", "civil_affairs", "leading_office"}
        for role in set(self.users) - allowed:
            with self.assertRaises(AccessError, msg=role):
                self.export(role)

    def test_everybody_gets_the_own_area_by_default_and_no_other(self):
        self.make_on_ledger(area=self.village_a2)
        self.make_on_ledger(area=self.village_b1)
        counts = {
            role: self.export(role).row_count
            for role in ("village", "township", "township_leader", "civil_affairs")
        }
        self.assertEqual(list(counts.values()), [1, 2, 2, 3])
        self.assertEqual(self.export(user=self.leader_b, document="register").row_count, 1)

    def test_an_area_outside_ones_own_is_refused(self):
        outside = {
            "village": self.village_a2,
            "township": self.township_b,
            "township_leader": self.county,
            "civil_affairs": self.county.parent_id,
        }
        for role, area in outside.items():
            for document in ("roster", "summary", "register"):
                with self.assertRaises(UserError, msg=f"{role} {document}"):
                    self.export(role, area_id=area.id, document=document)

    def test_the_leader_of_a_township_gets_masks(self):
        _names, (row,) = self.table(self.export("township_leader"))
        self.assertEqual((row["姓名"], row["住址"]), ("张*丰", "东村"))
        self.assertEqual(row["身份证"], self.child.id_number_masked)
        self.assertEqual(row["父亲", "姓名"], "张*山")
        self.assertEqual(row["被委托人", "电话"], "138****5678")
        for heading in ("出生日期", "健康", "救助", ("父亲", "务工地"), ("学校年级", "学校")):
            self.assertIsNone(row[heading], heading)
        self.assertEqual((row["风险"], row["被委托人", "关系"]), ("中", "祖母"))

    def test_the_leading_office_gets_masks_and_no_visits(self):
        for document in ("roster", "register"):
            text = self._text("leading_office", document=document)
            for word in (self.child.id_number, "张三丰", "张大山", "王奶奶", "13900001111", "8号"):
                self.assertNotIn(word, text)
            self.assertIn("张*丰", text)
        _names, (row,) = self.table(self.export("leading_office"))
        self.assertIsNone(row["风险"])

    def test_frozen_rows_are_masked_alike(self):
        quarter = self.open_quarter()
        self.submit(quarter)
        for role in ("township_leader", "leading_office", "township"):
            live = self.table(self.export(role))
            frozen = self.table(self.export(role, source="quarter", quarter_id=quarter.id))
            self.assertEqual(frozen, live, role)

    def _text(self, role, **values):
        rows = self.rows_of(self.export(role, **values))
        return "".join(str(value) for row in rows for value in row if value)


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20")
class TestFrozenSource(ExportCase):
    def test_a_submitted_quarter_prints_what_was_reported(self):
        quarter = self.open_quarter()
        submission = self.submit(quarter)
        before = self.export("township", source="quarter", quarter_id=quarter.id)
        self.child.write({"address": "新址", "name": "张改名"})
        self.make_on_ledger()
        after = self.export("township", source="quarter", quarter_id=quarter.id)
        self.assertEqual(self.unmarked(after), self.unmarked(before))
        line = self.rows_of(after)[1][0]
        self.assertIn("2026年第3季度上报数据", line)
        self.assertIn(submission.check_code, line)

    def test_what_was_not_submitted_cannot_be_printed(self):
        quarter = self.open_quarter()
        with self.assertRaisesRegex(UserError, "Submit first"):
            self.export("township", source="quarter", quarter_id=quarter.id)
        with self.assertRaises(UserError):
            self.export("township", source="quarter")

    def test_the_submission_has_its_workbook_at_hand(self):
        submission = self.submit(self.open_quarter())
        context = self.as_role(submission, "township_leader").action_export()["context"]
        values = {name.removeprefix("default_"): value for name, value in context.items()}
        made = self.export("township_leader", **values)
        self.assertEqual(made.filename, "甲镇农村留守儿童花名册2026Q3.xlsx")
        self.assertEqual(made.row_count, 1)

    def test_other_workbooks_begin_with_the_township_and_the_quarter(self):
        submission = self.submission_of(self.open_quarter())
        office = self.as_role(submission, "leading_office")
        context = office.action_other_workbooks()["context"]
        self.assertEqual(context, {"default_area_id": self.township_a.id})
        self.submit(submission.quarter_id)
        self.env.invalidate_all()
        context = office.action_other_workbooks()["context"]
        self.assertEqual(context["default_quarter_id"], submission.quarter_id.id)
        village = self.as_role(submission, "village").action_other_workbooks()["context"]
        self.assertFalse(village["default_area_id"])

    def test_another_township_cannot_print_it(self):
        submission = self.submit(self.open_quarter())
        with self.assertRaises(AccessError):
            submission.with_user(self.leader_b).action_export()


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20")
class TestGate(ExportCase):
    def test_clear_sensitive_columns_wait_for_a_second_person(self):
        export = self.ask("township")
        self.assertEqual((export.state, export.needs_approval), ("waiting", True))
        for name in ("parent_contact", "health"):
            self.assertIn(name, export.data_groups)
        with self.assertRaises(UserError):
            export._deliver()

    def test_masked_columns_are_ready_at_once(self):
        export = self.ask("leading_office")
        self.assertEqual((export.state, export.needs_approval), ("approved", False))
        self.assertNotIn("identity", export.data_groups or "")

    def test_counts_are_free_however_many(self):
        self.profile.export_rows_free = 0
        export = self.ask("township", document="summary")
        self.assertEqual((export.state, export.data_groups), ("approved", ""))

    def test_counts_use_up_no_free_files(self):
        self.profile.export_rows_free = 1
        for _one in range(2):
            self.assertEqual(self.ask("leading_office", document="summary").state, "approved")
        self.assertEqual(self.ask("leading_office").state, "approved")
        self.assertEqual(self.ask("leading_office").state, "waiting")

    def test_long_lists_wait_even_when_masked(self):
        self.make_on_ledger()
        self.profile.export_rows_free = 1
        self.assertEqual(self.ask("leading_office").state, "waiting")

    def test_what_is_delivered_is_what_may_be_read_now(self):
        export = self.ask("township")
        export.with_user(self.approver).action_approve()
        group = self.env.ref("left_behind_children.group_parent_contact_write")
        role = self.env.ref("left_behind_children.role_township")
        role.implied_ids -= group
        role.implied_ids += self.env.ref("left_behind_children.group_parent_contact_masked")
        self.patch(workbook, "can_encrypt", lambda: False)
        _names, (row,) = self.table(Made(export, *export._deliver()))
        self.assertEqual(row["父亲", "电话"], "139****1111")

    def test_rights_that_grew_are_not_covered(self):
        export = self.ask("township_leader")
        self.assertEqual(export.state, "approved")
        role = self.env.ref("left_behind_children.role_township_leader")
        role.implied_ids += self.env.ref("left_behind_children.group_parent_contact_read")
        with self.assertRaisesRegex(UserError, "more than this request covers"):
            export._deliver()

    def test_words_are_asked_for(self):
        for words in ({"purpose": "报"}, {"recipient": "  "}, {"expires_at": "2027-01-01"}):
            with self.assertRaises(UserError):
                self.ask("village", **words)
