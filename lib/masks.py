"""What is shown instead of a name, a number, a telephone (domain.md §B.14, masking defaults).

Stored companions of the clear values (architecture.md, "masked, not hidden"), so they must be computable from the
value alone and must never let the middle through.
"""

import re

from .identity import normalise
from .text import half_width, strip_blanks

_MOBILE = re.compile(r"(?:\+?86-?)?(1[3-9][0-9])[0-9]{4}([0-9]{4})")
# Three-digit area codes are 010 and 02x only; all other places have four digits.
_LANDLINE = re.compile(r"(01[0-9]|02[0-9]|0[3-9][0-9]{2})(-?)([0-9]{3,4})([0-9]{4})")


def mask_name(text):
    """Return the name with everything but its first and its last character starred; "" for an empty name.

    Two characters keep only the first, one character keeps none.

    >>> mask_name("张三丰"), mask_name("张 三"), mask_name("欧阳三丰"), mask_name("张")
    ('张*丰', '张*', '欧**丰', '*')
    """
    name = strip_blanks(text or "")
    if len(name) <= 1:
        return "*" * len(name)
    if len(name) == 2:
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_id(text):
    """Return an identity number with region and last four characters, birth date hidden; "" for an empty one.

    Papers of other lengths (passport, birth certificate, a number typed wrongly) keep at most two characters at each
    end.

    >>> mask_id("500113201501011234"), mask_id("E12345678"), mask_id("123")
    ('500113********1234', 'E1*****78', '***')
    """
    number = normalise(text)
    if len(number) == 18:
        return _starred(number, 6, 4)
    if len(number) == 15:
        # The old serial number has three digits; a fourth would be the last digit of the birthday.
        return _starred(number, 6, 3)
    return _short(number)


def mask_phone(text):
    """Return a telephone number with its middle starred; "" for an empty one.

    >>> mask_phone("138 1234 5678"), mask_phone("023-66212345"), mask_phone("110")
    ('138****5678', '023-****2345', '***')
    """
    number = strip_blanks(half_width(text or ""))
    if mobile := _MOBILE.fullmatch(number):
        return f"{mobile[1]}****{mobile[2]}"
    if landline := _LANDLINE.fullmatch(number):
        return f"{landline[1]}{landline[2]}{'*' * len(landline[3])}{landline[4]}"
    return _short(number)


def _short(text):
    kept = min(2, len(text) // 4)
    return _starred(text, kept, kept)


def _starred(text, first, last):
    return text[:first] + "*" * (len(text) - first - last) + text[len(text) - last :]
