"""Where a census row belongs: township and village by name, and whether a place of work lies outside the county."""

import re
from typing import NamedTuple

from .places import AreaNames
from .text import squeeze

_OFFICE = re.compile(r"(?:人民政府|街道办事处|办事处|街道办)$")
_TOWNSHIP_KINDS = ("街道", "镇", "乡")
_COUNTY_KINDS = ("自治县", "特区", "林区", "区", "县", "市", "旗")
_UPPER_KINDS = ("自治区", "自治州", "省", "市", "州", "盟")
# Written by villages instead of the county's name.
_HERE = re.compile(r"^(?:本地|当地|本[区县市镇乡村]|[区县镇乡]内|县城|区县内)")


class Found(NamedTuple):
    """What a row says of its place: keys of township and village (None where unknown) and the problem, if any.

    Problems: missing_township, unknown_township, missing_village, unknown_village, ambiguous_village.
    """

    township: object = None
    village: object = None
    problem: str | None = None


class Territory:
    """The townships and villages of one county by name.

    townships: [(key, official name)]. villages: [(township key, official name, key)]; several names may lead to one
    key (a village that has become part of another). only: key of the township that a sheet without a township column
    speaks of.

    >>> county = Territory([(1, "永隆镇"), (2, "南街道")], [(1, "红光村村民委员会", 11)])
    >>> county.find("永隆镇人民政府", "红光村").village, county.find("南街道", "红光村").problem
    (11, 'unknown_village')
    """

    def __init__(self, townships, villages, only=None):
        self._only = only
        self._townships = {}
        for shorten in (_township_key, _township_stem):
            stems = [(shorten(name), key) for key, name in townships]
            for stem, key in stems:
                if sum(other == stem for other, _key in stems) == 1:
                    self._townships.setdefault(stem, key)
        by_township = {}
        for township, name, key in villages:
            by_township.setdefault(township, []).append((name, key))
        self._villages = {township: AreaNames(names) for township, names in by_township.items()}
        self._known = {}

    def find(self, township, village):
        """Return the Found for the texts of the two cells (None for an empty one)."""
        cells = (township, village)
        if cells not in self._known:
            self._known[cells] = self._find(squeeze(township), squeeze(village))
        return self._known[cells]

    def _find(self, township, village):
        if not township and self._only is None:
            return Found(problem="missing_township")
        key = self._only
        if township:
            key = self._townships.get(_township_key(township))
            key = self._townships.get(_township_stem(township)) if key is None else key
        if key is None:
            return Found(problem="unknown_township")
        if not village:
            return Found(key, problem="missing_village")
        names = self._villages.get(key)
        found = names.find(village) if names else ()
        if len(found) != 1:
            return Found(key, problem="ambiguous_village" if found else "unknown_village")
        return Found(key, found[0])


def _township_key(name):
    name = squeeze(name)
    short = _OFFICE.sub("", name)
    return f"{short}街道" if name != short and "街道" in name[len(short) :] else short or name


def _township_stem(name):
    key = _township_key(name)
    for kind in _TOWNSHIP_KINDS:
        if key.endswith(kind) and len(key) > len(kind) + 1:
            return key.removesuffix(kind)
    return key


class HomeCounty:
    """The district's own county by its name, to tell work inside it from work away (domain.md §B.10, §C.4).

    above: names of its city and province, for several counties of the country share one name.

    >>> home = HomeCounty("朝阳区", ("长春市", "吉林省"))
    >>> [home.is_outside(place) for place in ("广东省东莞市", "长春朝阳", "北京市朝阳区", "")]
    [True, False, True, None]
    """

    def __init__(self, name, above=()):
        self._names = _with_stem(name, _COUNTY_KINDS)
        self._above = tuple(stem for upper in above for stem in _with_stem(upper, _UPPER_KINDS))
        self._known = {}

    def is_outside(self, place):
        """Return whether a place of work as stated lies outside the county; None for an empty text."""
        if place not in self._known:
            text = squeeze(place)
            self._known[place] = not self._is_here(text) if text else None
        return self._known[place]

    def _is_here(self, text):
        if _HERE.match(text):
            return True
        name = next((name for name in self._names if name in text), None)
        if name is None:
            return False
        before = text.partition(name)[0]
        elsewhere = any(kind in before for kind in _UPPER_KINDS)
        return not (elsewhere and self._above and not any(upper in before for upper in self._above))


def _with_stem(name, kinds):
    """Return the name, and without its kind where a name of two characters or more remains."""
    full = squeeze(name)
    for kind in kinds:
        if full.endswith(kind) and len(full) > len(kind) + 1:
            return (full, full.removesuffix(kind))
    return (full,) if full else ()
