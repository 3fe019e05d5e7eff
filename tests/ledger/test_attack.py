"""Every column of everything that belongs to a report, changed in the database with the triggers off (idea 6).

The columns come from the database itself: a new one is attacked as well. What verifying does not find is named here,
with the reason.
"""

import contextlib
from pathlib import Path

from psycopg2 import DatabaseError

from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import SQL, mute_logger

from .common import LedgerCase

LOGGED = "who wrote the row last, and when: log columns of the framework, which nothing follows"
NUMBER = "the number of a row to which nothing points"
LABEL = "of the framework's file store: the content is compared, and it leaves by the gate only"
SAID = "what the unit is told while it corrects; the step says why the report was returned"
# {(table, column): why verifying does not find that it was changed}
UNFOUND = {
    ("lbc_snapshot", "id"): NUMBER,
    ("lbc_submission_change", "id"): NUMBER,
    ("lbc_submission", "return_reason"): SAID,
    **{
        (table, column): LOGGED
        for table in (
            *("lbc_submission", "lbc_submission_version", "lbc_submission_copy"),
            *("lbc_submission_exception", "ir_attachment"),
        )
        for column in ("create_uid", "create_date", "write_uid", "write_date")
    },
    **{
        ("ir_attachment", column): LABEL
        for column in (
            *("id", "name", "description", "public", "access_token", "url", "mimetype"),
            *("index_content", "company_id", "type", "checksum", "file_size"),
            *("db_datas", "original_id"),
        )
    },
}
CHANGED = {
    "integer": "COALESCE({0}, 0) + 1",
    "bigint": "COALESCE({0}, 0) + 1",
    "numeric": "COALESCE({0}, 0) + 1",
    "double precision": "COALESCE({0}, 0) + 1",
    "boolean": "NOT COALESCE({0}, false)",
    "date": "COALESCE({0}, '2020-01-01') + 1",
    "timestamp without time zone": "COALESCE({0}, '2020-01-01') - interval '1 day'",
    "character varying": "COALESCE({0}, '') || 'x'",
    "text": "COALESCE({0}, '') || 'x'",
    "jsonb": """'[["x", "y"]]'""",
    "bytea": "'x'",
}


@tagged("post_install", "-at_install", "lbc_long")
@freeze_time("2026-09-20 04:00:00")
class TestAttack(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile.report_to = "office"

    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger(day="2026-05-01", address="东村三组8号")
        self.submit(self.open_quarter(2026, 2))
        self.make_on_ledger(day="2026-08-01")
        self.child.address = "东村一组1号"
        self.quarter = self.open_quarter()
        report = self.submission_of(self.quarter)
        office = self.as_role(report, "leading_office")
        office._grant_exception(self.quarter.cutoff, "停电")
        self.submit(self.quarter)
        office._return("电话有误")
        self.child.address = "东村二组2号"
        self.submit(self.quarter)
        office.action_receive()
        self.report, self.version = report, report.current_version_id
        self.assertEqual(self.findings(), [])

    def findings(self):
        return self.quarter.submission_ids._verify(self.quarter.ids)

    def rows(self):
        """Return {table: id} of one row of each table that belongs to the report."""
        version = self.version
        given = version.copy_ids.filtered("received_at")
        self.assertTrue(given)
        cover = version.file_ids.filtered(lambda one: one.document == "cover")
        records = [version.snapshot_ids[0], version.change_ids[0], version, version.file_ids[0]]
        records += [given[0], self.report.step_ids[0], self.report.exception_ids, self.report]
        records += [cover.sudo().attachment_id]
        return {one._table: one.id for one in records}

    def columns(self, table):
        """Return [(column, type, referenced table or None)] as the database has them."""
        self.env.cr.execute(
            """
            SELECT c.column_name, c.data_type, (
                       SELECT r.confrelid::regclass::text FROM pg_constraint r
                        WHERE r.conrelid = c.table_name::regclass AND r.contype = 'f'
                          AND r.conkey = ARRAY[c.ordinal_position::smallint] LIMIT 1)
              FROM information_schema.columns c
             WHERE c.table_schema = 'public' AND c.table_name = %s ORDER BY c.ordinal_position
            """,
            [table],
        )
        return self.env.cr.fetchall()

    def test_whatever_column_is_changed_is_found_or_named_here(self):
        unfound, tried = set(), 0
        for table, row in self.rows().items():
            for column, kind, target in self.columns(table):
                with self.undone():
                    if self.changes(table, row, column, kind, target):
                        tried += 1
                        if not self.findings():
                            unfound.add((table, column))
        self.assertEqual(unfound - UNFOUND.keys(), set(), "nobody would notice")
        self.assertEqual(UNFOUND.keys() - unfound, set(), "found after all: take them off the list")
        self.assertGreater(tried, 200)

    @contextlib.contextmanager
    def undone(self):
        savepoint = self.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    @mute_logger("odoo.sql_db")
    def changes(self, table, row, column, kind, target):
        """Change a column of a row with the triggers off; return whether its value is another one now."""
        name = SQL.identifier(column)
        if target:
            new = SQL(
                "COALESCE((SELECT other.id FROM %s other WHERE other.id IS DISTINCT FROM %s.%s "
                "ORDER BY other.id LIMIT 1), NULL)",
                SQL.identifier(target),
                SQL.identifier(table),
                name,
            )
        elif column == "id":
            new = SQL("- %s", name)  # a number that is free
        else:
            new = SQL(CHANGED[kind].format("%s"), *([name] * CHANGED[kind].count("{0}")))
        for value in (new, SQL("NULL")):
            with contextlib.suppress(DatabaseError), self.cr.savepoint():
                return self.update(table, row, name, value)
        return False  # a constraint refuses it, triggers or not

    def update(self, table, row, name, value):
        before = self.value(table, row, name)
        triggers = SQL("ALTER TABLE %s DISABLE TRIGGER USER", SQL.identifier(table))
        self.env.cr.execute(triggers)
        self.env.cr.execute(
            SQL("UPDATE %s SET %s = %s WHERE id = %s", SQL.identifier(table), name, value, row)
        )
        triggers = SQL("ALTER TABLE %s ENABLE TRIGGER USER", SQL.identifier(table))
        self.env.cr.execute(triggers)
        self.env.invalidate_all()
        return self.value(table, row, name) != before

    def value(self, table, row, name):
        [[value]] = self.env.execute_query(
            SQL("SELECT (SELECT %s FROM %s WHERE id = %s)::text", name, SQL.identifier(table), row)
        ) or [[None]]
        return value

    def test_a_file_changed_on_the_disk_is_found(self):
        paper = self.version.file_ids[0].sudo().attachment_id
        path = Path(paper._full_path(paper.store_fname))
        content = path.read_bytes()
        try:
            path.write_bytes(content + b" ")
            self.assertIn(self.version.file_ids[0].name, self.findings()[0])
        finally:
            path.write_bytes(content)
        self.assertEqual(self.findings(), [])

    def test_a_row_put_in_is_found(self):
        step = "INSERT INTO lbc_submission_step (submission_id, version_id, kind, done_at) "
        exception = (
            "INSERT INTO lbc_submission_exception "
            "(submission_id, date_to, reason, granted_by, granted_at) "
        )
        for statement, model in (
            (f"{step} VALUES (%s, {self.version.id}, 'received', '2026-09-20')", "step"),
            (f"{exception} VALUES (%s, '2026-12-31', 'x', 1, '2026-09-01')", "exception"),
        ):
            with self.undone():
                self.env.cr.execute(statement, [self.report.id])
                self.assertTrue(any("journal" in one for one in self.findings()), model)

    def test_a_step_or_an_exception_taken_out_is_found(self):
        for table in ("lbc_submission_step", "lbc_submission_exception"):
            with self.undone():
                name = SQL.identifier(table)
                self.env.cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER USER", name))
                self.env.cr.execute(
                    SQL(
                        "DELETE FROM %s WHERE id = (SELECT min(id) FROM %s WHERE submission_id = %s)",
                        *(name, name, self.report.id),
                    )
                )
                self.env.cr.execute(SQL("ALTER TABLE %s ENABLE TRIGGER USER", name))
                self.assertTrue(any("is gone" in one for one in self.findings()), table)

    def test_the_last_version_taken_away_with_all_that_belongs_to_it_is_named(self):
        code, first = self.version.check_code, self.report.version_ids.sorted("number")[0]
        tables = ("snapshot", "submission_change", "submission_file", "submission_copy")
        with self.undone():
            for table in (*tables, "submission_step", "submission_version", "submission"):
                self.env.cr.execute(f"ALTER TABLE lbc_{table} DISABLE TRIGGER USER")
            self.env.cr.execute(
                "UPDATE lbc_submission SET current_version_id = %s, accepted_version_id = NULL, "
                "state = 'returned', submitted_at = %s, submitted_by = %s WHERE id = %s",
                [first.id, first.submitted_at, first.submitted_by.id, self.report.id],
            )
            for table in (*tables, "submission_step"):
                self.env.cr.execute(
                    f"DELETE FROM lbc_{table} WHERE version_id = %s", [self.version.id]
                )
            self.env.cr.execute(
                "DELETE FROM lbc_submission_version WHERE id = %s", [self.version.id]
            )
            for table in (*tables, "submission_step", "submission_version", "submission"):
                self.env.cr.execute(f"ALTER TABLE lbc_{table} ENABLE TRIGGER USER")
            self.env.invalidate_all()
            found = first._verify()
            self.assertTrue([one for one in found if code in one and "is gone" in one], found)

    def test_a_whole_report_taken_away_is_named_by_the_quarter(self):
        self.submit(self.open_quarter(2026, 2), self.township_b)
        other = self.submit(self.quarter, self.township_b)
        code = other.current_version_id.check_code
        version = other.current_version_id
        self.assertEqual(self.findings(), [])
        with self.undone():
            tables = ("submission_file", "submission_copy", "submission_step")
            for table in (*tables, "submission_version", "submission"):
                self.env.cr.execute(f"ALTER TABLE lbc_{table} DISABLE TRIGGER USER")
            for table in tables:
                self.env.cr.execute(f"DELETE FROM lbc_{table} WHERE version_id = %s", [version.id])
            self.env.cr.execute(
                "UPDATE lbc_submission SET current_version_id = NULL WHERE id = %s", [other.id]
            )
            self.env.cr.execute("DELETE FROM lbc_submission_version WHERE id = %s", [version.id])
            self.env.cr.execute(
                "DELETE FROM lbc_submission_village WHERE submission_id = %s", [other.id]
            )
            self.env.cr.execute("DELETE FROM lbc_submission WHERE id = %s", [other.id])
            for table in (*tables, "submission_version", "submission"):
                self.env.cr.execute(f"ALTER TABLE lbc_{table} ENABLE TRIGGER USER")
            self.env.invalidate_all()
            found = self.findings()
            self.assertTrue([one for one in found if code in one and "is gone" in one], found)
