"""The days of the story: what people did in the past is done with the clock set to that day.

Only what the product itself takes from the clock follows: "today", dates of filing, on time or late.
"""

from contextlib import contextmanager
from datetime import datetime, time

from freezegun import freeze_time

MORNING = time(2, 0)  # UTC: ten o'clock in China


@contextmanager
def set_to(day):
    """Run the block on the morning of `day` (date); None leaves the clock alone."""
    if day is None:
        yield
        return
    with freeze_time(datetime.combine(day, MORNING), tick=True):
        yield
