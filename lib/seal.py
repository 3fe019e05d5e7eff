"""The chain of seals over the journal: heads, check codes, and where a chain is broken (architecture.md, idea 7).

Each seal covers a batch of journal rows and the head of the seal before it, so that a check code kept on paper vouches
for everything up to its day. The header below is part of the promise: it may never change, only be replaced by a new
version beside it. `lbc.journal.seal` computes the same in SQL; a test holds the two against each other.
"""

import hashlib
from dataclasses import dataclass

VERSION = "lbc-seal-1"
START = "0" * 64  # the head before the first seal


@dataclass(frozen=True)
class Seal:
    """What is printed into a seal's head; texts have no line breaks but `note`, which comes last.

    number: 1, 2, … kind: rows, day or purge. day: ISO date. sealed_at: "YYYY-MM-DD HH:MM:SS", UTC. cluster: which
    database cluster counted the transactions. xid_to: first transaction not covered. row_count: rows of the batch.
    digest: of the rows. lists: digest of the list of their ids and short digests. purged_to: last seal whose rows were
    purged. note: why and by whom. previous: head of the seal before. head: as stored.
    """

    number: int
    kind: str
    day: str
    sealed_at: str
    cluster: str
    xid_to: str
    row_count: int
    digest: str
    lists: str
    purged_to: int
    note: str
    previous: str
    head: str = ""


def header(seal):
    """Return the canonical text (str) whose SHA-256 is the head."""
    parts = (
        VERSION,
        seal.previous,
        seal.number,
        seal.kind,
        seal.day,
        seal.sealed_at,
        seal.cluster,
        seal.xid_to,
        seal.row_count,
        seal.digest,
        seal.lists,
        seal.purged_to,
        seal.note,
    )
    return "\n".join(map(str, parts))


def head(seal):
    """Return the head (64 hexadecimal digits) that the seal must have.

    >>> one = Seal(1, "rows", "2026-11-21", "2026-11-21 02:00:00", "7", "9", 2, "ab", "cd", 0, "", START)
    >>> head(one)[:16]
    '37d200ce291fbc0c'
    """
    return hashlib.sha256(header(seal).encode()).hexdigest()


def check_code(head_):
    """Return the first 16 digits of a head in groups of four, as printed and read aloud.

    >>> check_code("0123456789abcdef" + "0" * 48)
    '0123-4567-89ab-cdef'
    """
    return "-".join(head_[at : at + 4] for at in range(0, 16, 4))


def clean_code(text):
    """Return a typed check code as `check_code` writes it, or None where it cannot be one.

    >>> clean_code(" 0123 4567－89AB-cdef ")
    '0123-4567-89ab-cdef'
    >>> clean_code("0123") is None
    True
    """
    digits = "".join(one for one in text.lower() if one not in " -－—\t　")
    if len(digits) != 16 or set(digits) - set("0123456789abcdef"):
        return None
    return check_code(digits)


def breaks(seals):
    """Yield (number, what) for each break of the chain; what is missing, previous or head.

    :param seals: `Seal`s in the order of their numbers
    """
    number, last = 0, START
    for seal in seals:
        for missing in range(number + 1, seal.number):
            yield missing, "missing"
        if seal.number == number + 1 and seal.previous != last:
            yield seal.number, "previous"
        if head(seal) != seal.head:
            yield seal.number, "head"
        number, last = seal.number, seal.head
