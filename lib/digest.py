"""Digests of rows and files: what was reported cannot change unnoticed (architecture.md, idea 6).

The encoding is part of the promise: a digest printed on a sealed cover is compared years later, so `canonical` must
never be changed, only replaced by a new version beside it. Every value carries its type and its length, so no two
different rows share an encoding.
"""

import hashlib
import unicodedata
from datetime import date, datetime
from decimal import Decimal

# No I, L, O, U, 0, 1: the code is read aloud and typed from a seal-covered page.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def canonical(obj):
    """Return the one encoding, as bytes, of None, bool, int, Decimal, str, date, datetime, and lists or tuples of them.

    Text is compared in Unicode NFC; a datetime is naive UTC or aware; decimals by value (1.50 is 1.5). Raises
    TypeError for other types (floats among them: their text depends on who computed them) and ValueError for a
    decimal that is no number.

    >>> canonical([None, True, 7, "张", date(2026, 9, 20)])
    b'l5:nti1:7s3:\\xe5\\xbc\\xa0D10:2026-09-20'
    """
    if obj is None:
        return b"n"
    if isinstance(obj, bool):
        return b"t" if obj else b"f"
    if isinstance(obj, (list, tuple)):
        return b"l%d:" % len(obj) + b"".join(map(canonical, obj))
    return _scalar(obj)


def _scalar(obj):
    if isinstance(obj, str):
        return _sized(b"s", unicodedata.normalize("NFC", obj))
    if isinstance(obj, int):
        return _sized(b"i", str(int(obj)))
    if isinstance(obj, Decimal):
        if not obj.is_finite():
            raise ValueError("a decimal that is not a number has no digest")
        return _sized(b"d", _plain(obj))
    if isinstance(obj, datetime):
        utc = (obj - obj.utcoffset()).replace(tzinfo=None) if obj.tzinfo else obj
        return _sized(b"T", utc.isoformat(timespec="microseconds"))
    if isinstance(obj, date):
        return _sized(b"D", obj.isoformat())
    raise TypeError(f"no canonical encoding for {type(obj).__name__}")


def _plain(number):
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _sized(tag, text):
    data = text.encode()
    return tag + b"%d:" % len(data) + data


def sha256(obj):
    """Return the SHA-256 of an object that `canonical` encodes, as 64 lower-case hexadecimal digits."""
    return sha256_bytes(canonical(obj))


def sha256_bytes(data):
    """Return the SHA-256 of a file's bytes, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_rows(rows):
    """Return the SHA-256 of an iterable of rows in their order without holding them in memory.

    The caller sorts: two orders of the same rows are two reports.
    """
    digest = hashlib.sha256()
    for row in rows:
        digest.update(canonical(row))
    return digest.hexdigest()


def is_sha256(text):
    """Tell whether a text (str or None) has the form of a SHA-256, 64 lower-case hexadecimal digits.

    >>> is_sha256("ff" * 32), is_sha256("ff"), is_sha256(None)
    (True, False, False)
    """
    return len(text or "") == 64 and not set(text) - set("0123456789abcdef")


def short_code(digest):
    """Return twelve characters of a hexadecimal digest for the printed page, in groups of four.

    Twelve of thirty signs are 58 bits: nobody finds a second report with the same code by trying.

    >>> short_code("ff" * 32)
    'HTY4-JRMM-AZHS'
    """
    number = int(digest, 16)
    characters = []
    for _position in range(12):
        number, index = divmod(number, len(_ALPHABET))
        characters.append(_ALPHABET[index])
    return "-".join("".join(characters[i : i + 4]) for i in (0, 4, 8))


def same_code(typed, code):
    """Tell whether a code as somebody typed it (any case, hyphens, blanks; None for nothing) is `code`.

    >>> same_code("hty4 jrmm azhs", "HTY4-JRMM-AZHS")
    True
    """
    return _letters(typed) == _letters(code) != ""


def is_blank(typed):
    """Tell whether somebody typed no sign of a code (None, blanks, hyphens).

    >>> is_blank(" - "), is_blank("h")
    (True, False)
    """
    return not _letters(typed)


def _letters(code):
    return "".join(character for character in (code or "").upper() if character in _ALPHABET)
