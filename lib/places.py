"""Names of villages and communities: 永隆村村民委员会, 永隆村委会 and 永隆村 are one place.

The register of divisions names committees, people name places. The comparable form is the place with its kind, 村 or
社区: a township often has a village and a community of the same stem, and they must not meet. Townships, streets,
farms and other areas without a committee in their name keep it.
"""

import re
from collections import defaultdict

from .text import squeeze

# 村民委员会, 居委会, 村委 … and the misspellings that the register itself contains (居民委会员, 村民委员会委).
_COMMITTEE = re.compile(r"(?P<kind>[村居])民?委(?:员会|会员|员|会)?委?$")
_BRACKET = re.compile(r"\([^()]*\)$")
_KINDS = {"村": "村", "居": "社区"}


def normalise_area_name(text):
    """Return the comparable name of an area, whatever its committee is called; None gives "".

    >>> {normalise_area_name(name) for name in ("永隆村村民委员会", "永隆村民委员会", "永隆村委会", "永 隆 村")}
    {'永隆村'}
    >>> normalise_area_name("龙洲湾社区居委会"), normalise_area_name("桥头居委会")
    ('龙洲湾社区', '桥头社区')
    """
    name = squeeze(text)
    return _place(_BRACKET.sub("", name) or name)


def neat_area_name(official):
    """Return the short name to display for an official one; a bracketed addition stays, it tells homonyms apart.

    >>> neat_area_name("街村村民委员会"), neat_area_name("八家村民委员会（八家分场）")
    ('街村', '八家村(八家分场)')
    """
    name = squeeze(official)
    bracket = _BRACKET.search(name)
    if bracket is None or not bracket.start():
        return _place(name)
    return _place(name[: bracket.start()]) + bracket[0]


def _place(name):
    committee = _COMMITTEE.search(name)
    if committee is None or not committee.start():
        return name
    place = name[: committee.start()]
    # 永隆村村民委员会 names the kind twice, 永隆村委会 once; a village called 永隆村村 does not exist.
    return place if place.endswith(("村", "社区")) else place + _KINDS[committee["kind"]]


class AreaNames:
    """The areas of one township by name: what a census cell can mean there.

    Takes (official name, anything that identifies the area) pairs.

    >>> areas = AreaNames([("永隆村村民委员会", 1), ("红光村村民委员会", 2), ("红光社区居民委员会", 3)])
    >>> areas.find("永隆村委会"), areas.find("红光社区"), areas.find("红光"), areas.find("南山村")
    ((1,), (3,), (2, 3), ())
    """

    def __init__(self, areas):
        self._steps = (squeeze, normalise_area_name, _stem)
        self._index = [defaultdict(dict) for _step in self._steps]
        for name, area in areas:
            for step, index in zip(self._steps, self._index, strict=True):
                index[step(name)][area] = True

    def find(self, text):
        """Return the areas that `text` can mean: none, one, or several when only a person can tell them apart.

        The official name wins over the comparable one, that over the bare stem (永隆 for 永隆村).
        """
        if not squeeze(text):
            return ()
        for step, index in zip(self._steps[:2], self._index, strict=False):
            if found := index.get(step(text)):
                return tuple(found)
        # Only a bare name may drop its kind: 南山社区 must not find 南山村.
        name = normalise_area_name(text)
        return tuple(self._index[2].get(name, ())) if name == _stem(text) else ()


def _stem(text):
    name = normalise_area_name(text)
    for kind in ("社区", "村"):
        if name.endswith(kind) and name != kind:
            return name.removesuffix(kind)
    return name
