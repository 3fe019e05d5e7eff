"""Which duty a filed record resolves (architecture, idea 2): one per record and subject, in the order of time."""

from collections import defaultdict
from typing import NamedTuple


class Open(NamedTuple):
    """An open duty: its id, whom it concerns, and the dates between which evidence is on time."""

    id: int
    subject: int
    window_start: object
    due: object


def match(evidence, duties):
    """Return [(duty id, evidence id, day)]: what the records resolve.

    A record resolves the duty due first of those whose window holds its day; where there is none, the one due last of
    those that were due before: it is done late. Nothing is resolved twice.

    :param evidence: iterable of (id, day, subject)
    :param duties: iterable of `Open`

    >>> october, november = Open(1, 7, 1, 31), Open(2, 7, 32, 61)
    >>> match([(11, 40, 7), (12, 41, 7), (13, 42, 7)], [october, november])
    [(2, 11, 40), (1, 12, 41)]
    """
    waiting = defaultdict(list)
    for duty in sorted(duties, key=lambda duty: (duty.due, duty.id)):
        waiting[duty.subject].append(duty)
    resolved = []
    for record, day, subject in sorted(evidence, key=lambda row: (row[1], row[0])):
        chosen = _choose(waiting[subject], day)
        if chosen:
            waiting[subject].remove(chosen)
            resolved.append((chosen.id, record, day))
    return resolved


def _choose(duties, day):
    """Return the duty, of those of one subject in the order of due dates, that the day resolves."""
    running = [duty for duty in duties if duty.window_start <= day <= duty.due]
    if running:
        return running[0]
    earlier = [duty for duty in duties if duty.due < day]
    return earlier[-1] if earlier else None
