"""Telephone numbers as villages write them (domain.md §B.15)."""

import re

from .text import half_width, strip_blanks, strip_quotes

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－ー_"), "-")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(?:-\d{1,5})?")
_BRACKETS = re.compile(r"\((0\d{2,3})\)-?")
_COUNTRY = re.compile(r"^(?:\+|00)86-?")
_MAX_DIGITS = 17


def normalise_phone(text):
    """Return a number without blanks, country code or, in a mobile number, dashes; None gives "".

    What is not a number stays readable as it was typed. A whole number from a workbook cell is written out.

    >>> normalise_phone("+86 138-1234-5678"), normalise_phone("（023）6621 2345"), normalise_phone(13812345678.0)
    ('13812345678', '023-66212345', '13812345678')
    """
    if text is None or isinstance(text, bool):
        return ""
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    phone = strip_quotes(strip_blanks(half_width(str(text)))).translate(_DASHES)
    phone = _COUNTRY.sub("", _BRACKETS.sub(r"\1-", phone))
    digits = phone.replace("-", "")
    return digits if _MOBILE.fullmatch(digits) else phone


def is_plausible(text):
    """Tell whether the text is a mobile or a landline number, with or without extension, of at most 17 digits.

    >>> is_plausible("17435800699"), is_plausible("023-66212345"), is_plausible("12345")
    (True, True, False)
    """
    phone = normalise_phone(text)
    if not phone.isascii() or sum(map(str.isdigit, phone)) > _MAX_DIGITS:
        return False
    return bool(_MOBILE.fullmatch(phone) or _LANDLINE.fullmatch(phone))
