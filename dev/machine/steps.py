"""Progress at the terminal: one line per step with the time elapsed since the start."""

import contextlib
import os
import sys
import time

# A program started by ours counts on from our start: the clock is the same for all processes.
STARTED = float(os.environ.setdefault("LBC_STARTED", str(time.monotonic())))


def say(message, stream=None):
    """Print ``message`` behind the seconds elapsed since the program started."""
    stream = stream or sys.stderr
    elapsed = time.monotonic() - STARTED
    minutes, seconds = divmod(int(elapsed), 60)
    print(f"[{minutes:02d}:{seconds:02d}] {message}", file=stream, flush=True)


@contextlib.contextmanager
def step(message):
    """Announce ``message``, run the block, and say how long it took if that was noticeable."""
    say(f"{message} …")
    before = time.monotonic()
    yield
    took = time.monotonic() - before
    if took >= 2:
        say(f"{message}: done in {took:.0f} s")
