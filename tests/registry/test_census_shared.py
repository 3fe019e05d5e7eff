"""The census of a whole district, as untidy as real ones, gives exactly what it must give."""

import base64
import io
import json
from collections import Counter
from datetime import date, datetime

import openpyxl

from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import SQL, file_open

from ...lib import identity
from ...models.registry.bulk import Bulk
from ..common import CareCase

DATA = "left_behind_children/dev/demo/data"
# what the file calls a kind of row: what we find in it
FINDINGS = {
    "bad_check_digit": "bad_check_digit",
    "carer_under_18": "carer_under_18",
    "duplicate_in_file": "duplicate_in_file",
    "id_stored_as_number": "id_stored_as_number",
    "missing_name": "missing_name",
    "no_id_with_reason": "no_id_with_reason",
    "other_parent_capable": "other_parent_capable",
    "over_age": "over_age",
    "sex_contradicts_id": "sex_contradicts_id",
    "unknown_village": "unknown_village",
}
TABLES = (
    *("lbc_child", "lbc_guardian", "lbc_guardianship", "lbc_household", "lbc_migration"),
    *("lbc_capacity", "lbc_health", "lbc_episode", "lbc_aid_lbc_child_rel", "mail_message"),
)


def content(name):
    """Return the bytes of a file of the demonstration district."""
    with file_open(f"{DATA}/{name}", "rb") as stream:
        return stream.read()


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestCensusShared(CareCase):
    roles = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        divisions = cls.env["lbc.division.import"].create(
            {"file": base64.b64encode(content("divisions_500113.csv")), "filename": "divisions.csv"}
        )
        divisions.action_import()
        district = cls.env["lbc.area"].search([("code", "=", "500113000000")])
        preset = cls.env.ref("left_behind_children.profile_default")
        cls.env["lbc.profile"].create(
            {"name": "巴南区", "county_id": district.id, "based_on_id": preset.id}
        ).action_apply_preset()
        cls.officer = cls.make_user("banan", "civil_affairs_officer", district)
        cls.expected = json.loads(content("census_500113.expect.json"))
        cls.census = cls._checked(content("census_500113.xlsx"))
        cls.later = []
        insert = Bulk.insert

        def note(bulk, *args):
            cls.later += bulk._later
            insert(bulk, *args)

        Bulk.insert = note
        cls.census.action_import()
        Bulk.insert = insert
        cls.children = cls.census.line_ids.child_id.sudo()

    @classmethod
    def _checked(cls, workbook):
        census = cls.env["lbc.census.import"].with_user(cls.officer)
        census = census.create({"file": base64.b64encode(workbook), "filename": "census.xlsx"})
        census.action_check()
        return census

    def _digests(self):
        """Return {table: digest of all its rows}."""
        self.env.flush_all()
        return {
            table: self.env.execute_query(
                SQL(
                    "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM %s t",
                    SQL.identifier(table),
                )
            )
            for table in TABLES
        }

    def test_counts_are_those_of_the_file(self):
        self.assertEqual(self.census.as_of, date.fromisoformat(self.expected["as_of"]))
        by_status = Counter(self.census.line_ids.mapped("status"))
        self.assertEqual(by_status, self.expected["rows_by_status"])
        self.assertEqual(self.census.created_count, self.expected["children_created"])
        self.assertEqual(self.census.rejected_count, self.expected["rows_rejected"])
        self.assertEqual(len(self.children), self.expected["children_created"])
        self.assertFalse(self.census.unknown_headings)

    def test_every_kind_of_row_has_its_finding_and_status(self):
        by_problem = Counter(
            (line.problem, line.status) for line in self.census.line_ids if line.problem
        )
        wanted = {
            (FINDINGS[kind], self.expected["status_of_kind"][kind]): count
            for kind, count in self.expected["rows_by_kind"].items()
            if not kind.startswith("ok")
        }
        self.assertEqual(by_problem, wanted)

    def test_children_stand_on_the_ledger_of_their_townships(self):
        self.assertEqual(set(self.children.mapped("state")), {"on_ledger"})
        self.assertEqual(set(self.children.mapped("eligibility")), {"eligible"})
        self.assertEqual(set(self.children.mapped("date_entry")), {self.census.as_of})
        self.assertEqual(set(self.children.mapped("verified_on")), {self.census.as_of})
        self.assertEqual(set(self.children.episode_id.mapped("entry_kind")), {"new"})
        reasons = Counter(self.children.episode_id.mapped("reason"))
        grounds = Counter(self.children.mapped("eligibility_reason"))
        self.assertEqual(set(grounds), {"both_away", "one_away_other_incapable"})
        self.assertEqual(reasons["one_away"], grounds["one_away_other_incapable"])

    def test_second_import_changes_nothing(self):
        before = self._digests()
        again = self._checked(content("census_500113.xlsx"))
        again.action_import()
        self.assertEqual(
            (again.created_count, again.updated_count, again.unchanged_count, again.rejected_count),
            (0, 0, 2330, 70),
        )
        self.assertEqual(self._digests(), before)

    def test_corrected_rows_bring_the_rest(self):
        again = self._checked(self._corrected())
        self.assertFalse(again.unknown_headings, "the column of reasons is our own")
        self.assertEqual((again.error_count, again.ok_count + again.warning_count), (0, 70))
        again.action_import()
        self.assertEqual((again.created_count, again.rejected_count), (70, 0))
        siblings = again.line_ids.child_id.sudo().household_id & self.children.household_id
        self.assertTrue(siblings, "corrected rows join the households of brothers and sisters")

    def _corrected(self):
        """Return the workbook of refused rows with every fault put right, as a township would."""
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(self.census.report_file)))
        sheet = book.worksheets[0]
        heads = {cell.value: cell.column for cell in sheet[4]}
        for serial, row in enumerate(sheet.iter_rows(min_row=5), 2):
            cells = {head: row[column - 1] for head, column in heads.items()}
            reasons = cells["不能导入的原因"].value
            self.assertTrue(reasons)
            born = cells["出生日期"].value
            born = born if isinstance(born, datetime) else datetime.fromisoformat(born)
            born = born.replace(year=max(born.year, 2013), day=min(born.day, 28))
            cells["出生日期"].value = born.date().isoformat()
            sex = cells["性别"].value == "男"
            first = f"500199{born:%Y%m%d}{2 * serial + sex:03d}"
            cells["公民身份号码"].value = first + identity.check_digit(first)
            cells["儿童姓名"].value = cells["儿童姓名"].value or "补名"
            cells["村（居）"].value = cells["现居住地址"].value.partition("村")[0] + "村"
            cells["母亲务工地"].value = cells["母亲务工地"].value or "广东省东莞市"
            cells["母亲外出时间"].value = cells["母亲外出时间"].value or "2024-03-05"
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def test_brothers_and_sisters_share_household_parents_and_carer(self):
        rows = (
            self.env["lbc.guardian"]
            .sudo()
            ._read_group(
                [("id_number", "in", self.children.father_id.mapped("id_number"))],
                ["id_number"],
                ["__count"],
            )
        )
        self.assertEqual({count for _number, count in rows}, {1})
        together = self.children.filtered(lambda child: len(child.household_id.child_ids) > 1)
        self.assertGreater(len(together), 1500)
        for household in together.household_id:
            self.assertEqual(len(household.child_ids.father_id), 1)
            self.assertEqual(household.area_id, household.child_ids.area_id)

    def test_what_the_rooms_do_not_know_yet_waits_on_the_rows(self):
        waiting = self.env["lbc.census.line"]._waiting_rows(("agreement_from", "paired_teacher"))
        self.assertGreater(len(waiting), 2000)
        child, day, cells = waiting[0]
        self.assertIn(child, self.children.ids)
        self.assertEqual(day, self.census.as_of)
        self.assertRegex(cells["agreement_from"], r"^\d{4}-\d{2}-\d{2}$")

    def test_nothing_is_left_for_the_orm_to_compute(self):
        left = {field.name for _model, fields, _ids in self.later for field in fields}
        self.assertFalse(left, "give these columns in census_records")

    def test_stored_values_are_those_the_orm_computes(self):
        # Three townships, and all children of whom one parent is at home.
        children = self.children.filtered(lambda child: child.eligibility_reason != "both_away")
        children |= self.children.search([("township_id", "in", self.children.township_id[:3].ids)])
        adults = children.guardianship_ids.guardian_id
        self.assertGreater(len(children), 200)
        for records in (
            *(children, adults, children.guardianship_ids, adults.migration_ids),
            *(
                adults.capacity_ids,
                children.household_id,
                children.health_ids,
                children.episode_ids,
            ),
        ):
            self.assertTrue(records)
            computed = [
                field for field in records._fields.values() if field.store and field.compute
            ]
            names = [field.name for field in computed if field.column_type]
            records.invalidate_recordset()
            before = records.read(names, load=None)
            for field in computed:
                self.env.add_to_compute(field, records)
            records.flush_recordset()
            records.invalidate_recordset()
            for old, new in zip(before, records.read(names, load=None), strict=True):
                self.assertEqual(old, new, records._name)
