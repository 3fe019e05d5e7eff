"""Identity numbers: GB 11643, what people type, what Excel destroys."""

import unittest
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from .. import identity

REGIONS = st.sampled_from(["500199", "110105", "810000", "820000", "830000", "659001"])
BIRTHS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@st.composite
def numbers(draw, births=BIRTHS):
    """Synthetic numbers with a right check digit."""
    first17 = f"{draw(REGIONS)}{draw(births):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first17 + identity.check_digit(first17)


class TestParse(unittest.TestCase):
    def refused(self, text):
        with self.assertRaises(identity.IdNumberError) as caught:
            identity.parse(text)
        self.assertIsInstance(caught.exception, ValueError)
        return caught.exception

    def test_known_numbers(self):
        known = identity.parse("11010519491231002X")
        self.assertEqual(known, ("11010519491231002X", date(1949, 12, 31), "female", "110105"))
        self.assertEqual(identity.parse("500199201201290013").birth_date, date(2012, 1, 29))
        self.assertEqual(identity.parse("500199201201290013").sex, "male")

    def test_reasons(self):
        for text, code in (
            (None, "length"),
            ("", "length"),
            ("12345", "length"),
            ("5001992012012900133", "length"),
            ("50019920120129OO15", "characters"),
            ("X00199201201290015", "characters"),
            ("0" * 18, "characters"),
            ("٥٠٠١٩٩٢٠١٢٠١٢٩٠٠١٥", "characters"),
            ("500199201202300015", "date"),
            ("500199189912310015", "date"),
            ("500199201201290016", "check_digit"),
        ):
            self.assertEqual(self.refused(text).code, code, text)

    def test_a_message_never_contains_the_number(self):
        for text in ("500199201201290016", "500199201202300015", "5001992012012900"):
            self.assertNotRegex(str(self.refused(text)), r"[0-9]{4,}")

    def test_residence_permits_of_hong_kong_macao_and_taiwan(self):
        self.assertEqual(identity.parse("810000199408230021").region, "810000")
        self.assertEqual(identity.parse("830000199201300022").birth_date, date(1992, 1, 30))

    def test_old_number(self):
        self.assertEqual(identity.parse("110105491231002").number, "11010519491231002X")
        self.assertEqual(self.refused("110105491331002").code, "date")
        self.assertEqual(self.refused("11010549123100X").code, "characters")
        with self.assertRaises(identity.IdNumberError):
            identity.upgrade15("1101054912310")

    @given(numbers())
    def test_round_trip(self, number):
        parsed = identity.parse(number)
        self.assertEqual(parsed.number, number)
        self.assertEqual(f"{parsed.birth_date:%Y%m%d}", number[6:14])
        self.assertEqual(parsed.sex == "male", int(number[16]) % 2 == 1)

    @given(numbers(st.dates(date(1900, 1, 1), date(1999, 12, 31))))
    def test_old_numbers_become_the_new_ones(self, number):
        self.assertEqual(identity.parse(number[:6] + number[8:17]).number, number)

    @given(numbers(), st.integers(0, 16), st.integers(1, 9))
    def test_one_wrong_digit_is_always_found(self, number, place, shift):
        wrong = (int(number[place]) + shift) % 10
        self.refused(number[:place] + str(wrong) + number[place + 1 :])

    @given(numbers(), st.integers(0, 15))
    def test_two_neighbours_exchanged_are_always_found(self, number, place):
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        if swapped != number:
            self.refused(swapped)


class TestNormalise(unittest.TestCase):
    def test_as_people_type(self):
        for text in (
            "'500199201201290013",
            "‘500199201201290013",
            "５００１９９２０１２０１２９００１３",
            " 500199 20120129 0013\n",
            "500199\u300020120129\u200b0013\ufeff",
            '"500199201201290013"',
        ):
            self.assertEqual(identity.normalise(text), "500199201201290013")
        self.assertEqual(identity.normalise("11010519491231002ｘ"), "11010519491231002X")
        self.assertEqual(identity.normalise(None), "")
        self.assertEqual(identity.normalise(False), "")
        self.assertEqual(identity.normalise(110105491231002.0), "110105491231002")

    @given(st.text())
    def test_idempotent(self, text):
        once = identity.normalise(text)
        self.assertEqual(identity.normalise(once), once)

    @given(numbers(), st.lists(st.sampled_from(" \t\u3000\u200b'’"), min_size=19, max_size=19))
    def test_blanks_and_quotes_change_nothing(self, number, between):
        typed = "".join(blank + digit for blank, digit in zip(between, number, strict=False))
        self.assertEqual(identity.parse(typed.lower()).number, number)


class TestExcel(unittest.TestCase):
    def test_destroyed(self):
        for value in (
            5.001992023072156e17,
            500199202307215600,
            10**15,
            "5.00199E+17",
            " ５.００１９９e+１７ ",
        ):
            self.assertTrue(identity.excel_destroyed(value), value)

    def test_intact(self):
        for value in (
            None,
            True,
            "",
            "500199202307215600",
            110105491231002,
            42600.5,
            float("nan"),
            float("inf"),
            "E",
        ):
            self.assertFalse(identity.excel_destroyed(value), value)

    @given(st.integers(10**17, 10**18 - 1))
    @example(500199202307215607)
    def test_every_number_of_eighteen_digits_is_destroyed(self, number):
        self.assertTrue(identity.excel_destroyed(float(number)))
