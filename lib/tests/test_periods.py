"""Quarters, slots, cut-off days and being on time (B-3.3, L-2; domain.md §C.6 cases 2, 13, 22)."""

import unittest
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from .. import periods
from ..periods import Quarter

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
ONE_DAY = timedelta(days=1)


class TestQuarter(unittest.TestCase):
    def test_fourth_quarter(self):
        quarter = Quarter.of(date(2026, 11, 20))
        self.assertEqual(quarter, (2026, 4))
        self.assertEqual((quarter.start, quarter.end), (date(2026, 10, 1), date(2026, 12, 31)))
        self.assertEqual(quarter.last_month_start, date(2026, 12, 1))
        self.assertEqual(quarter.label, "2026Q4")
        self.assertEqual(quarter.next(), Quarter(2027, 1))
        self.assertEqual(quarter.previous(), Quarter(2026, 3))
        self.assertEqual(Quarter(2026, 1).previous(), Quarter(2025, 4))

    def test_cutoff(self):
        self.assertEqual(Quarter(2026, 3).cutoff(20), date(2026, 9, 20))
        for day in (0, 30, 31, 99):
            self.assertEqual(Quarter(2026, 3).cutoff(day), date(2026, 9, 30))
        with self.assertRaises(ValueError):
            Quarter(2026, 3).cutoff(-1)

    @given(DAYS)
    def test_quarters_partition_the_days(self, day):
        quarter = Quarter.of(day)
        self.assertTrue(quarter.start <= day <= quarter.end)
        self.assertEqual(quarter.end + ONE_DAY, quarter.next().start)
        self.assertEqual(quarter.start - ONE_DAY, quarter.previous().end)
        self.assertEqual(Quarter.of(quarter.start), Quarter.of(quarter.end))
        self.assertEqual(quarter.next().previous(), quarter)

    @given(DAYS, DAYS)
    def test_order_and_labels_follow_time(self, one, other):
        first, second = Quarter.of(min(one, other)), Quarter.of(max(one, other))
        self.assertLessEqual(first, second)
        self.assertLessEqual(first.label, second.label)

    @given(DAYS, st.integers(0, 40))
    def test_the_cutoff_lies_in_the_last_month(self, day, cutoff):
        quarter = Quarter.of(day)
        self.assertTrue(quarter.last_month_start <= quarter.cutoff(cutoff) <= quarter.end)


class TestSlots(unittest.TestCase):
    def test_february(self):
        slots = periods.month_slots(2027, 2, 2)
        self.assertEqual(
            slots, [(date(2027, 2, 1), date(2027, 2, 14)), (date(2027, 2, 15), date(2027, 2, 28))]
        )

    def test_refused(self):
        for n in (0, -1, 29):
            with self.assertRaises(ValueError):
                periods.month_slots(2026, 2, n)

    @given(DAYS, st.sampled_from([1, 2, 4]) | st.integers(1, 28))
    def test_slots_cover_the_month_without_gaps(self, day, n):
        slots = periods.month_slots(day.year, day.month, n)
        self.assertEqual(len(slots), n)
        self.assertEqual(slots[0][0], periods.month_start(day))
        self.assertEqual(slots[-1][1], periods.month_end(day))
        for (_start, end), (start, _end) in zip(slots, slots[1:], strict=False):
            self.assertEqual(end + ONE_DAY, start)
        lengths = [(end - start).days + 1 for start, end in slots]
        self.assertLessEqual(max(lengths) - min(lengths), 1)

    @given(DAYS)
    def test_month(self, day):
        self.assertTrue(periods.month_start(day) <= day <= periods.month_end(day))
        self.assertEqual(periods.month_start(day).day, 1)
        self.assertEqual((periods.month_end(day) + ONE_DAY).day, 1)


class TestOnTime(unittest.TestCase):
    due = date(2026, 9, 20)

    def test_the_whole_day_counts(self):
        # China is eight hours ahead: 15:59 UTC is the last minute of the day.
        self.assertTrue(periods.on_time(datetime(2026, 9, 20, 15, 59, 59), self.due))
        self.assertFalse(periods.on_time(datetime(2026, 9, 20, 16, 0), self.due))
        self.assertTrue(periods.on_time(datetime(2026, 9, 19, 16, 0), self.due))

    def test_days_late(self):
        self.assertEqual(periods.days_late(datetime(2026, 9, 1), self.due), 0)
        self.assertEqual(periods.days_late(datetime(2026, 9, 20, 16, 0), self.due), 1)
        self.assertEqual(periods.days_late(datetime(2026, 10, 1, 4, 0), self.due), 11)

    def test_other_zones_and_aware_moments(self):
        moment = datetime(2026, 9, 20, 18, 0)
        self.assertEqual(periods.local_date(moment, "UTC"), date(2026, 9, 20))
        self.assertEqual(periods.local_date(moment), date(2026, 9, 21))
        self.assertEqual(
            periods.local_date(moment.replace(tzinfo=ZoneInfo("UTC"))), date(2026, 9, 21)
        )
        self.assertTrue(periods.on_time(moment, self.due, tz="UTC"))

    @given(st.datetimes(datetime(1992, 1, 1), datetime(2090, 1, 1)), st.integers(0, 100))
    def test_late_exactly_after_the_due_day(self, moment, days):
        due = periods.local_date(moment) - timedelta(days=days)
        self.assertEqual(periods.days_late(moment, due), days)
        self.assertEqual(periods.on_time(moment, due), days == 0)
