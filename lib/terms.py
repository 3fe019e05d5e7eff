"""A term of an official form, and how one is found by what people write in a cell."""

import re
from typing import NamedTuple

from .text import half_width, squeeze

_PUNCTUATION = str.maketrans("", "", ",.;:、。·()[]/-")
_SEPARATORS = re.compile(r"[,;、/+|\s]|和|及(?!以上)")
_INDEXES = {}


class Term(NamedTuple):
    """One value: selection key, English source text, word of the Chinese form, other words for it."""

    code: str
    english: str
    chinese: str
    synonyms: tuple[str, ...] = ()


def code_of(terms, text):
    """Return the code that `text` means among `terms`, None when it means none of them or is empty.

    Blanks, full width, punctuation and case do not matter; codes, English, Chinese and synonyms are all understood.

    >>> aid = (Term("subsistence", "Allowance", "低保"), Term("medical", "Medical", "医疗救助", ("医疗",)))
    >>> code_of(aid, "低 保"), code_of(aid, "医疗"), code_of(aid, "住房救助")
    ('subsistence', 'medical', None)
    """
    return _index(terms)[0].get(_key(text))


def codes_of(terms, text):
    """Return (codes, unknown) for a cell with several values: codes in the order of `terms`, words nobody knows.

    >>> aid = (Term("subsistence", "Allowance", "低保"), Term("medical", "Medical", "医疗救助", ("医疗",)))
    >>> codes_of(aid, "医疗、低保，扶贫贷款")
    (('subsistence', 'medical'), ('扶贫贷款',))
    """
    whole = code_of(terms, text)
    if whole:
        return (whole,), ()
    parts = _SEPARATORS.split("" if text is None else half_width(str(text)))
    words = [word for word in map(squeeze, parts) if word]
    found = {code_of(terms, word) for word in words}
    unknown = tuple(dict.fromkeys(word for word in words if not code_of(terms, word)))
    return tuple(term.code for term in terms if term.code in found), unknown


def chinese(terms, code):
    """Return the word of the official form for a code, "" for an empty one; raises KeyError for an unknown one.

    >>> sex = (Term("male", "Male", "男"), Term("female", "Female", "女"))
    >>> chinese(sex, "female"), chinese(sex, None)
    ('女', '')
    """
    return _index(terms)[1][code] if code else ""


def selection(terms):
    """Return [(code, English label)] for a selection field."""
    return [(term.code, term.english) for term in terms]


def _key(text):
    return squeeze(text).translate(_PUNCTUATION).casefold()


def _index(terms):
    # Keyed by identity, for hashing sixty terms costs more than the look-up; the entry keeps `terms` alive.
    if id(terms) not in _INDEXES:
        words = {}
        # What comes first in a term wins over what comes later in another: a synonym never hides a value of the form.
        for rank in (
            lambda term: (term.chinese,),
            lambda term: (term.code, term.english),
            lambda term: term.synonyms,
        ):
            for term in terms:
                for word in rank(term):
                    words.setdefault(_key(word), term.code)
        words.pop("", None)
        _INDEXES[id(terms)] = (words, {term.code: term.chinese for term in terms}, terms)
    return _INDEXES[id(terms)]
