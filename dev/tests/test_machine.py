"""What the platform says when the machine lacks something."""

import contextlib
import os
import socket
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from dev.machine import debian, disk, layout, locks, odoo_tree, ports, python_env
from dev.machine.errors import Trouble

RELEASE = "version_info = ({}, 0, 0, FINAL, 0, '')\n"


class TestPackages(unittest.TestCase):
    def setUp(self):
        packages = {"tool": {"missing-one": lambda: False, "there": lambda: True}}
        self.enterContext(mock.patch.object(debian, "PACKAGES", packages))
        self.enterContext(mock.patch.object(debian, "has", lambda program: program == "apt-get"))
        self.enterContext(mock.patch.object(debian.disk, "need"))
        self.enterContext(mock.patch.object(debian, "step", contextlib.nullcontext))

    def test_a_normal_user_is_told_which_package_is_missing(self):
        with mock.patch.object(os, "geteuid", lambda: 1000):
            with self.assertRaisesRegex(Trouble, "apt-get install .* missing-one`"):
                debian.ensure("tool")

    def test_root_installs_only_what_is_missing(self):
        with mock.patch.object(os, "geteuid", lambda: 0):
            with mock.patch.object(debian, "_install") as install:
                debian.ensure("tool")
        install.assert_called_once_with(["missing-one"])

    def test_another_system(self):
        with mock.patch.object(debian, "has", lambda _program: False):
            with self.assertRaisesRegex(Trouble, "missing-one"):
                debian.ensure("tool")
            with self.assertRaisesRegex(Trouble, "ODOO_HOME"):
                debian.archive()


class TestOdooHome(unittest.TestCase):
    def setUp(self):
        self.home = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(mock.patch.dict(os.environ, {"ODOO_HOME": str(self.home)}))

    def _odoo(self, place, major, *addons):
        package = self.home / place / "odoo"
        package.mkdir(parents=True)
        (package / "release.py").write_text(RELEASE.format(major), encoding="utf-8")
        for addon in addons:
            (self.home / place / addon).mkdir(parents=True)
        return package

    def test_a_source_checkout_has_two_folders_of_addons(self):
        package = self._odoo(".", 19, "odoo/addons/base", "addons/web")
        tree = odoo_tree.find()
        self.assertTrue(tree.given)
        self.assertEqual(tree.addons_paths, [package / "addons", self.home / "addons"])

    def test_a_package_has_one(self):
        package = self._odoo("usr/lib/python3/dist-packages", 19, "odoo/addons/web", "addons/web")
        self.assertEqual(odoo_tree.find().addons_paths, [package / "addons"])

    def test_another_series_is_refused(self):
        self._odoo(".", 18, "odoo/addons/web")
        with self.assertRaisesRegex(Trouble, "Odoo 18.0, this add-on needs Odoo 19.0"):
            odoo_tree.find()

    def test_no_odoo_there(self):
        with self.assertRaisesRegex(Trouble, "holds no Odoo"):
            odoo_tree.find()

    def test_nothing_is_downloaded(self):
        self.assertIsNone(odoo_tree.prefetch())


class TestPlaces(unittest.TestCase):
    def test_root_keeps_its_state_where_postgresql_can_enter(self):
        with mock.patch.object(os, "geteuid", lambda: 0):
            self.assertEqual(layout.state_home().parts[:3], ("/", "var", "lib"))

    def test_others_keep_it_at_home(self):
        with mock.patch.object(os, "geteuid", lambda: 1000):
            with mock.patch.dict(os.environ, {"XDG_STATE_HOME": "/some/where"}):
                self.assertTrue(str(layout.state_home()).startswith("/some/where/"))

    def test_the_path_of_a_socket_is_never_too_long(self):
        with mock.patch.object(os, "geteuid", lambda: 1000):
            with mock.patch.dict(os.environ, {"XDG_STATE_HOME": "/long" * 30}):
                self.assertLess(len(str(layout.socket_dir("test"))), layout.SOCKET_PATH_LIMIT)

    def test_too_little_space_is_seen_before(self):
        with self.assertRaisesRegex(Trouble, "too full: the moon needs 1e\\+09 GB"):
            disk.need(Path("/tmp/not/there/yet"), 1e9, "the moon")


class TestPython(unittest.TestCase):
    def test_a_python_that_odoo_does_not_run_on(self):
        with mock.patch.object(python_env.sys, "version_info", (3, 14, 0)):
            with self.assertRaisesRegex(Trouble, "Python 3.11 to 3.13, this is Python 3.14"):
                python_env._check_python()

    def test_another_lock_file_means_another_environment(self):
        before = python_env._key()
        with mock.patch.object(python_env, "LOCKS", (Path(__file__),)):
            self.assertNotEqual(python_env._key(), before)


class TestPorts(unittest.TestCase):
    def setUp(self):
        self.taken = self.enterContext(socket.socket())
        self.taken.bind(("127.0.0.1", 0))
        self.taken.listen()
        self.port = self.taken.getsockname()[1]

    def test_a_taken_port(self):
        self.assertFalse(ports.is_free(self.port))
        self.assertGreater(ports.next_free(self.port), self.port)

    def test_all_taken(self):
        with self.assertRaisesRegex(Trouble, "PORT="):
            ports.next_free(self.port, tries=1)

    def test_a_strange_interface(self):
        with self.assertRaisesRegex(Trouble, "BIND=192.0.2.1"):
            ports.is_free(ports.free_port(), "192.0.2.1")


class TestLocks(unittest.TestCase):
    def setUp(self):
        self.path = Path(self.enterContext(tempfile.TemporaryDirectory())) / "sub" / "lock"

    def test_one_at_a_time(self):
        with locks.try_exclusive(self.path):
            self.assertIsNone(locks.try_exclusive(self.path))
        with locks.try_exclusive(self.path) as again:
            self.assertTrue(again)

    def test_users_keep_it_from_being_taken_alone(self):
        users = [locks.share(self.path), locks.share(self.path)]
        os.close(users.pop())
        self.assertIsNone(locks.try_exclusive(self.path))
        os.close(users.pop())
        locks.try_exclusive(self.path).close()
