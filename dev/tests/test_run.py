"""`make run`: ports, names, the table of logins, when an upgrade is due."""

import socket
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from dev.commands import run
from dev.machine import databases, district, layout, odoo_run
from dev.machine.errors import Trouble
from dev.machine.running import Running


class TestPort(unittest.TestCase):
    def test_no_number(self):
        for text in ("x", "0", "65536", "-1", "80 69"):
            with self.subTest(text), self.assertRaisesRegex(Trouble, "is no port"):
                run.choose_port(text, "127.0.0.1")

    def test_a_wanted_port_that_is_taken_is_an_error(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            with self.assertRaisesRegex(Trouble, f"Port {port} is taken"):
                run.choose_port(str(port), "127.0.0.1")

    def test_without_a_wish_the_next_free_one_serves(self):
        with mock.patch.object(run.ports, "is_free", lambda port, _interface: port > 8070):
            with mock.patch.object(run, "say"):
                self.assertEqual(run.choose_port(None, "127.0.0.1"), 8071)


class TestTable(unittest.TestCase):
    def test_chinese_is_two_columns_wide(self):
        text = run.table([("a", "b"), ("儿童", "x"), ("abc", "y")])
        self.assertEqual(text.splitlines()[2:], ["  儿童   x", "  abc    y"])


class TestDatabases(unittest.TestCase):
    def test_names(self):
        for name, plain in (("lbc", True), ("a-b", False), ("1a", False), ("a;b", False)):
            self.assertEqual(databases.is_plain(name), plain, name)

    def test_quoting(self):
        self.assertEqual(databases.quote("it's"), "'it''s'")
        self.assertEqual(databases.identifier('a"b'), '"a""b"')

    def test_an_unknown_size_is_named(self):
        with self.assertRaisesRegex(Trouble, "DEMO=huge is unknown: use one of district"):
            district.prepare(None, "lbc", "huge")


class TestCode(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(mock.patch.object(layout, "CHECKOUT", self.folder))
        self._write("models/a.py", "1")
        self.before = district.code_digest()

    def _write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def test_a_changed_model_or_view_calls_for_an_upgrade(self):
        for name in ("models/a.py", "views/b.xml", "models/tests/c.py"):
            with self.subTest(name):
                self._write(name, "2")
                self.assertNotEqual(district.code_digest(), self.before)

    def test_other_files_do_not(self):
        for name in ("dev/a.py", "tests/a.py", "README.md", ".git/a.py", "models/__pycache__/a.py"):
            self._write(name, "2")
        self.assertEqual(district.code_digest(), self.before)


class TestRunning(unittest.TestCase):
    def setUp(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(mock.patch.object(layout, "state_home", lambda: folder))

    def test_only_one_serves_and_the_other_knows_where(self):
        first, second = Running(), Running()
        self.assertTrue(first.claim())
        first.write(url="http://localhost:1", database="lbc", ready=True)
        self.assertFalse(second.claim())
        self.assertEqual(second.read()["url"], "http://localhost:1")
        first.leave()
        self.assertTrue(second.claim())
        self.assertEqual(second.read(), {})
        second.leave()


class TestCommandLine(unittest.TestCase):
    def test_server_commands_get_a_port(self):
        for words in (["-d", "x"], ["server", "-d", "x"], []):
            with self.subTest(words):
                self.assertTrue(odoo_run.with_port(words)[-1].startswith("--http-port="))

    def test_others_do_not(self):
        for words in (
            ["shell", "-d", "x"],
            ["-d", "x", "--http-port", "1"],
            ["-d", "x", "--no-http"],
        ):
            with self.subTest(words):
                self.assertEqual(odoo_run.with_port(words), words)

    def test_options_are_found_in_both_forms(self):
        self.assertEqual(odoo_run.option(["-d", "x", "-i", "y"], "-i", "--init"), "y")
        self.assertEqual(odoo_run.option(["--database=x"], "-d", "--database"), "x")
        self.assertIsNone(odoo_run.option(["shell"], "-d", "--database"))
