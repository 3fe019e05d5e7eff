"""Divisions come from a CSV, all or nothing, and a second time nothing changes."""

import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import CareCase

PROVINCE = "980000000000,样省,province,\n"
GOOD = (
    PROVINCE
    + "980100000000,样市,city,980000000000\n"
    + "980101000000,样区,county,980100000000\n"
    + "980101100000,样镇,township,980101000000\n"
    + "980101100200,花村村民委员会,village,980101100000\n"
    + "980101100001,桥头社区居民委员会,village,980101100000\n"
)


@tagged("post_install", "-at_install")
class TestDivisionImport(CareCase):
    def _import(self, text, user=None, encoding="utf-8"):
        content = ("code,name,level,parent_code\n" + text).encode(encoding)
        wizard = self.env["lbc.division.import"].with_user(user or self.users["data_officer"])
        wizard = wizard.create({"file": base64.b64encode(content), "filename": "divisions.csv"})
        wizard.action_import()
        return wizard

    def _find(self, code):
        return self.env["lbc.area"].search([("code", "=", code)])

    def test_creates_the_whole_tree(self):
        wizard = self._import(GOOD)
        self.assertEqual(wizard.created_count, 6)
        village = self._find("980101100200")
        self.assertEqual(village.short_name, "花村")
        self.assertEqual(village.township_id, self._find("980101100000"))
        self.assertEqual(village.county_id, self._find("980101000000"))

    def test_second_import_changes_nothing(self):
        self._import(GOOD)
        self.env.flush_all()
        before = self.env["lbc.area"].search([]).read(["write_date", "parent_path"])
        wizard = self._import(GOOD)
        self.assertEqual(
            (wizard.created_count, wizard.updated_count, wizard.unchanged_count), (0, 0, 6)
        )
        self.assertEqual(
            self.env["lbc.area"].search([]).read(["write_date", "parent_path"]), before
        )

    def test_writes_what_the_orm_would_write(self):
        self._import(GOOD)
        areas = self.env["lbc.area"].search([("code", "=like", "98%")])
        names = ["short_name", "township_id", "county_id", "parent_path"]
        stored = areas.read(names)
        for name in ("short_name", "township_id", "county_id"):
            self.env.add_to_compute(areas._fields[name], areas)
        areas.flush_recordset()
        areas._parent_store_compute()
        areas.invalidate_recordset()
        self.assertEqual(areas.read(names), stored)

    def test_a_new_name_is_an_update(self):
        self._import(GOOD)
        wizard = self._import(GOOD.replace("花村村", "新花村村"))
        self.assertEqual((wizard.updated_count, wizard.unchanged_count), (1, 5))
        self.assertEqual(self._find("980101100200").short_name, "新花村")

    def test_a_division_that_moves_takes_its_keys_along(self):
        self._import(GOOD + "980102000000,别区,county,980100000000\n")
        moved = GOOD.replace("样镇,township,980101000000", "样镇,township,980102000000")
        self._import(moved)
        self.assertEqual(self._find("980101100200").county_id, self._find("980102000000"))

    def test_children_of_a_moved_township_take_its_new_county(self):
        text = "".join(
            f"{area.code},{area.name},{area.level},{area.parent_id.code or ''}\n"
            for area in self.county.parent_id.parent_id
            | self.county.parent_id
            | self.county
            | self.township_a
            | self.village_a1
        )
        child = self.make_child()
        self._import(text + "990114000000,新区,county,990100000000\n")
        moved = text.replace("township,990113000000", "township,990114000000")
        self._import(moved + "990114000000,新区,county,990100000000\n")
        self.assertEqual(child.county_id, self._find("990114000000"))

    def test_reads_what_excel_saves_in_china(self):
        self.assertEqual(self._import(GOOD, encoding="gb18030").created_count, 6)

    def _assert_refused(self, text, *parts):
        count = self.env["lbc.area"].search_count([])
        with self.assertRaises(UserError) as refused:
            self._import(text)
        for part in parts:
            self.assertIn(part, str(refused.exception))
        self.assertEqual(self.env["lbc.area"].search_count([]), count)

    def test_bad_code_is_named_with_its_line(self):
        self._assert_refused(PROVINCE + "98010000,短,city,980000000000\n", "Line 3", "98010000")

    def test_unknown_parent_is_named_with_its_line(self):
        self._assert_refused(
            PROVINCE + "980100000000,市,city,970000000000\n", "Line 3", "970000000000"
        )

    def test_cycle_is_refused(self):
        text = "980100000000,甲,city,980101000000\n980101000000,乙,county,980100000000\n"
        self._assert_refused(text, "Line 2", "cycle")

    def test_a_cycle_through_the_system_is_refused(self):
        self._import(GOOD)
        text = "980100000000,样市,city,980101100200\n"
        self._assert_refused(text, "Line 2", "cycle")

    def test_a_parent_in_the_system_lies_at_a_higher_level(self):
        self._import(GOOD)
        text = "980200000000,别市,city,980101000000\n"
        self._assert_refused(text, "Line 2", "980101000000", "higher level")

    def test_villages_lie_in_townships_and_townships_in_counties(self):
        self._import(GOOD)
        text = (
            "980101100300,直村,village,980101000000\n"
            "980101101000,直镇,township,980100000000\n"
            "980102000000,直县,county,980000000000\n"
        )
        self._assert_refused(text, "Line 2", "must lie in a township", "Line 3", "in a county")
        with self.assertRaises(ValidationError):
            self._area("980101100300", "直村", "village", self._find("980101000000"))
        self._import("980102000000,直县,county,980000000000\n")

    def test_a_level_fits_what_already_lies_there(self):
        self._import(GOOD)
        text = "980101100000,样镇,county,980100000000\n"
        self._assert_refused(text, "Line 2", "980101100200", "must lie in a township")

    def test_double_code_is_refused(self):
        self._assert_refused(
            GOOD + "980101100200,又一村,village,980101100000\n", "Line 8", "line 6"
        )

    def test_missing_heading_is_refused(self):
        wizard = self.env["lbc.division.import"].create(
            {"file": base64.b64encode(b"code,name\n1,2")}
        )
        with self.assertRaisesRegex(UserError, "level, parent_code"):
            wizard.action_import()

    def test_number_of_statements_does_not_grow_with_the_file(self):
        many = GOOD + "".join(
            f"980101100{serial},第{serial}村,village,980101100000\n" for serial in range(300, 700)
        )
        self._import(GOOD.replace("98", "97"))
        with self.assertQueryCount(60):
            self._import(many)
            self.env.flush_all()

    def test_village_and_township_may_not_import(self):
        for role in ("village", "township", "leader"):
            with self.assertRaises(AccessError):
                self._import(GOOD, self.users[role])
