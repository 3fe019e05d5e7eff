"""Digests: equal rows have equal codes, different rows never share an encoding (architecture.md, idea 6)."""

import unicodedata
import unittest
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from .. import digest

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
    st.text(),
    st.dates(),
    st.datetimes(),
)
ROWS = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4), max_leaves=12)


def same(one, other):
    """Tell whether two objects are the same value of the same type: what the encoding promises to keep apart."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, str) and isinstance(other, str):
        return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    return type(one) is type(other) and one == other


class TestCanonical(unittest.TestCase):
    def test_the_encoding_is_frozen(self):
        # Codes made of these bytes are printed on sealed covers: a failure here is a broken promise, not an old test.
        row = [
            "张",
            None,
            True,
            False,
            -7,
            Decimal("1.50"),
            date(2026, 9, 20),
            datetime(2026, 9, 20, 15, 59, 59),
        ]
        self.assertEqual(
            digest.canonical(row),
            b"l8:s3:\xe5\xbc\xa0ntfi2:-7d3:1.5D10:2026-09-20T26:2026-09-20T15:59:59.000000",
        )
        self.assertEqual(digest.canonical([]), b"l0:")
        self.assertEqual(digest.canonical([[1], []]), b"l2:l1:i1:1l0:")
        self.assertEqual(digest.short_code(digest.sha256(row)), "J44C-QJD3-3HJX")

    def test_equal_values(self):
        for one, other in (
            ("e\u0301", "é"),
            (Decimal("1.50"), Decimal("1.5")),
            (Decimal("1E+2"), Decimal(100)),
            (Decimal("-0.0"), Decimal(0)),
            ((1, 2), [1, 2]),
            (datetime(2026, 1, 1), datetime(2026, 1, 1, 8, tzinfo=timezone(timedelta(hours=8)))),
        ):
            self.assertEqual(digest.canonical(one), digest.canonical(other))

    def test_refused(self):
        for value in (1.5, {}, b"", object(), {1}, [1.5]):
            with self.assertRaises(TypeError):
                digest.canonical(value)
        for value in (Decimal("NaN"), Decimal("Infinity")):
            with self.assertRaises(ValueError):
                digest.canonical(value)

    @given(ROWS, ROWS)
    def test_different_values_differ(self, one, other):
        self.assertEqual(digest.canonical(one) == digest.canonical(other), same(one, other))

    @given(ROWS, ROWS)
    def test_no_row_is_the_beginning_of_another(self, one, other):
        first, second = digest.canonical(one), digest.canonical(other)
        self.assertTrue(first == second or not second.startswith(first))


class TestDigest(unittest.TestCase):
    def test_rows_in_order(self):
        self.assertEqual(digest.sha256_rows(iter([[1], [2]])), digest.sha256_rows([[1], [2]]))
        self.assertNotEqual(digest.sha256_rows([[1], [2]]), digest.sha256_rows([[2], [1]]))
        self.assertEqual(digest.sha256_rows([[1]]), digest.sha256([1]))
        self.assertEqual(digest.sha256_rows([]), digest.sha256_bytes(b""))

    @given(st.binary(min_size=32, max_size=32))
    def test_short_code(self, raw):
        code = digest.short_code(raw.hex())
        self.assertRegex(code, r"^([2-9A-HJKMNP-TV-Z]{4}-){2}[2-9A-HJKMNP-TV-Z]{4}$")
        self.assertEqual(digest.short_code(raw.hex().upper()), code)
        self.assertTrue(digest.same_code(code.lower().replace("-", " "), code))

    def test_same_code(self):
        self.assertFalse(digest.same_code("", ""))
        self.assertFalse(digest.same_code(None, "2222-2222-2222"))
        self.assertFalse(digest.same_code("2222-2222-2223", "2222-2222-2222"))
        self.assertFalse(digest.same_code("张", "2222-2222-2222"))
