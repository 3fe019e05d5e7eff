"""A chain of seals shows every break: a seal missing, changed, or put in place of another."""

import dataclasses
import unittest

from .. import seal


def chain(count):
    """Return a true chain of `count` seals."""
    seals, last = [], seal.START
    for number in range(1, count + 1):
        one = seal.Seal(
            number,
            "rows",
            "2026-11-21",
            "2026-11-21 02:00:00",
            "7",
            str(number),
            2,
            "ab",
            "cd",
            0,
            "",
            last,
        )
        one = dataclasses.replace(one, head=seal.head(one))
        seals.append(one)
        last = one.head
    return seals


class TestSeal(unittest.TestCase):
    def test_a_true_chain_has_no_breaks(self):
        self.assertEqual(list(seal.breaks(chain(3))), [])
        self.assertEqual(list(seal.breaks([])), [])

    def test_a_missing_seal_is_named(self):
        one, _two, three = chain(3)
        self.assertEqual(list(seal.breaks([one, three])), [(2, "missing")])

    def test_a_changed_seal_is_named(self):
        for name, value in (
            ("row_count", 1),
            ("digest", "ff"),
            ("note", "x"),
            ("day", "2026-11-20"),
        ):
            one, two, three = chain(3)
            two = dataclasses.replace(two, **{name: value})
            self.assertEqual(list(seal.breaks([one, two, three])), [(2, "head")], name)

    def test_a_seal_made_anew_no_longer_holds_the_next(self):
        one, two, three = chain(3)
        two = dataclasses.replace(two, row_count=1)
        two = dataclasses.replace(two, head=seal.head(two))
        self.assertEqual(list(seal.breaks([one, two, three])), [(3, "previous")])

    def test_codes_are_read_as_people_type_them(self):
        code = seal.check_code(chain(1)[0].head)
        self.assertEqual(seal.clean_code(code.upper().replace("-", " ")), code)
        for wrong in ("", "1234", code + "0", code.replace(code[0], "x")):
            self.assertIsNone(seal.clean_code(wrong))
