"""The journal is only added to, and read by overseers of the county (issue 3)."""

from psycopg2 import errors

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .journal_common import JournalCase


@tagged("post_install", "-at_install")
class TestAppendOnly(JournalCase):
    def test_the_database_refuses_change_and_tells_the_user(self):
        self.env["lbc.journal"]._note("read", "lbc.child", [1], ["identity"])
        self.cr.flush()
        row = self.env["lbc.journal"].search([], limit=1)
        for statement in (
            "UPDATE lbc_journal SET login = 'x'",
            "DELETE FROM lbc_journal",
            "TRUNCATE lbc_journal",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(errors.RestrictViolation) as caught,
                self.cr.savepoint(),
            ):
                self.cr.execute(statement)
            # The server looks the model up by this table, and raises a ValidationError of the text.
            self.assertEqual(caught.exception.diag.table_name, "lbc_journal")
            told = self.env["lbc.journal"]._sql_error_to_message(caught.exception)
            self.assertIn("Purge the Journal", told)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(errors.RestrictViolation),
            self.cr.savepoint(),
        ):
            row.sudo().write({"login": "x"})
            row.flush_recordset()

    def test_nobody_writes_it(self):
        journal = self.env["lbc.journal"]
        for user in (*self.users.values(), self.env.ref("base.user_admin")):
            for operation in ("create", "write", "unlink"):
                self.assertFalse(journal.with_user(user).has_access(operation), user.login)

    def test_overseers_read_their_county_and_nobody_else_reads(self):
        child = self.make_on_ledger()
        self.as_role(child, "village").read(["name"])
        self.cr.flush()
        readers = ("civil_affairs", "data_officer")
        for role, user in self.users.items():
            journal = self.env["lbc.journal"].with_user(user)
            seals = self.env["lbc.journal.seal"].with_user(user)
            self.assertEqual(journal.has_access("read"), role in readers, role)
            self.assertEqual(seals.has_access("read"), role in readers, role)
            if role not in readers:
                with self.assertRaises(AccessError):
                    journal.search([])
        for role in readers:
            rows = self.env["lbc.journal"].with_user(self.users[role])
            self.assertIn(
                "test_village", rows.search([("child_id", "=", child.id)]).mapped("login")
            )
        admin = self.env["lbc.journal"].with_user(self.env.ref("base.user_admin"))
        self.assertTrue(admin.search_count([]))

    def test_another_county_is_not_mine(self):
        other = self._area("990114000000", "邻区", "county", self.county.parent_id)
        self.env["lbc.profile"].create({"name": "邻区", "county_id": other.id})
        self.make_user(
            "far", "data_officer", other, self.make_organization("邻局", "department", other)
        )
        far = self.env["res.users"].search([("login", "=", "far")])
        self.as_role(self.make_on_ledger(), "village").read(["name"])
        self.cr.flush()
        rows = self.env["lbc.journal"].with_user(far)
        self.assertFalse(rows.search([("login", "=", "test_village")]))
        near = self.env["lbc.journal"].with_user(self.users["data_officer"])
        self.assertTrue(near.search([("login", "=", "test_village")]))

    def test_who_has_seen_this_file_is_one_indexed_query(self):
        child = self.make_on_ledger()
        self.as_role(child, "village").read(["name"])
        self.cr.flush()
        officer = self.env["lbc.journal"].with_user(self.users["data_officer"])
        officer.search_fetch([("child_id", "=", child.id)], ["login"])
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            rows = officer.search_fetch([("child_id", "=", child.id)], ["login", "action"])
            self.assertIn("read", rows.mapped("action"))
        self.cr.execute("SET LOCAL enable_seqscan = off")
        self.cr.execute(
            "EXPLAIN SELECT id FROM lbc_journal WHERE child_ids && ARRAY[%s]", [child.id]
        )
        self.assertIn("lbc_journal__children", str(self.cr.fetchall()))
