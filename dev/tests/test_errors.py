"""Every failure is one clear sentence and an exit code."""

import contextlib
import errno
import io
import unittest

from dev.machine import errors


def _leave(main):
    """Run ``main`` under guard; return the exit code and what was said."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        try:
            errors.guard(main)
        except SystemExit as end:
            return end.code, said.getvalue()
    raise AssertionError("guard must leave the process")


def _raise(error):
    def main():
        raise error

    return main


class TestGuard(unittest.TestCase):
    def test_success_is_silent(self):
        self.assertEqual(_leave(lambda: None), (0, ""))

    def test_exit_code_is_passed_on(self):
        self.assertEqual(_leave(lambda: 3), (3, ""))

    def test_trouble_is_one_sentence(self):
        self.assertEqual(_leave(_raise(errors.Trouble("No."))), (1, "error: No.\n"))

    def test_full_disk(self):
        code, said = _leave(_raise(OSError(errno.ENOSPC, "No space left on device")))
        self.assertEqual(code, 1)
        self.assertEqual(said.count("\n"), 1)
        self.assertIn("disk is full", said)

    def test_no_permission_names_the_file(self):
        code, said = _leave(_raise(PermissionError(errno.EACCES, "denied", "/x/y")))
        self.assertEqual(code, 1)
        self.assertIn("/x/y", said)

    def test_ctrl_c(self):
        self.assertEqual(_leave(_raise(KeyboardInterrupt()))[0], 130)

    def test_a_bug_shows_where(self):
        code, said = _leave(_raise(ValueError("odd")))
        self.assertEqual(code, 70)
        self.assertIn("Traceback", said)


class TestExplain(unittest.TestCase):
    def test_known_causes(self):
        for output, word in (
            ("E: Write error - write (28: No space left on device)", "disk"),
            ("W: Temporary failure resolving 'archive.example'", "network"),
            ("Failed to establish a new connection: [Errno 101]", "network"),
        ):
            with self.subTest(output):
                self.assertIn(word, errors.explain(output, "else"))

    def test_unknown_cause(self):
        self.assertEqual(errors.explain("odd", "else"), "else")
