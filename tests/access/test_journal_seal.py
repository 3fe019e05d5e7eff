"""Sealed in order, told every day, verified, purged: every bypass is found and named (issue 3, odoo19_verified)."""

from datetime import date, timedelta
from unittest.mock import patch

from psycopg2 import errors

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time
from odoo.tools import mute_logger

from ...lib import seal
from ...models.access import journal_seal
from .journal_common import JournalCase

HERE = "test-cluster"  # of its own: rows of the running transaction are not complete


class SealCase(JournalCase):
    """Base of tests that seal rows of a cluster of their own."""

    roles = ("data_officer", "civil_affairs", "village", "township")

    def setUp(self):
        super().setUp()
        self.seals = self.env["lbc.journal.seal"]
        for table in ("lbc_journal", "lbc_journal_seal"):  # what was there before
            self.bypass(f"DELETE FROM {table}", table=table)
        self.forge_counter()

    def rows(self, *xids, login="x", at=None):
        """Write rows of these transactions, now or `at`; returns their ids."""
        ids = []
        for xid in xids:
            self.cr.execute(
                "INSERT INTO lbc_journal (at, user_id, login, action, model, groups, record_ids, "
                "record_count, child_count, changes, xid, cluster) "
                "VALUES (%s, 7, %s, 'read', 'lbc.child', 'identity', '{1,2}', 2, 2, "
                "'{\"1\": {}}', %s::text::xid8, %s) RETURNING id",
                [at or fields.Datetime.now(), login, xid, HERE],
            )
            ids.append(self.cr.fetchone()[0])
        return ids

    def forge_counter(self):
        """Set the counter of seals to the last seal that is there, as a forger does."""
        last = self.seals.search([], limit=1).number
        self.cr.execute(f"ALTER SEQUENCE {journal_seal.COUNTER} RESTART WITH {last + 1}")

    def listed(self, one):
        """Return the ids of the rows a seal covers, in its order."""
        self.cr.execute("SELECT row_ids FROM lbc_journal_seal WHERE id = %s", [one.id])
        return self.cr.fetchone()[0]

    def kinds(self, expected=None):
        """Return the kinds of findings of `_verify`, and its sentences as one text."""
        found = self.seals._verify(expected)
        return {kind for kind, _text in found}, "\n".join(text for _kind, text in found)

    def bypass(self, statement, *params, table="lbc_journal"):
        """Do what only the owner of the table can: change it with the trigger off."""
        self.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        self.cr.execute(statement, params)
        self.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestSeal(SealCase):
    def test_a_late_committer_is_sealed_later_and_nothing_twice(self):
        early = self.rows(10, 12)
        [first] = self.seals._seal(until="11")
        self.assertEqual((self.listed(first), first.xid_to), (early[:1], "11"))
        late = self.rows(11)  # began before 12, ends after the first seal
        [second] = self.seals._seal(until="13")
        self.assertEqual(self.listed(second), [late[0], early[1]])
        self.assertFalse(self.seals._seal(until="13"))
        self.assertEqual(self.kinds()[0], set())

    def test_the_running_transaction_is_not_complete(self):
        self.env["lbc.journal"]._note("read", "lbc.child", [1])
        self.cr.flush()
        row = self.env["lbc.journal"].search([], limit=1)
        sealed = self.seals._seal()
        self.assertNotIn(row.id, [one for made in sealed for one in self.listed(made)])

    def test_transactions_are_numbers_and_not_texts(self):
        ids = self.rows(8, 9, 100, 1000)
        [made] = self.seals._seal()
        self.assertEqual((self.listed(made), made.xid_to), (ids, "1001"))
        self.assertFalse(self.seals._seal())

    def test_chunks_end_between_transactions(self):
        ids = self.rows(20, 21, 21, 21, 22)
        with patch.object(journal_seal, "CHUNK", 2):
            made = self.seals._seal()
        self.assertEqual(
            [self.listed(one) for one in made.sorted("number")], [ids[:1], ids[1:4], ids[4:]]
        )
        self.assertEqual(self.kinds()[0], set())

    def test_the_database_and_lib_agree_on_heads_and_codes(self):
        self.rows(30, 31)
        self.seals._seal()
        self.seals._add("purge", purged_to=0, note="原因：试 — ÄÖ\n第二行")
        for one in self.seals.search([])._as_seals():
            self.assertEqual(seal.head(one), one.head)
        last = self.seals.search([], limit=1)
        self.assertEqual(last.check_code, seal.check_code(last.head))

    def test_a_day_ends_with_a_seal_even_if_nothing_happened(self):
        with freeze_time("2026-11-20 16:30:00"):  # half past midnight of the 21st in Shanghai
            self.rows(50)
            self.seals._cron_daily()
            self.seals._cron_daily()
        [closed] = self.seals.search([("kind", "=", "day")])
        self.assertEqual((closed.day, closed.row_count), (date(2026, 11, 20), 0))
        message = self.env["mail.message"].search([("subject", "like", closed.check_code)])
        self.assertEqual(message.partner_ids, self.users["data_officer"].partner_id)
        self.assertIn(closed.check_code, message.body)
        expected = {closed.day: closed.check_code}
        self.assertEqual(self.kinds(expected), (set(), ""))


@tagged("post_install", "-at_install")
class TestTwoSealers(JournalCase):
    roles = ()

    def test_another_sealer_at_work_is_left_alone(self):
        with self.registry.cursor() as other:
            other.execute("SELECT pg_advisory_xact_lock(%s)", [journal_seal.LOCK])
            self.assertFalse(self.env["lbc.journal.seal"]._lock_sealer())
        self.assertTrue(self.env["lbc.journal.seal"]._lock_sealer())


@tagged("post_install", "-at_install")
class TestVerify(SealCase):
    def setUp(self):
        super().setUp()
        self.ids = self.rows(10, 11, 12)
        [self.first] = self.seals._seal(until="12")
        [self.second] = self.seals._seal(until="13")
        self.assertEqual(self.kinds(), (set(), ""))

    def test_a_trigger_switched_off_or_gone_is_named(self):
        self.cr.execute("ALTER TABLE lbc_journal DISABLE TRIGGER lbc_journal_append_only_row")
        kinds, text = self.kinds()
        self.assertEqual(kinds, {"trigger"})
        self.assertIn("lbc_journal_append_only_row", text)
        self.cr.execute("DROP TRIGGER lbc_journal_seal_append_only_table ON lbc_journal_seal")
        self.assertIn("lbc_journal_seal_append_only_table", self.kinds()[1])

    def test_the_triggers_of_every_frozen_table_are_watched(self):
        for table in ("lbc_snapshot", "lbc_statistic"):
            self.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only_row")
            kinds, text = self.kinds()
            self.assertEqual(kinds, {"trigger"})
            self.assertIn(f"{table}_append_only_row", text)

    def test_a_trigger_emptied_is_named(self):
        self.cr.execute(
            "CREATE OR REPLACE FUNCTION lbc_append_only() RETURNS trigger "
            "AS 'BEGIN RETURN NEW; END' LANGUAGE plpgsql"
        )
        self.assertEqual(self.kinds()[0], {"trigger"})

    def test_a_trigger_weakened_is_named(self):
        name = "lbc_journal_append_only_row"
        for definition in (
            "BEFORE UPDATE OR DELETE ON lbc_journal FOR EACH ROW WHEN (false)",
            "BEFORE UPDATE ON lbc_journal FOR EACH ROW",
            "BEFORE DELETE OR UPDATE OF login ON lbc_journal FOR EACH ROW",
            "AFTER UPDATE OR DELETE ON lbc_journal FOR EACH STATEMENT",
        ):
            with self.cr.savepoint(flush=False) as savepoint:
                self.cr.execute(f"DROP TRIGGER {name} ON lbc_journal")
                self.cr.execute(
                    f"CREATE TRIGGER {name} {definition} EXECUTE FUNCTION lbc_append_only()"
                )
                kinds, text = self.kinds()
                savepoint.rollback()
            self.assertEqual(kinds, {"trigger"}, definition)
            self.assertIn(name, text)

    def test_a_rule_that_swallows_rows_is_named(self):
        self.cr.execute("CREATE RULE quiet AS ON INSERT TO lbc_journal DO INSTEAD NOTHING")
        kinds, text = self.kinds()
        self.assertEqual(kinds, {"trigger"})
        self.assertIn("quiet", text)

    def test_altered_rows_are_named(self):
        for column in (
            "login = 'y'",
            "child_ids = '{9}'",
            "at = at + interval '1 second'",
            "changes = NULL",
            "role = ''",
        ):
            with self.cr.savepoint(flush=False) as savepoint:
                self.bypass(f"UPDATE lbc_journal SET {column} WHERE id = %s", self.ids[1])
                kinds, text = self.kinds()
                savepoint.rollback()
            self.assertEqual(kinds, {"altered", "batch"}, column)
            self.assertIn(f"seal {self.first.number} were altered: {self.ids[1]}.", text)

    def test_rows_gone_are_named(self):
        self.bypass("DELETE FROM lbc_journal WHERE id = ANY(%s)", self.ids[:2])
        kinds, text = self.kinds()
        self.assertEqual(kinds, {"gone", "batch"})
        self.assertIn(
            f"2 rows of seal {self.first.number} are gone: {self.ids[0]}, {self.ids[1]}.", text
        )

    def test_rows_slipped_in_are_named(self):
        [late] = self.rows(11)
        kinds, text = self.kinds()
        self.assertEqual(kinds, {"inserted"})
        self.assertIn(str(late), text)

    def test_a_row_with_its_list_altered_is_found(self):
        self.bypass("DELETE FROM lbc_journal WHERE id = %s", self.ids[0])
        self.bypass(
            "UPDATE lbc_journal_seal SET row_ids = row_ids[2:], row_digests = substr(row_digests, 9), "
            "row_count = 1 WHERE id = %s",
            self.first.id,
            table="lbc_journal_seal",
        )
        self.assertEqual(self.kinds()[0], {"batch", "seal"})

    def test_a_seal_altered_or_gone_is_named(self):
        with self.cr.savepoint(flush=False) as savepoint:
            self.bypass(
                "UPDATE lbc_journal_seal SET row_count = 9 WHERE id = %s",
                self.first.id,
                table="lbc_journal_seal",
            )
            self.assertIn(f"Seal {self.first.number} was altered.", self.kinds()[1])
            savepoint.rollback()
        self.env.invalidate_all()
        number = self.first.number
        self.bypass(
            "DELETE FROM lbc_journal_seal WHERE id = %s", self.first.id, table="lbc_journal_seal"
        )
        kinds, text = self.kinds()
        self.assertIn("seal", kinds)
        self.assertIn(f"Seal {number} is gone.", text)

    def test_a_tail_cut_off_is_named_before_and_after_the_next_seal(self):
        number = self.second.number
        self.bypass("DELETE FROM lbc_journal WHERE id = %s", self.ids[2])
        self.bypass(
            "DELETE FROM lbc_journal_seal WHERE id = %s", self.second.id, table="lbc_journal_seal"
        )
        for more in ((), (14,)):
            self.rows(*more)
            self.seals._seal(until="15")
            kinds, text = self.kinds()
            self.assertEqual(kinds, {"seal"}, more)
            self.assertIn(f"Seal {number} is gone.", text)
        self.assertEqual(self.seals.search([], limit=1).number, number + 1)

    def test_a_seal_rolled_back_leaves_no_gap(self):
        with self.cr.savepoint(flush=False) as savepoint:
            self.rows(14)
            self.seals._seal(until="15")
            savepoint.rollback()
        self.env.invalidate_all()
        self.rows(14)
        [third] = self.seals._seal(until="15")
        self.assertEqual(third.number, self.second.number + 1)
        self.assertEqual(self.kinds(), (set(), ""))

    def test_rows_with_another_time_than_their_seal_are_named(self):
        now = fields.Datetime.now()
        [early] = self.rows(15, at="2026-01-01 00:00:00")
        [late] = self.rows(16, at=now + timedelta(hours=2))
        self.rows(17, at=now - timedelta(hours=20))  # a long transaction
        for sealed in (False, True):
            if sealed:
                with freeze_time(now + timedelta(minutes=10)):
                    self.seals._seal(until="18")
            kinds, text = self.kinds()
            self.assertEqual(kinds, {"time"}, sealed)
            self.assertIn(f"{early}, {late}." if sealed else str(early), text)

    def test_a_backlog_sealed_in_chunks_is_in_its_time(self):
        with freeze_time(fields.Datetime.now() + timedelta(days=6)):
            for xid in (20, 21, 22):
                self.rows(xid, at=fields.Datetime.now() - timedelta(days=23 - xid))
            with patch.object(journal_seal, "CHUNK", 1):
                self.assertEqual(len(self.seals._seal(until="23")), 3)
        self.assertEqual(self.kinds(), (set(), ""))

    def test_a_chain_computed_anew_disagrees_with_the_paper(self):
        day = self.second.day
        paper = {day: self.second.check_code.upper()}
        self.assertEqual(self.kinds(paper), (set(), ""))
        self.bypass("UPDATE lbc_journal SET login = 'nobody' WHERE id = %s", self.ids[0])
        seals = self.seals.search([("number", ">=", self.first.number)])
        self.bypass(
            "DELETE FROM lbc_journal_seal WHERE id = ANY(%s)", seals.ids, table="lbc_journal_seal"
        )
        self.forge_counter()
        self.seals._seal(until="13")
        self.assertEqual(self.kinds(), (set(), ""))  # by itself the database looks sound
        kinds, text = self.kinds(paper)
        self.assertEqual(kinds, {"code"})
        self.assertIn(str(day), text)

    def test_a_chain_computed_anew_under_the_old_codes_disagrees_with_the_paper(self):
        day, paper = self.second.day, self.second.check_code
        codes = {one.number: one.check_code for one in self.first | self.second}
        self.bypass("UPDATE lbc_journal SET login = 'nobody' WHERE id = %s", self.ids[0])
        self.bypass(
            "DELETE FROM lbc_journal_seal WHERE id = ANY(%s)",
            (self.first | self.second).ids,
            table="lbc_journal_seal",
        )
        self.forge_counter()
        self.seals._seal(until="12")
        self.seals._seal(until="13")
        for number, code in codes.items():
            self.bypass(
                "UPDATE lbc_journal_seal SET check_code = %s WHERE number = %s",
                code,
                number,
                table="lbc_journal_seal",
            )
        self.assertEqual(self.second.search([], limit=1).check_code, paper)
        kinds, text = self.kinds({day: paper})
        self.assertIn("code", kinds)
        self.assertIn("The check code of seal", text)

    def test_the_page_shows_what_was_found(self):
        wizard = self.env["lbc.journal.verify"].with_user(self.users["data_officer"])
        wizard = wizard.create({"day": self.second.day, "code": self.second.check_code})
        wizard.action_verify()
        self.assertEqual((wizard.state, wizard.line_ids.ids), ("sound", []))
        self.bypass("DELETE FROM lbc_journal WHERE id = %s", self.ids[0])
        wizard.action_verify()
        self.assertEqual(wizard.state, "unsound")
        self.assertIn("gone", wizard.line_ids.mapped("kind"))

    def test_only_the_data_officer_verifies_and_purges(self):
        for role in ("civil_affairs", "village", "township"):
            for model in ("lbc.journal.verify", "lbc.journal.purge"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(self.users[role]).create({})


@tagged("post_install", "-at_install")
class TestPurge(SealCase):
    def setUp(self):
        super().setUp()
        with freeze_time("2015-01-05 03:00:00"):
            self.old = self.rows(10, 11)
            [self.old_seal] = self.seals._seal(until="12")
        self.young = self.rows(13)
        [self.young_seal] = self.seals._seal(until="14")

    def purge(self):
        wizard = self.env["lbc.journal.purge"].with_user(self.users["data_officer"])
        wizard = wizard.create({"reason": "档案鉴定 2026-3号"})
        self.assertGreaterEqual(wizard.row_count, 2)
        wizard.action_purge()

    def left(self):
        self.cr.execute("SELECT id FROM lbc_journal WHERE id = ANY(%s)", [self.old + self.young])
        return [row[0] for row in self.cr.fetchall()]

    def test_old_rows_go_seals_stay_and_verify_understands(self):
        self.rows_since()
        self.purge()
        self.assertEqual(self.left(), self.young)
        last = self.seals.search([], limit=1)
        self.assertEqual((last.kind, last.purged_to), ("purge", self.old_seal.number))
        self.assertIn(" rows, test_data_officer: 档案鉴定 2026-3号", last.note)
        self.assertTrue(self.old_seal.exists())
        self.assertIn("purge", self.rows_since().mapped("action"))
        self.assertEqual(self.kinds(), (set(), ""))
        with self.assertRaises(UserError):
            self.seals._purge("again")

    def test_rows_that_come_back_are_named(self):
        self.purge()
        self.rows(10)
        self.cr.execute("SELECT max(id) FROM lbc_journal")
        self.assertEqual(self.kinds()[0], {"inserted"})

    def test_an_unsound_journal_is_not_purged(self):
        self.bypass("UPDATE lbc_journal SET login = 'y' WHERE id = %s", self.young[0])
        with self.assertRaises(UserError):
            self.seals._purge("x")
        self.assertEqual(sorted(self.left()), sorted(self.old + self.young))

    def test_retention_is_at_least_three_years(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(errors.CheckViolation),
            self.cr.savepoint(),
        ):
            self.profile.journal_retention_years = 2
            self.profile.flush_recordset()
        self.profile.journal_retention_years = 100
        self.assertFalse(self.seals._purgeable())


@tagged("post_install", "-at_install")
class TestMonthlyReport(SealCase):
    def test_the_report_counts_and_prints_the_codes(self):
        child = self.make_on_ledger()
        self.as_role(child, "village").read(["name"])
        self.as_role(child, "village").living_with = "alone"
        self.cr.flush()
        self.rows(60)
        [made] = self.seals._seal(until="61")
        today = made.day
        wizard = self.env["lbc.journal.report"].with_user(self.users["civil_affairs"])
        wizard = wizard.create({"year": today.year, "month": str(today.month)})
        self.assertEqual(
            wizard.action_print()["report_name"], "left_behind_children.journal_report_document"
        )
        figures = wizard._figures()
        looks = {(row["role"], row["group"]): row["files"] for row in figures["looks"]}
        self.assertEqual(looks["Child Director (Village)", "Identity"], 1)
        self.assertEqual([row["code"] for row in figures["days"]], [made.check_code])
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.users["civil_affairs"])
            ._render_qweb_html("left_behind_children.journal_report_document", wizard.ids)
        )
        self.assertIn(made.check_code, html.decode())
        with self.assertRaises(AccessError):
            self.env["lbc.journal.report"].with_user(self.users["village"]).create({})
