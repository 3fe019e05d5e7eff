"""Counting: what Odoo's log, unittest, catalogues and tables are read as."""

import unittest

import polib

from dev.checks import files, terms, unit
from dev.checks.odoo_log import OdooLog

TESTS = "odoo.addons.left_behind_children.tests.test_a"
BEGIN = "2026-01-31 08:00:00,123 4567"
RESULT = (
    BEGIN
    + " INFO db odoo.tests.result: {} failed, {} error(s) of {} tests when loading database 'db' "
)


def _read(*lines, code=0):
    log = OdooLog()
    shown = [line for line in lines if log.feed(line)]
    return log.outcome(code), shown


def _record(level, message):
    return f"{BEGIN} {level} db {TESTS}: {message}"


class TestOdooLog(unittest.TestCase):
    def test_all_pass(self):
        outcome, shown = _read(
            _record("INFO", "Starting TestA.test_x ... "),
            _record("INFO", "Starting TestA.test_y ... "),
            RESULT.format(0, 0, 2),
        )
        self.assertEqual(outcome, (2, []))
        self.assertEqual(shown, [])

    def test_a_failure_is_named_and_shown_with_its_traceback(self):
        lines = (
            _record("ERROR", "FAIL: TestA.test_x"),
            "Traceback (most recent call last):",
            "AssertionError: 1 != 2",
        )
        outcome, shown = _read(
            _record("INFO", "Starting TestA.test_x ... "),
            *lines,
            _record("INFO", "Starting TestA.test_y ... "),
            RESULT.format(1, 0, 2),
            code=1,
        )
        self.assertEqual(outcome, (1, ["TestA.test_x"]))
        self.assertEqual(shown, list(lines))

    def test_failed_sub_tests_are_one_failed_test(self):
        outcome, _shown = _read(
            _record("INFO", "Starting TestA.test_x ... "),
            _record("ERROR", "FAIL: Subtest TestA.test_x (<subtest>)"),
            _record("ERROR", "FAIL: Subtest TestA.test_x (<subtest>)"),
            RESULT.format(2, 0, 1),
            code=1,
        )
        self.assertEqual(outcome, (0, ["TestA.test_x"]))

    def test_two_classes_that_cannot_be_set_up_are_two_failures(self):
        outcome, _shown = _read(
            _record("ERROR", f"ERROR: setUpClass ({TESTS}.TestA)"),
            _record("ERROR", f"ERROR: setUpClass ({TESTS}.TestB)"),
            RESULT.format(0, 2, 0),
            code=1,
        )
        self.assertEqual(len(outcome[1]), 2)

    def test_a_skipped_test_is_not_counted_as_passed(self):
        outcome, _shown = _read(
            _record("INFO", "Starting TestA.test_x ... "),
            _record("INFO", "skipped TestA.test_x : no reason"),
            RESULT.format(0, 0, 1),
        )
        self.assertEqual(outcome, (0, []))

    def test_a_tour_skipped_for_want_of_a_browser_has_failed(self):
        outcome, _shown = _read(
            _record("INFO", "Starting TestA.test_x ... "),
            _record("INFO", "skipped TestA.test_x : Chrome executable not found"),
            RESULT.format(0, 0, 1),
        )
        self.assertEqual(outcome, (0, ["TestA.test_x"]))

    def test_an_end_before_the_result_is_a_failure(self):
        outcome, _shown = _read(_record("INFO", "Starting TestA.test_x ... "), code=-9)
        self.assertEqual(len(outcome[1]), 1)
        self.assertIn("TestA.test_x", outcome[1][0])

    def test_a_bad_exit_code_is_a_failure(self):
        self.assertEqual(len(_read(RESULT.format(0, 0, 0), code=255)[0][1]), 1)


class TestUnittest(unittest.TestCase):
    def test_counts(self):
        self.assertEqual(unit.count("Ran 12 tests in 0.1s\n\nOK\n", 0), (12, []))
        self.assertEqual(unit.count("Ran 12 tests in 0.1s\n\nOK (skipped=2)\n", 0), (10, []))

    def test_failures_have_names(self):
        output = (
            "ERROR: test_x (lib.tests.test_a.A.test_x)\nFAIL: test_y (lib.tests.B.test_y) (case=1)\n"
            "FAIL: test_y (lib.tests.B.test_y) (case=2)\nRan 5 tests in 0.1s\n\nFAILED (errors=1)\n"
        )
        passed, failed = unit.count(output, 1)
        self.assertEqual(passed, 3)
        self.assertEqual(len(failed), 2)

    def test_nothing_ran(self):
        self.assertEqual(unit.count("ImportError", 1)[0], 0)
        self.assertEqual(len(unit.count("ImportError", 1)[1]), 1)


def _catalogue(**terms_):
    return [polib.POEntry(msgid=text, msgstr=chinese) for text, chinese in terms_.items()]


class TestTerms(unittest.TestCase):
    def test_complete(self):
        self.assertEqual(terms.problems(_catalogue(Child=""), _catalogue(Child="儿童")), [])

    def test_no_terms_need_no_catalogue(self):
        self.assertEqual(terms.problems([], None), [])
        self.assertEqual(len(terms.problems(_catalogue(Child=""), None)), 1)

    def test_each_kind_of_problem_is_named(self):
        for catalogue, word in (
            (_catalogue(), "not in the catalogue"),
            (_catalogue(Child=""), "not translated"),
            (_catalogue(Child="儿童", Old="旧"), "left over"),
            (_catalogue(Child="儿童 %s"), "placeholders differ"),
            ([*_catalogue(Child="儿童"), polib.POEntry(msgid="Old", obsolete=True)], "obsolete"),
        ):
            with self.subTest(word):
                found = terms.problems(_catalogue(Child=""), catalogue)
                self.assertEqual(len(found), 2)  # the problem and the hint
                self.assertIn(word, found[0])

    def test_placeholders_may_change_their_order(self):
        wanted = _catalogue(**{"%(a)s of %(b)s": ""})
        found = _catalogue(**{"%(a)s of %(b)s": "%(b)s的%(a)s"})
        self.assertEqual(terms.problems(wanted, found), [])


class TestTables(unittest.TestCase):
    HEADER = [*files.RIGHTS, *files.PERMISSIONS]

    def test_ragged_rows_and_headings(self):
        self.assertEqual(files.table_problems([["a", "b"], ["1", "2"]]), [])
        self.assertEqual(len(files.table_problems([["a", "b"], ["1"], ["1", "2", "3"]])), 2)
        self.assertEqual(len(files.table_problems([["a", "a"]])), 1)
        self.assertEqual(len(files.table_problems([])), 1)

    def test_rights(self):
        row = ["x", "x", "model_x", "group_x", "1", "0", "0", "0"]
        self.assertEqual(files.rights_problems([self.HEADER, row]), [])
        for change, count in (({3: ""}, 1), ({4: "yes"}, 1)):
            broken = [change.get(place, cell) for place, cell in enumerate(row)]
            self.assertEqual(len(files.rights_problems([self.HEADER, broken])), count)
        self.assertEqual(len(files.rights_problems([self.HEADER, row, row])), 1)
