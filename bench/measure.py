"""Measuring two ways of doing the same work fairly, on a machine that has other things to do.

The ways take turns, so that whatever disturbs one disturbs the other; nothing is measured in the
first rounds (warm-up). Taken are the time on the wall, of which least and median are kept, and the
time that the processor worked for it, in this process and in PostgreSQL's. Where everything lies in
memory the two are the same on an idle machine; on a busy one only the second says what the work
costs, so ratios are judged by it.
"""

import contextlib
import statistics
import time
from pathlib import Path
from typing import NamedTuple

ROUNDS = 3


class Took(NamedTuple):
    """What a piece of work took, in seconds."""

    wall: float
    cpu: float

    def __add__(self, other):
        """Return what both take, one after the other."""
        return Took(self.wall + other.wall, self.cpu + other.cpu)

    def __sub__(self, other):
        """Return what is left without the other, which is a part of this."""
        return Took(self.wall - other.wall, self.cpu - other.cpu)


class Stopwatch:
    """Measures a ``with`` block; afterwards `took` says what it took."""

    def __init__(self, cr):
        """Watch this process and the one in which PostgreSQL works for the cursor."""
        # Of a server on another machine the processor's time is not known: the waiting counts.
        pid = cr._cnx.info.backend_pid
        self._scheduled = Path(f"/proc/{pid}/schedstat")
        self._is_here = self._scheduled.exists() and cr._cnx.info.host.startswith("/")
        self.took = None

    @contextlib.contextmanager
    def running(self):
        """Measure the block."""
        before = self._now()
        yield
        self.took = self._now() - before

    def _now(self):
        wall = time.perf_counter()
        if not self._is_here:
            return Took(wall, wall)
        nanoseconds = int(self._scheduled.read_text(encoding="ascii").split()[0])
        return Took(wall, time.process_time() + nanoseconds / 1e9)


class Timing:
    """The measurements of one way of doing the work."""

    def __init__(self, rounds):
        """Keep what each round took (list of Took)."""
        self.rounds = rounds
        walls = [took.wall for took in rounds]
        self.least, self.median = min(walls), statistics.median(walls)
        self.cpu = min(took.cpu for took in rounds)

    def plus(self, other):
        """Return the Timing of both, one after the other."""
        return Timing([one + two for one, two in zip(self.rounds, other.rounds, strict=True)])

    def over(self, other):
        """Return how many times more than the other: (processor, least wall, median wall)."""
        return self.cpu / other.cpu, self.least / other.least, self.median / other.median


def take_turns(ways, rounds=ROUNDS, warm_up=1):
    """Measure each way once a round, in turn, every round beginning with the next one.

    :param ways: {name: function that does the work once and returns what it Took}
    :return: {name: Timing}
    """
    measured = {name: [] for name in ways}
    names = list(ways)
    for turn in range(-warm_up, rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            took = ways[name]()
            if turn >= 0:
                measured[name].append(took)
    return {name: Timing(rounds) for name, rounds in measured.items()}
