"""How the import works: a constant number of queries, progress that others see, one at a time, a template."""

import base64
import io
from contextlib import contextmanager
from unittest.mock import patch

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import SQL

from ...dev.demo import synthetic
from ...models.registry import bulk, census_check, census_progress
from .census import CensusCase

AREAS = [("甲镇", "东村"), ("甲镇", "西村")]


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestCensusWork(CensusCase):
    def _queries(self, count, seed, rows=None):
        """Return (queries of the check, queries of the import) of a census of `count` children."""
        census = self.upload(*(rows or synthetic.rows(count, AREAS, seed)))
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        census.action_check()
        self.env.flush_all()
        middle = self.env.cr.sql_log_count
        census.action_import()
        self.env.flush_all()
        self.assertFalse(census.error_count)
        return middle - start, self.env.cr.sql_log_count - middle

    @contextmanager
    def _steady(self):
        """Leave out what depends on the clock, telling the progress, and telling the planner of much."""
        with patch.object(census_check, "_PATIENCE", 10**9), patch.object(bulk, "_MANY", 10**9):
            yield

    def test_number_of_queries_does_not_grow_with_the_file(self):
        with self._steady():
            self._queries(20, seed=1)  # warms caches of the registry
            few, many = self._queries(200, seed=2), self._queries(400, seed=3)
        self.assertEqual(few, many)
        self.assertLess(sum(many), 130)  # agreements that the census states among them

    def test_number_of_queries_of_a_repetition_does_not_grow_either(self):
        rows = synthetic.rows(300, AREAS, 5)
        with self._steady():
            self._queries(0, 0, rows)
            self._queries(0, 0, rows)
            few, many = self._queries(0, 0, rows[:150]), self._queries(0, 0, rows)
        self.assertEqual(few, many)

    def test_the_planner_learns_of_a_large_census(self):
        asked = []
        execute = type(self.env.cr).execute

        def note(cursor, query, *args, **options):
            text = query.code if isinstance(query, SQL) else query
            asked.extend([text] if text.startswith("ANALYZE") else [])
            return execute(cursor, query, *args, **options)

        with patch.object(type(self.env.cr), "execute", note):
            self.imported(self.row())
            self.assertFalse(asked, "a few rows are no reason")
            self.imported(*synthetic.rows(300, AREAS, 7))
        self.assertEqual(len(asked), 1)
        for table in ("lbc_child", "lbc_guardian", "lbc_guardianship", "lbc_migration"):
            self.assertIn(f'"{table}"', asked[0])

    def test_progress_is_seen_while_the_import_runs(self):
        census = self.upload(*synthetic.rows(30, AREAS))
        seen = []
        stage = bulk.Bulk._stage

        def look(one, *args):
            seen.append(census.get_progress())
            return stage(one, *args)

        with patch.object(census_check, "_PATIENCE", 0), patch.object(bulk.Bulk, "_stage", look):
            self.assertFalse(census.get_progress())
            census.action_import()
        self.assertEqual(seen[-1][0], "writing")
        self.assertGreater(seen[-1][1], 0)
        self.assertLessEqual(seen[-1][1], seen[-1][2])

    def test_progress_belongs_to_one_census(self):
        one, other = self.upload(self.row()), self.upload(self.row())
        census_progress.tell(self.env, one.id, "checking", 4000, 10000)
        self.assertEqual(one.get_progress(), ("checking", 4000, 10000))
        self.assertFalse(other.get_progress())

    def test_two_imports_at_once_are_not_mixed(self):
        census = self.upload(self.row())
        with self.env.registry.cursor() as other:
            other.execute("SELECT pg_advisory_xact_lock(hashtext('lbc.census.import'))")
            if other.connection is self.env.cr.connection:
                self.skipTest("the test cursor shares one connection")
            with self.assertRaisesRegex(UserError, "at this moment"):
                census.action_import()
        census.action_import()
        self.assertEqual(census.created_count, 1)

    def test_template_goes_round(self):
        census = self.env["lbc.census.import"].with_user(self.users["township"]).create({})
        action = census.action_template()
        self.assertIn(f"/{census.id}/template_file/", action["url"])
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(census.template_file)))
        sheet = book.worksheets[0]
        columns = self.columns()
        self.assertEqual([cell.value for cell in sheet[4]], [column.heading for column in columns])
        for at, column in enumerate(columns, 1):
            sheet.cell(5, at, self.row().get(column.code))
        sheet.cell(2, 1, "数据截至：2026-11-20")
        out = io.BytesIO()
        book.save(out)
        filled = self.upload_file(out.getvalue())
        filled.action_check()
        self.assertFalse(filled.unknown_headings)
        self.assertEqual(self.findings(filled), {5: ("ok", False)})
        self.assertEqual(filled.line_ids.sudo().raw, self.row())

    def test_template_offers_words_and_places(self):
        census = self.env["lbc.census.import"].with_user(self.users["township"]).create({})
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(census.template_file)))
        offered = {
            next(iter(rule.sqref.ranges)).min_col: [
                cell[0].value for cell in book["选项"][rule.formula1.split("!")[1].replace("$", "")]
            ]
            for rule in book.worksheets[0].data_validations.dataValidation
        }
        codes = [column.code for column in self.columns()]
        self.assertEqual(offered[codes.index("sex") + 1], ["男", "女"])
        self.assertEqual(offered[codes.index("village") + 1], ["东村", "西村"])
        self.assertEqual(offered[codes.index("township") + 1], ["甲镇"])
        number = book.worksheets[0].column_dimensions["F"]
        self.assertEqual(number.number_format, "@")

    def test_children_of_the_census_open_with_one_click(self):
        census = self.imported(*synthetic.rows(5, AREAS))
        action = census.action_show_children()
        self.assertEqual(len(self.env["lbc.child"].search(action["domain"])), 5)
        rows = census.with_context(census_filter="errors").action_show_rows()
        self.assertEqual(rows["context"], {"search_default_errors": 1})
