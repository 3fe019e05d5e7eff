"""What was reported cannot be changed unnoticed: triggers refuse, digests tell, the printed code stays (idea 6)."""

import contextlib

from psycopg2 import errors

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import SQL, mute_logger

from .common import LedgerCase

TABLES = ("lbc_snapshot", "lbc_submission_version", "lbc_submission_change", "lbc_submission_step")


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20 04:00:00")
class TestTampering(LedgerCase):
    roles = ("village", "township", "township_leader", "civil_affairs", "leading_office", "leader")

    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger(day="2026-05-01", address="东村三组8号")
        self.make_on_ledger(day="2026-08-01")
        self.second = self.submit(self.open_quarter(2026, 2)).current_version_id
        self.child.address = "东村一组1号"
        self.version = self.submit(self.open_quarter()).current_version_id
        self.env.flush_all()

    @contextlib.contextmanager
    def switched_off(self, table):
        """Switch the triggers of a table off, as only the owner of the table can."""
        for word in ("DISABLE", "ENABLE"):
            self.env.cr.execute(
                SQL("ALTER TABLE %s %s TRIGGER USER", SQL.identifier(table), SQL(word))
            )
            if word == "DISABLE":
                yield
        self.env.invalidate_all()

    def change(self, table, statement, *arguments):
        """Change a table in SQL with its triggers off."""
        with self.switched_off(table):
            self.env.cr.execute(statement, arguments)

    def row(self):
        """Return the frozen row of the child in the last version."""
        return self.version.snapshot_ids.filtered(lambda one: one.child_ref == self.child.id)

    def test_everything_is_as_reported(self):
        self.assertFalse((self.second | self.version)._verify())
        self.assertEqual(self.version.previous_id, self.second)
        self.assertFalse(self.version._verify(self.version.check_code.lower().replace("-", " ")))

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses(self):
        self.as_role(self.version.submission_id, "leading_office").action_receive()
        self.env.flush_all()
        for table in TABLES:
            for statement in ("UPDATE %s SET id = id", "DELETE FROM %s", "TRUNCATE %s CASCADE"):
                with (
                    self.assertRaises(errors.RestrictViolation, msg=(table, statement)),
                    self.cr.savepoint(),
                ):
                    self.env.cr.execute(SQL(statement, SQL.identifier(table)))

    def test_a_changed_row_is_named_with_its_column(self):
        self.change(
            "lbc_snapshot", "UPDATE lbc_snapshot SET address = '改' WHERE id = %s", self.row().id
        )
        (found,) = self.version._verify()
        for word in (self.version.display_name, self.child.file_number, "现居住地址"):
            self.assertIn(word, found)
        self.assertFalse(self.second._verify())

    def test_a_row_taken_out_or_put_in_is_named(self):
        self.change("lbc_snapshot", "DELETE FROM lbc_snapshot WHERE id = %s", self.row().id)
        self.assertIn(f"#{self.child.id}", self.version._verify()[0])
        self.change(
            "lbc_snapshot",
            "INSERT INTO lbc_snapshot (version_id, submission_id, child_ref, label) "
            "VALUES (%s, %s, 0, '多')",
            self.second.id,
            self.second.submission_id.id,
        )
        self.assertIn("多", self.second._verify()[0])
        self.assertFalse([one for one in self.version._verify() if self.second.display_name in one])

    def test_a_changed_line_number_or_time_is_named(self):
        attempts = {
            "changes": (
                "lbc_submission_change",
                "UPDATE lbc_submission_change SET after_clear = '改'",
            ),
            "Closing": (
                "lbc_submission_version",
                "UPDATE lbc_submission_version SET closing_count = 9",
            ),
            "times": (
                "lbc_submission_version",
                "UPDATE lbc_submission_version SET submitted_at = submitted_at - interval '9 days'",
            ),
        }
        for word, (table, statement) in attempts.items():
            savepoint = self.cr.savepoint()
            self.change(table, statement)
            self.assertIn(word, self.version._verify()[0])
            savepoint.close(rollback=True)
            self.env.invalidate_all()
        self.assertFalse(self.version._verify())

    def test_digests_computed_anew_break_the_chain_and_the_printed_code(self):
        printed = self.second.check_code
        with self.switched_off("lbc_snapshot"), self.switched_off("lbc_submission_version"):
            self.env.cr.execute(
                "UPDATE lbc_snapshot SET address = '改' WHERE version_id = %s", [self.second.id]
            )
            self.second._seal_content(self.second.browse())
            self.second._seal()
        self.assertFalse(self.second._verify())  # whoever did it did it well
        self.assertIn("printed code", self.second._verify(printed)[0])
        self.assertIn(self.version.display_name, (self.second | self.version)._verify()[0])

    def test_a_trigger_that_is_off_is_told(self):
        self.env.cr.execute("ALTER TABLE lbc_snapshot DISABLE TRIGGER USER")
        self.assertIn("lbc_snapshot", self.version._verify()[-1])

    def test_the_page_that_compares_a_printed_code(self):
        wizards = self.env["lbc.quarter.verify"].with_user(self.users["leading_office"])
        wizard = wizards.create({"version_id": self.version.id, "code": self.version.check_code})
        wizard.action_verify()
        self.assertTrue(wizard.is_same)
        wizard.code = "2222-2222-2222"
        wizard.action_verify()
        self.assertFalse(wizard.is_same)
        self.assertIn("printed code", wizard.result)

    def test_who_may_verify(self):
        action = self.as_role(self.version, "leading_office").action_verify()
        self.assertEqual(action["params"]["type"], "success")
        with self.assertRaises(AccessError):
            self.as_role(self.version, "leader").action_verify()
        with self.assertRaises(AccessError):
            self.version.with_user(self.leader_b).action_verify()
        for role in self.users:
            with self.assertRaises(AccessError, msg=role):
                self.as_role(self.version, role).write({"closing_count": 9})
