"""Ages and months by the calendar (domain.md §B.15, §C.6 cases 1 and 16)."""

import unittest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from .. import ages

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(-240, 240)
READINGS = st.sampled_from(ages.REACHED_ON)


class TestAge(unittest.TestCase):
    def test_sixteenth_birthday(self):
        born = date(2010, 9, 10)
        self.assertEqual(ages.age_on(born, date(2026, 9, 9)), 15)
        self.assertEqual(ages.age_on(born, date(2026, 9, 10)), 16)
        self.assertEqual(ages.age_on(born, date(2026, 9, 10), "day_after"), 15)
        self.assertEqual(ages.age_on(born, date(2026, 9, 11), "day_after"), 16)

    def test_born_on_leap_day(self):
        born = date(2012, 2, 29)
        self.assertEqual(ages.birthday(born, 16), date(2028, 2, 29))
        self.assertEqual(ages.birthday(born, 14), date(2026, 2, 28))
        self.assertEqual(ages.age_on(born, date(2026, 2, 27)), 13)
        self.assertEqual(ages.age_on(born, date(2026, 2, 28)), 14)
        self.assertEqual(ages.age_on(born, date(2026, 2, 28), "day_after"), 13)
        self.assertEqual(ages.age_on(born, date(2026, 3, 1), "day_after"), 14)

    def test_born_on_new_years_eve(self):
        born = date(2010, 12, 31)
        self.assertEqual(ages.birthday(born, 16, "day_after"), date(2027, 1, 1))
        self.assertEqual(ages.age_on(born, date(2027, 1, 1), "day_after"), 16)

    def test_first_day_and_before(self):
        born = date(2026, 11, 20)
        self.assertEqual(ages.age_on(born, born), 0)
        self.assertEqual(ages.age_on(born, born, "day_after"), 0)
        self.assertEqual(ages.age_on(born, date(2026, 11, 19)), -1)

    def test_unknown_reading(self):
        with self.assertRaises(ValueError):
            ages.birthday(date(2010, 1, 1), 16, "tomorrow")

    def test_age_lines(self):
        self.assertEqual(
            (ages.AGE_ATTENDED, ages.AGE_SENSITIVE, ages.AGE_LEDGER, ages.AGE_MAJORITY),
            (8, 14, 16, 18),
        )

    @given(DAYS, st.integers(0, 120), READINGS)
    def test_the_age_is_reached_on_its_day_and_not_before(self, born, years, reading):
        day = ages.birthday(born, years, reading)
        self.assertEqual(ages.age_on(born, day, reading), years)
        if years:
            self.assertEqual(ages.age_on(born, day - timedelta(days=1), reading), years - 1)

    @given(DAYS, DAYS, st.integers(0, 400), READINGS)
    def test_nobody_grows_younger(self, born, day, later, reading):
        after = day + timedelta(days=later)
        self.assertLessEqual(ages.age_on(born, day, reading), ages.age_on(born, after, reading))

    @given(DAYS, DAYS)
    def test_the_later_reading_is_never_ahead(self, born, day):
        self.assertIn(ages.age_on(born, day) - ages.age_on(born, day, "day_after"), (0, 1))


class TestMonths(unittest.TestCase):
    def test_end_of_month(self):
        self.assertEqual(ages.add_months(date(2026, 1, 31), 1), date(2026, 2, 28))
        self.assertEqual(ages.add_months(date(2028, 1, 31), 1), date(2028, 2, 29))
        self.assertEqual(ages.add_months(date(2026, 12, 31), -1), date(2026, 11, 30))
        self.assertEqual(ages.add_months(date(2026, 3, 31), -13), date(2025, 2, 28))

    def test_between(self):
        self.assertEqual(ages.months_between(date(2026, 5, 20), date(2026, 11, 20)), 6)
        self.assertEqual(ages.months_between(date(2026, 5, 21), date(2026, 11, 20)), 5)
        self.assertEqual(ages.months_between(date(2026, 1, 31), date(2026, 2, 28)), 1)
        self.assertEqual(ages.months_between(date(2026, 2, 1), date(2026, 1, 31)), -1)

    @given(DAYS)
    def test_no_months_change_nothing(self, day):
        self.assertEqual(ages.add_months(day, 0), day)

    @given(DAYS, MONTHS)
    def test_the_month_is_exact_and_the_day_never_later(self, day, months):
        later = ages.add_months(day, months)
        self.assertEqual((later.year - day.year) * 12 + later.month - day.month, months)
        self.assertLessEqual(later.day, day.day)
        self.assertTrue(later.day == day.day or (later + timedelta(days=1)).day == 1)

    @given(DAYS, DAYS, MONTHS)
    def test_order_is_kept(self, one, other, months):
        first, second = sorted((one, other))
        self.assertLessEqual(ages.add_months(first, months), ages.add_months(second, months))

    @given(DAYS, MONTHS, MONTHS)
    def test_months_add_up_where_every_month_has_the_day(self, day, one, other):
        day = day.replace(day=min(day.day, 28))
        self.assertEqual(
            ages.add_months(ages.add_months(day, one), other), ages.add_months(day, one + other)
        )

    @given(DAYS, DAYS)
    def test_between_is_the_largest_number_that_fits(self, start, end):
        months = ages.months_between(start, end)
        self.assertLessEqual(ages.add_months(start, months), end)
        self.assertGreater(ages.add_months(start, months + 1), end)
