"""Citizen identity numbers, 公民身份号码, GB 11643-1999 (domain.md §B.15).

Eighteen characters: six of the place of first registration, eight of the birth date, three of serial number (odd for
men, even for women), one check character. Residence permits of Hong Kong, Macao and Taiwan residents (81, 82, 83) are
built alike. No message of this module contains the number: errors travel into mails and logs, numbers must not.
"""

import re
from datetime import date
from typing import NamedTuple

from .text import half_width, strip_blanks, strip_quotes

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_PATTERN = re.compile(r"[1-9][0-9]{16}[0-9X]")
_PATTERN_15 = re.compile(r"[1-9][0-9]{14}")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]{2}")
_EARLIEST = date(1900, 1, 1)
# Excel keeps fifteen significant digits; from the sixteenth on it writes zeros.
_EXCEL_PRECISION = 10**15

_MESSAGES = {
    "length": "An identity number has 18 characters, an old one 15.",
    "characters": "An identity number consists of digits; only its last character may be X.",
    "date": "The birth date inside the identity number does not exist.",
    "check_digit": "The last character of the identity number does not fit the others.",
}


class IdNumberError(ValueError):
    """The text is not an identity number; `code` is one of length, characters, date, check_digit."""

    def __init__(self, code):
        super().__init__(_MESSAGES[code])
        self.code = code


class IdNumber(NamedTuple):
    """What an identity number says: itself with 18 characters, birth date, sex (male, female), six-digit region."""

    number: str
    birth_date: date
    sex: str
    region: str


def normalise(text):
    """Return the number as it would be printed: half width, no blanks or quotes, X in upper case; None gives "".

    A number that a workbook stored as a whole number is written out; see `excel_destroyed` before trusting it.

    >>> normalise("'５００１９９ 20120129 001x")
    '50019920120129001X'
    """
    if text is None or isinstance(text, bool):
        return ""
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    return strip_quotes(strip_blanks(half_width(str(text)))).upper()


def check_digit(first17):
    """Return the check character that belongs to the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2).

    >>> check_digit("11010519491231002")
    'X'
    """
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first17, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def upgrade15(number15):
    """Return the 18-character number of an old 15-digit one; raises IdNumberError (length, characters).

    The old numbers were given out until 1999 with two digits of the year, so the century is 19.

    >>> upgrade15("110105491231002")
    '11010519491231002X'
    """
    if len(number15) != 15:
        raise IdNumberError("length")
    if not _PATTERN_15.fullmatch(number15):
        raise IdNumberError("characters")
    first17 = f"{number15[:6]}19{number15[6:]}"
    return first17 + check_digit(first17)


def parse(text):
    """Return the IdNumber that `text` (as typed, 15 or 18 characters) stands for; raises IdNumberError.

    The birth date is a calendar day not before 1900-01-01; whether it lies in the future is for the caller, who knows
    today.

    >>> parse("11010519491231002x").sex
    'female'
    """
    number = normalise(text)
    if len(number) == 15:
        number = upgrade15(number)
    if len(number) != 18:
        raise IdNumberError("length")
    if not _PATTERN.fullmatch(number):
        raise IdNumberError("characters")
    birth_date = _birth_date(number)
    if check_digit(number[:17]) != number[17]:
        raise IdNumberError("check_digit")
    sex = "male" if int(number[16]) % 2 else "female"
    return IdNumber(number, birth_date, sex, number[:6])


def _birth_date(number):
    try:
        birth_date = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise IdNumberError("date") from None
    if birth_date < _EARLIEST:
        raise IdNumberError("date")
    return birth_date


def excel_destroyed(value):
    """Tell whether a cell holds a number of which Excel has already lost the last digits.

    True for int and float of more than 15 digits and for text in scientific notation. A whole number of exactly 15
    digits (an old identity number) is still complete.

    >>> excel_destroyed(5.001992023072156e17), excel_destroyed("5.00199E+17"), excel_destroyed("500199202307215600")
    (True, True, False)
    """
    if isinstance(value, bool):
        return False
    if isinstance(value, (int, float)):
        return _EXCEL_PRECISION <= abs(value) < float("inf")
    return isinstance(value, str) and bool(_SCIENTIFIC.fullmatch(normalise(value)))
