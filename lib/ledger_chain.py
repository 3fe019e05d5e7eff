"""The chain of what a unit reported (architecture, idea 6): what a version's digests cover.

The content digest covers the rows, the changes, the numbers and the version before; its short code is printed on the
cover, in the files and on receipts. The digest covers that and the files, and is what the next version is chained to:
files can carry the code and are covered all the same. Both are part of the promise: never changed, only replaced by a
new scheme beside them.
"""

from dataclasses import dataclass
from datetime import date, datetime

from .digest import sha256

CONTENT, HEAD = "lbc-report-content-2", "lbc-report-2"
OLD = "lbc-report-1"  # reports made before there were versions: their printed code is that of the rows alone
START = ""  # before a unit's first version


@dataclass(frozen=True)
class Content:
    """What a version says. previous: digest of the unit's version before. unit: its key. keys: numbers of report, unit
    and county, by which they are found. cutoff: as of. on_time_until: naive UTC, the first moment that is late.

    number: 1, 2, …. submitted_at: naive UTC, to the second. submitted_by: id of the user. compared: digests of the
    versions from which the changes follow. counts: in the order of the model. rows, changes: digests.
    """

    previous: str
    unit: str
    keys: tuple
    cutoff: date
    on_time_until: datetime
    number: int
    submitted_at: datetime
    submitted_by: int
    reason: str
    statement: str
    compared: tuple
    counts: tuple
    rows: str
    changes: str


def _said(content):
    return [getattr(content, name) for name in content.__dataclass_fields__]


def content_digest(content):
    """Return the digest (64 hexadecimal digits) of a `Content`."""
    return sha256([CONTENT, *_said(content)])


def head(content, files):
    """Return the digest (64 hexadecimal digits) of a content digest and the files.

    :param files: iterable of (document, whatever else is said of it, …), in any order; no document twice

    >>> head("ab", [("cover", "1"), ("roster", "2")]) == head("ab", [("roster", "2"), ("cover", "1")])
    True
    """
    return sha256([HEAD, content, sorted(map(list, files))])


def old_head(content):
    """Return the digest (64 hexadecimal digits) of a `Content` that was reported before there were versions."""
    return sha256([OLD, *_said(content)])
