"""Dates in the five forms of a census, and what is refused."""

import contextlib
import unittest
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from .. import dates

DAY = date(2016, 8, 18)
FORMS = (
    "{0.year}-{0.month:02d}-{0.day:02d}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}.{0.month:02d}.{0.day:02d}",
    "{0.year}年{0.month}月{0.day}日",
    "{0.year} 年 {0.month:02d} 月 {0.day:02d} 日",
    "{0.year}{0.month:02d}{0.day:02d}",
    "{0.year}-{0.month:02d}-{0.day:02d} 00:00:00",
    "{0.year}-{0.month:02d}-{0.day:02d}T00:00:00.000",
    "'{0.year}－{0.month}－{0.day}",
    "　{0.year}/{0.month}/{0.day} ",
)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


class TestParseDate(unittest.TestCase):
    def refused(self, value, **options):
        with self.assertRaises(dates.DateError) as caught:
            dates.parse_date(value, **options)
        return caught.exception

    def test_empty(self):
        for value in (None, "", "  ", "\u3000"):
            self.assertIsNone(dates.parse_date(value))

    def test_date_objects(self):
        self.assertEqual(dates.parse_date(DAY), DAY)
        self.assertEqual(dates.parse_date(datetime(2016, 8, 18, 23, 59)), DAY)

    def test_excel_serial_numbers(self):
        self.assertEqual(dates.parse_date(42600), DAY)
        self.assertEqual(dates.parse_date(42600.75), DAY)
        self.assertEqual(dates.parse_date(20160818), DAY)
        self.assertEqual(dates.parse_date(20160818.0), DAY)

    def test_a_year_in_a_number_cell_is_no_serial_number(self):
        self.assertEqual(self.refused(2016).code, "unreadable")
        self.assertEqual(self.refused(201608).code, "month_only")

    def test_refused(self):
        for value, code in (
            ("2016-02-30", "nonexistent"),
            ("2016-13-01", "nonexistent"),
            ("1816-08-18", "nonexistent"),
            ("20161318", "nonexistent"),
            ("2016年8月", "month_only"),
            ("201608", "month_only"),
            ("2016-8", "month_only"),
            ("2016年13月", "nonexistent"),
            ("2016", "unreadable"),
            ("18/8/2016", "unreadable"),
            ("不详", "unreadable"),
            ("2016-8-18至2017-8-18", "unreadable"),
            (True, "unreadable"),
            (float("nan"), "unreadable"),
            (float("inf"), "unreadable"),
            (-5, "unreadable"),
            (0.5, "unreadable"),
            (10**30, "unreadable"),
            (time(0, 0), "unreadable"),
            (["2016-08-18"], "unreadable"),
        ):
            self.assertEqual(self.refused(value).code, code, value)

    def test_the_text_is_an_attribute_and_not_in_the_message(self):
        error = self.refused("张三丰")
        self.assertEqual(error.text, "张三丰")
        self.assertNotIn("张三丰", str(error))
        self.assertIsInstance(error, ValueError)

    def test_month_only(self):
        for value in (
            "2016 年 8 月",
            "2016-08",
            "2016/8",
            "2016.8",
            "201608",
            201608,
            "２０１６年８月",
        ):
            self.assertEqual(dates.parse_date(value, partial=True), date(2016, 8, 1))
        self.assertEqual(self.refused("2016-13", partial=True).code, "nonexistent")

    @given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(FORMS), st.booleans())
    def test_every_form_means_its_day(self, day, form, full_width):
        text = form.format(day)
        self.assertEqual(dates.parse_date(text.translate(FULL_WIDTH) if full_width else text), day)

    @given(st.dates(date(1906, 1, 1), date(2099, 12, 31)), st.floats(0, 0.999))
    def test_serial_numbers(self, day, fraction):
        serial = (day - date(1899, 12, 30)) / timedelta(days=1)
        self.assertEqual(dates.parse_date(int(serial)), day)
        self.assertEqual(dates.parse_date(int(serial) + fraction), day)

    @given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans()))
    def test_only_date_errors(self, value):
        with contextlib.suppress(dates.DateError):
            self.assertIsInstance(dates.parse_date(value), date | None)
