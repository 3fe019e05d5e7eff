"""What was reported cannot be changed unnoticed: triggers refuse, digests tell, the printed code stays (idea 6)."""

import contextlib

from psycopg2 import errors

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import SQL, mute_logger

from .common import LedgerCase

TABLES = (
    *("lbc_snapshot", "lbc_submission_version", "lbc_submission_change", "lbc_submission_step"),
    *("lbc_submission_exception", "lbc_submission_file", "lbc_submission_copy"),
)
DIGESTS = (
    *("row_marks", "column_digests", "rows_digest", "changes_digest"),
    *("compared_refs", "previous_digest"),
)


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
        office = self.as_role(self.version.submission_id, "leading_office")
        office.action_receive()
        self.version.copy_ids._give_receipt()
        office._return("补正")
        office._grant_exception(self.version.cutoff, "停电")
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
        self.reseal()
        code = self.second.check_code
        file, journal = self.second._verify()  # nobody typed a code
        for word in (printed, code, "carries the code"):
            self.assertIn(word, file)
        self.assertIn("journal", journal)
        # Whoever knows the product changes the codes of the files and the journal as well.
        with self.switched_off("lbc_submission_file"), self.switched_off("lbc_submission_copy"):
            for table in ("lbc_submission_file", "lbc_submission_copy"):
                self.env.cr.execute(
                    SQL("UPDATE %s SET check_code = %s", SQL.identifier(table), code)
                )
        self.env.invalidate_all()
        with self.switched_off("lbc_submission_version"), self.switched_off("lbc_journal"):
            self.second._seal()
            self.env.cr.execute("DELETE FROM lbc_journal WHERE action = 'report'")
            self.second.submission_id.version_ids._note_proof()
            self.second.submission_id.step_ids._note_proof()
        self.assertFalse(self.second._verify())  # whoever did it did it well
        self.assertIn("printed code", self.second._verify(printed)[0])

    def reseal(self):
        """Change a row of the earlier version in SQL and compute its digests anew."""
        self.env["lbc.journal"]._flush_notes()
        with self.switched_off("lbc_snapshot"), self.switched_off("lbc_submission_version"):
            self.env.cr.execute(
                "UPDATE lbc_snapshot SET address = '改' WHERE version_id = %s", [self.second.id]
            )
            hashed = self.second._hashed_rows()
            self.second._seal_content(self.second.browse(), hashed)
            self.second._seal()

    def test_a_version_chained_to_one_sealed_anew_says_so_first(self):
        self.reseal()
        (found,) = self.version._verify()
        for word in (self.version.display_name, self.second.display_name, "sealed anew"):
            self.assertIn(word, found)

    @mute_logger("odoo.sql_db")
    def test_when_it_first_came_stays(self):
        report = self.version.submission_id
        for change in ("NULL", "first_submitted_at - interval '9 days'"):
            with self.assertRaises(errors.RestrictViolation), self.cr.savepoint():
                self.env.cr.execute(
                    f"UPDATE lbc_submission SET first_submitted_at = {change} WHERE id = %s",
                    [report.id],
                )
        with self.assertRaises(errors.RestrictViolation), self.cr.savepoint():
            self.env.cr.execute("DELETE FROM lbc_submission WHERE id = %s", [report.id])

    def test_what_stands_on_the_report_itself_is_compared(self):
        report = self.version.submission_id
        for field, change in {
            "First Submitted": "first_submitted_at = first_submitted_at - interval '9 days'",
            "On Time": "is_on_time = NOT is_on_time",
            "Closing": "child_count = 77",
            "Accepted Version": f"accepted_version_id = {self.version.id}",
            "Current Version": f"current_version_id = {self.second.id}",
            "Received At": "received_at = submitted_at",
            "state": "state = 'received'",
        }.items():
            savepoint = self.cr.savepoint()
            self.change(
                "lbc_submission", f"UPDATE lbc_submission SET {change} WHERE id = %s", report.id
            )
            (found,) = self.version._verify()
            self.assertIn(field, found)
            savepoint.close(rollback=True)
            self.env.invalidate_all()
        self.assertFalse(self.version._verify())

    def test_days_of_grace_that_change_later_change_no_report(self):
        late = self.submission_of(self.version.submission_id.quarter_id, self.township_b)
        self.submit(self.second.submission_id.quarter_id, self.township_b)
        with freeze_time("2026-09-22 04:00:00"):
            self.submit(late.quarter_id, self.township_b)
        self.assertFalse(late.is_on_time)
        self.profile.quarter_on_time_days = 5
        for report, on_time in ((late, False), (self.version.submission_id, True)):
            report._compute_is_on_time()
            self.assertEqual(report.is_on_time, on_time)
            self.assertEqual(report.current_version_id._verify(), [])

    def test_a_trigger_that_nobody_here_made_is_told(self):
        self.env.cr.execute(
            "CREATE FUNCTION lbc_x() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
        )
        self.env.cr.execute(
            "CREATE TRIGGER swallows BEFORE INSERT ON lbc_submission_step "
            "FOR EACH ROW EXECUTE FUNCTION lbc_x()"
        )
        self.assertIn("swallows", self.version._verify()[-1])

    def test_data_groups_of_a_stored_document_are_sealed(self):
        self.change("lbc_submission_file", "UPDATE lbc_submission_file SET data_groups = ''")
        self.assertIn("files", self.version._verify()[0])

    def test_a_copy_given_to_another_recipient_is_found(self):
        self.change(
            "lbc_submission_copy",
            "UPDATE lbc_submission_copy SET recipient = 'school' WHERE recipient = 'police'",
        )
        self.assertIn("files", self.version._verify()[0])

    def test_a_receipt_keeps_the_code_for_which_it_was_given(self):
        copy = self.second.copy_ids[0]
        copy._give_receipt()
        printed = copy.receipt_code
        self.assertEqual(printed, self.second.check_code)
        self.assertFalse(self.second._verify())
        self.reseal()
        self.assertNotEqual(self.second.check_code, printed)
        self.assertEqual((copy.receipt_code, copy.check_code), (printed, printed))
        self.assertIn(printed, self.second.receipt_text)

    def test_digests_of_what_a_reader_may_not_read_are_not_his(self):
        for role in ("leading_office", "village", "civil_affairs"):
            own = self.as_role(self.version, role)
            self.assertTrue(own.check_code)
            for name in DIGESTS:
                with self.assertRaises(AccessError, msg=(role, name)):
                    own.read([name])
                with self.assertRaises(AccessError, msg=(role, name)):
                    own.search([(name, "!=", False)])

    def old_version(self):
        """Return a version as the upgrade makes it of what was submitted before there were any."""
        report = self.submission_of(self.version.submission_id.quarter_id, self.township_b)
        values = {"submission_id": report.id, "number": 1, "scheme": 1, "closing_count": 1}
        values |= {"township_id": self.township_b.id, "county_id": self.county.id}
        values |= {"unit_key": self.township_b.code, "cutoff": report.cutoff}
        values |= {"submitted_at": "2026-09-19 04:00:00", "submitted_by": self.leader_b.id}
        version = self.env["lbc.submission.version"].create(values)
        self.env.flush_all()
        self.env.cr.execute(
            "INSERT INTO lbc_snapshot (version_id, submission_id, child_ref, label, area_id, "
            "township_id, county_id) VALUES (%s, %s, 7, '7', %s, %s, %s)",
            [version.id, report.id, self.village_b1.id, self.township_b.id, self.county.id],
        )
        version.rows_digest = version.content_digest = version._old_rows_digest()
        report.write(
            {
                "first_submitted_at": version.submitted_at,
                "submitted_at": version.submitted_at,
                "submitted_by": self.leader_b.id,
                "current_version_id": version.id,
                "state": "submitted",
            }
        )
        version._seal_old()
        return version

    def test_what_was_reported_before_there_were_versions_is_held_as_well(self):
        version = self.old_version()
        self.assertEqual(version._verify(), [])
        for change in (
            *("closing_count = 99", "opening_count = 98", "number = 2", "unit_key = 'x'"),
            "submitted_at = '2020-01-01'",
            f"submitted_by = {self.env.uid}",
            f"previous_id = {self.second.id}",
            "on_time_until = on_time_until + interval '9 days'",
        ):
            savepoint = self.cr.savepoint()
            self.change(
                "lbc_submission_version",
                f"UPDATE lbc_submission_version SET {change} WHERE id = %s",
                version.id,
            )
            self.assertIn(self.township_b.name, version._verify()[0], change)
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def test_an_old_report_can_be_received_as_it_is(self):
        version = self.old_version()
        self.as_role(version.submission_id, "leading_office").action_receive()
        self.assertEqual(version.submission_id.accepted_version_id, version)
        self.assertEqual(version._verify(), [])

    @freeze_time("2026-12-20 04:00:00")
    def test_a_forged_mark_hides_no_change(self):
        self.child.address = "东村二组2号"
        savepoint = self.cr.savepoint()
        honest = self.submit(self.open_quarter(2026, 4)).current_version_id
        self.assertEqual(honest.change_ids.mapped("column"), ["address"])
        marks, genuine = honest.row_marks, self.version.row_marks
        savepoint.close(rollback=True)
        self.env.invalidate_all()
        forge = "UPDATE lbc_submission_version SET row_marks = %s WHERE id = %s"
        self.change("lbc_submission_version", forge, marks, self.version.id)
        forged = self.submit(self.open_quarter(2026, 4)).current_version_id
        self.assertFalse(forged.change_ids)
        self.change("lbc_submission_version", forge, genuine, self.version.id)
        self.assertFalse(self.version._verify())  # whoever did it left nothing behind
        self.assertIn(self.child.file_number, forged._verify()[0])
        self.assertIn("no line", forged._verify()[0])

    def test_what_was_compared_cannot_be_written_otherwise(self):
        self.change(
            "lbc_submission_version", "UPDATE lbc_submission_version SET compared_columns = NULL"
        )
        self.assertIn("changes", self.version._verify()[0])

    def test_marks_that_are_missing_or_strange_only_cost_time(self):
        expected = self.lines()
        self.assertTrue(expected)
        marks = self.version.row_marks
        by_other_hash = ",".join(f"{one[:-4]}0000" for one in self.second.row_marks.split(","))
        for earlier in (None, "", by_other_hash, f"{self.child.id}:0123456789abcdef"):
            savepoint = self.cr.savepoint()
            self.change(
                "lbc_submission_version",
                "UPDATE lbc_submission_version SET row_marks = %s",
                earlier,
            )
            self.change("lbc_submission_change", "DELETE FROM lbc_submission_change")
            self.version._find_changes(self.second, marks)
            self.assertEqual(self.lines(), expected, earlier)
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def lines(self):
        """Return what the changes of the last version say (list of tuples)."""
        self.env.cr.execute(
            'SELECT child_ref, kind, "column", before_clear, after_clear, area_id, day, entered_by '
            "FROM lbc_submission_change WHERE version_id = %s ORDER BY sequence",
            [self.version.id],
        )
        return self.env.cr.fetchall()

    def test_a_trigger_that_is_off_is_told(self):
        self.env.cr.execute("ALTER TABLE lbc_snapshot DISABLE TRIGGER USER")
        self.assertIn("lbc_snapshot", self.version._verify()[-1])

    def test_the_page_that_compares_a_printed_code(self):
        wizards = self.env["lbc.quarter.verify"].with_user(self.users["leading_office"])
        wizard = wizards.create({"version_id": self.version.id, "code": self.version.check_code})
        wizard.action_verify()
        self.assertTrue(wizard.is_same)
        wizard.code = "2222-2222-2222"
        action = wizard.action_verify()
        self.assertEqual(action["name"], "Compare a Printed Code")
        self.assertFalse(wizard.is_same)
        self.assertIn("printed code", wizard.result)
        wizard.code = " - "
        wizard.action_verify()
        self.assertFalse(wizard.is_same)
        self.assertIn("twelve characters", wizard.result)

    def test_the_code_of_another_version_is_recognised(self):
        report, first = self.version.submission_id, self.version
        self.as_role(report, "leading_office")._return("补正")
        self.child.address = "东村二组2号"
        second = self.submit(report.quarter_id).current_version_id
        wizards = self.env["lbc.quarter.verify"].with_user(self.users["leading_office"])
        wizard = wizards.create({"version_id": first.id, "code": second.check_code})
        wizard.action_verify()
        self.assertFalse(wizard.is_same)
        self.assertIn("the code of version 2", wizard.result)
        self.assertNotIn("changed", wizard.result)

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

    def test_all_reports_of_a_quarter_are_verified_at_once(self):
        quarter = self.version.submission_id.quarter_id
        self.submit(self.second.submission_id.quarter_id, self.township_b)
        other = self.submit(quarter, self.township_b).current_version_id
        action = self.as_role(quarter, "leading_office").action_verify()
        self.assertEqual(action["params"]["type"], "success")
        with self.assertRaises(AccessError):
            self.as_role(quarter, "leader").action_verify()
        self.change(
            "lbc_submission_version",
            "UPDATE lbc_submission_version SET closing_count = 9 WHERE id = %s",
            other.id,
        )
        action = self.as_role(quarter, "leading_office").action_verify()
        self.assertIn(other.display_name, action["params"]["message"])
        action = self.as_role(quarter, "township").action_verify()  # finds his own report only
        self.assertEqual(action["params"]["type"], "success")

    def test_the_night_tells_the_data_officer_and_nobody_else(self):
        quarters = self.env["lbc.quarter"]
        officer = self.make_user("officer", "data_officer", self.county)
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        quarters._cron_verify()
        sent = [("id", ">", before), ("model", "=", "lbc.profile")]
        self.assertFalse(self.env["mail.message"].search(sent))
        self.change(
            "lbc_submission_version",
            "UPDATE lbc_submission_version SET closing_count = 9 WHERE id = %s",
            self.second.id,
        )
        quarters._cron_verify()
        message = self.env["mail.message"].search(sent)
        self.assertEqual(message.notified_partner_ids, officer.partner_id)
        self.assertIn(self.second.submission_id.township_id.name, message.body)

    def test_verifying_one_more_version_costs_the_same_statements(self):
        one, two = (
            self.statements(versions) for versions in (self.second, self.second | self.version)
        )
        report = self.version.submission_id
        for number in (1, 2):
            self.as_role(report, "leading_office")._return("补正")
            self.child.address = f"东村二组{number}号"
            self.submit(report.quarter_id)
        three = self.statements(self.second | report.version_ids.sorted("id")[:2])
        self.assertLessEqual(three - two, two - one + 10)

    def statements(self, versions):
        """Return how many statements verifying takes."""
        versions._verify()
        before = self.cr.sql_log_count
        self.assertEqual(versions._verify(), [])
        return self.cr.sql_log_count - before
