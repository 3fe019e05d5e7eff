"""Names of villages: three ways of writing one place meet, two places do not."""

import csv
import unittest
from collections import defaultdict
from pathlib import Path

from ..places import AreaNames, neat_area_name, normalise_area_name

# Official names of the statistics bureau's codes of 2023: the whole of Banan, and those townships of Liaoning that
# hold the odd ones (misspelt committees, brackets, farms, homonyms). In all 16,727 names of Liaoning nothing else
# collides.
DIVISIONS = Path(__file__).with_name("divisions.csv")
HOMONYMS = {
    "大潘社区": {"大潘社区", "大潘居委会"},
    "十里河社区": {"十里河社区", "十里河社区村民委员会"},
    "姚千社区": {"姚千社区", "姚千社区村民委员会"},
}


def townships():
    """Return {township: names of its villages}."""
    by_township = defaultdict(list)
    with DIVISIONS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            by_township[row["township"]].append(row["name"])
    return by_township


class TestNormalise(unittest.TestCase):
    def test_one_place(self):
        for key, names in {
            "永隆村": (
                "永隆村村民委员会",
                "永隆村民委员会",
                "永隆村村委会",
                "永隆村委会",
                " 永隆村　",
                "永隆村委",
            ),
            "街村": ("街村村民委员会", "街村村委会", "街村委会", "街村"),
            "龙洲湾社区": (
                "龙洲湾社区居民委员会",
                "龙洲湾社区居委会",
                "龙洲湾居委会",
                "龙洲湾社区",
            ),
            "高楼子社区": ("高楼子社区村民委员会", "高楼子社区"),
            "田家社区": ("田家社区居民委会员", "田家社区居民委会", "田家社区居民委员"),
            "宁远村": ("宁远村民委员会委",),
            "八家村": ("八家村民委员会（八家分场）", "八家村(八家分场)", "八家村"),
        }.items():
            for name in names:
                self.assertEqual(normalise_area_name(name), key, name)

    def test_village_and_community_of_one_stem_do_not_meet(self):
        self.assertNotEqual(normalise_area_name("红光村委会"), normalise_area_name("红光居委会"))

    def test_untouched(self):
        towns = ("圣灯山镇", "龙洲湾街道", "新村乡", "一分场生活区", "庆丰家委会")
        for name in (*towns, "村委会", "居委会", "村", "社区", ""):
            self.assertEqual(normalise_area_name(name), name)
        self.assertEqual(normalise_area_name(None), "")

    def test_neat(self):
        for official, neat in (
            ("永隆村村民委员会", "永隆村"),
            ("龙洲湾社区居民委员会", "龙洲湾社区"),
            ("前詹屯村民委员会", "前詹屯村"),
            ("八家村民委员会（八家分场）", "八家村(八家分场)"),
            ("圣灯山镇", "圣灯山镇"),
            ("（空）", "(空)"),
        ):
            self.assertEqual(neat_area_name(official), neat)


class TestRegister(unittest.TestCase):
    def test_nothing_collides_but_true_homonyms(self):
        found = {}
        for names in townships().values():
            by_key = defaultdict(set)
            for name in names:
                by_key[normalise_area_name(name)].add(name)
            found.update({key: same for key, same in by_key.items() if len(same) > 1})
        self.assertEqual(found, HOMONYMS)

    def test_every_village_is_found_under_each_of_its_names(self):
        for township, names in townships().items():
            areas = AreaNames((name, name) for name in names)
            for name in names:
                self.assertEqual(areas.find(name), (name,))
                if normalise_area_name(name) in HOMONYMS:
                    continue
                neat = neat_area_name(name)
                self.assertEqual(areas.find(neat), (name,), (township, name))
                if neat.endswith("村"):
                    for written in (
                        neat + "村民委员会",
                        neat.removesuffix("村") + "村委会",
                        neat + "村委会",
                    ):
                        self.assertEqual(areas.find(written), (name,), written)

    def test_the_excerpt_is_whole(self):
        by_township = townships()
        self.assertEqual((len(by_township), sum(map(len, by_township.values()))), (36, 477))


class TestFind(unittest.TestCase):
    areas = AreaNames(
        [
            ("红光村村民委员会", 1),
            ("红光社区居民委员会", 2),
            ("大潘社区", 3),
            ("大潘居委会", 4),
            ("一分场生活区", 5),
        ]
    )

    def test_bare_name(self):
        self.assertEqual(self.areas.find("红光"), (1, 2))
        self.assertEqual(AreaNames([("永隆村村民委员会", 1)]).find("永隆"), (1,))

    def test_another_kind_is_not_found(self):
        self.assertEqual(AreaNames([("永隆村村民委员会", 1)]).find("永隆社区"), ())

    def test_official_name_wins_over_homonym(self):
        self.assertEqual(self.areas.find("大潘居委会"), (4,))
        self.assertEqual(self.areas.find("大潘社区"), (3,))
        self.assertEqual(self.areas.find("大潘社区居委会"), (3, 4))

    def test_unknown_or_empty(self):
        for text in ("不存在村", "", None, "村", "社区", " "):
            self.assertEqual(self.areas.find(text), ())
