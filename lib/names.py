"""Names of people: one spelling to compare, initials to search by.

`pypinyin` is optional. Without it there are no initials and everything else works.
"""

import re
from functools import cache

from .text import half_width, strip_blanks

# Names of several nationalities carry an interpunct; input methods offer half a dozen look-alikes of U+00B7.
_DOTS = dict.fromkeys(map(ord, "・･•‧∙⋅●"), "·")
_FULL_STOP = re.compile(r"(?<=[^\x00-\x7f])[.。](?=[^\x00-\x7f])")

# Characters that are read otherwise when they are a surname, as far as the first letter changes. Two before one.
_SURNAMES = {
    **{"万俟": "mq", "尉迟": "yc", "单于": "cy", "长孙": "zs", "澹台": "tt"},
    **dict.fromkeys("曾翟查祭", "z"),
    **dict.fromkeys("单折召", "s"),
    **dict.fromkeys("仇覃", "q"),
    **dict.fromkeys("乐么", "y"),
    **{"解": "x", "种": "c", "繁": "p", "句": "g", "区": "o", "秘": "b", "阚": "k", "乜": "n"},
}


def normalise_name(text):
    """Return a name in the one spelling that is stored and compared; None gives "".

    No white space of any kind, half-width letters, interpunct U+00B7. Characters themselves are never replaced: the
    name stays as the household register has it.

    >>> normalise_name(" 张\\u3000三 "), normalise_name("阿依古丽•买买提"), normalise_name("阿依古丽.买买提")
    ('张三', '阿依古丽·买买提', '阿依古丽·买买提')
    """
    name = strip_blanks(half_width(text or "").translate(_DOTS))
    return _FULL_STOP.sub("·", name)


def pinyin_available():
    """Tell whether `pypinyin` is installed, so that initials can be computed."""
    return _first_letters() is not None


def pinyin_initials(name):
    """Return the lower-case pinyin initials of a name, "" when `pypinyin` is not installed.

    The surname is read as a surname (曾 z, 单 s, 解 x, 仇 q); letters and digits stand for themselves.

    >>> pinyin_initials("张三丰") in ("zsf", "")
    True
    """
    name = normalise_name(name)
    if not name or not pinyin_available():
        return ""
    surname = 2 if name[:2] in _SURNAMES else 1
    head = _SURNAMES.get(name[:surname]) or _initial(name[:surname])
    return head + "".join(map(_initial, name[surname:]))


@cache
def _first_letters():
    """Return pypinyin's function from a character to its first letter, None without pypinyin.

    Imported at the first use: its dictionaries take memory that only who searches should pay.
    """
    try:
        from pypinyin import Style, lazy_pinyin
    except ImportError:
        return None
    return lambda character: "".join(
        lazy_pinyin(character, style=Style.FIRST_LETTER, errors="ignore")
    )


@cache
def _initial(character):
    # There are a few thousand characters in names, so the cache stays small and saves nearly every look-up.
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    return _first_letters()(character)
