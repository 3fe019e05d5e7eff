"""Who of a census is one person, who lives together, and where a row belongs."""

import unittest

from ..census_places import HomeCounty, Territory
from ..census_plan import Known, make_plan
from .census import TERRITORY, number, read

SISTER = {"name": "萧文", "id_number": number(serial="732")}
NO_NUMBERS = {"father_id_number": None, "mother_id_number": None, "carer_id_number": None}


def plan(*rows, **known):
    """Return the plan of rows given as cells; their numbers are 5, 6, …"""
    return make_plan([read(at, **cells) for at, cells in enumerate(rows, 5)], Known(**known))


class TestPeople(unittest.TestCase):
    def test_siblings_share_parents_carer_and_household(self):
        made = plan({}, SISTER)
        self.assertEqual(len(made.people), 3)
        self.assertEqual(len(made.households), 1)
        self.assertIs(made.family[5]["father"], made.family[6]["father"])
        self.assertIs(made.homes[5], made.homes[6])

    def test_what_one_row_leaves_out_another_tells(self):
        made = plan({"father_phone": None, "father_work_place": None}, SISTER)
        father = made.family[5]["father"].adult
        self.assertEqual((father.phone, father.place), ("17435800699", "贵州省贵阳市"))

    def test_a_carer_may_be_the_parent_of_another(self):
        uncle = number("19880101", "555")
        made = plan(
            {"carer_id_number": uncle, "carer_name": "萧叔", "carer_relation": "叔父"},
            {**SISTER, "father_id_number": uncle, "father_name": "萧叔"},
        )
        self.assertIs(made.family[5]["carer"], made.family[6]["father"])
        self.assertTrue(made.family[5]["carer"].adult.away)

    def test_without_numbers_name_and_telephone_at_one_address_are_one_person(self):
        made = plan(NO_NUMBERS, {**SISTER, **NO_NUMBERS})
        self.assertEqual((len(made.people), len(made.households)), (3, 1))

    def test_the_same_name_at_another_address_is_another_person(self):
        made = plan(NO_NUMBERS, {**SISTER, **NO_NUMBERS, "address": "永隆村七组2号"})
        self.assertEqual((len(made.people), len(made.households)), (6, 2))

    def test_another_telephone_is_another_person(self):
        made = plan(NO_NUMBERS, {**SISTER, **NO_NUMBERS, "father_phone": "13800000000"})
        self.assertEqual(len(made.people), 4)

    def test_without_address_and_telephone_nobody_is_the_same(self):
        bare = {
            **NO_NUMBERS,
            "address": None,
            "father_phone": None,
            "mother_phone": None,
            "carer_phone": None,
        }
        made = plan(bare, {**SISTER, **bare})
        self.assertEqual((len(made.people), len(made.households)), (6, 2))


class TestHouseholds(unittest.TestCase):
    def test_addresses_are_compared_as_people_read_them(self):
        made = plan({}, {**SISTER, "address": "永隆村六组 １１１号"})
        self.assertEqual(len(made.households), 1)

    def test_neighbours_of_one_address_are_two_households(self):
        other = {
            "father_id_number": number("19870809", "567"),
            "mother_id_number": number("19921023", "290"),
        }
        self.assertEqual(len(plan({}, {**SISTER, **other}).households), 2)

    def test_parents_in_two_villages_are_two_households(self):
        self.assertEqual(len(plan({}, {**SISTER, "village": "红光村"}).households), 2)


class TestKnown(unittest.TestCase):
    def test_a_parent_on_file_is_found_by_number(self):
        father = read().father.number
        made = plan({}, numbers={father: 77})
        self.assertEqual(made.family[5]["father"].known, 77)
        self.assertIsNone(made.family[5]["mother"].known)

    def test_a_new_sibling_joins_the_household_on_file(self):
        row = read()
        numbers = {row.father.number: 1, row.mother.number: 2}
        made = plan({}, numbers=numbers, families={("V1", "永隆村六组111号", 1, 2): 33})
        self.assertEqual(made.homes[5].known, 33)

    def test_a_new_sibling_joins_the_child_on_file_whatever_the_order(self):
        first, second = read(5), read(6, **SISTER)
        second.existing = 9
        known = Known(numbers={first.father.number: 1, first.mother.number: 2}, homes={9: 33})
        for rows in ([first, second], [second, first]):
            made = make_plan(rows, known)
            self.assertIs(made.homes[5], made.homes[6])
            self.assertEqual(made.homes[5].known, 33)

    def test_an_adult_who_has_got_a_number_stays_the_same_person(self):
        row = read()
        row.existing = 9
        holders = {(9, "father"): (77, "萧泽志", True), (9, "mother"): (78, "马芳雪", False)}
        made = make_plan([row], Known(holders=holders))
        self.assertEqual(made.family[5]["father"].known, 77)
        self.assertIsNone(made.family[5]["mother"].known, "another number is another person")

    def test_an_adult_without_a_number_is_found_at_the_address(self):
        place = ("V1", "永隆村六组111号", "萧泽志", "17435800699")
        made = plan(NO_NUMBERS, {**SISTER, **NO_NUMBERS}, neighbours={place: 77})
        self.assertEqual(made.family[6]["father"].known, 77)
        self.assertEqual(len(made.people), 3)


class TestPlaces(unittest.TestCase):
    def test_townships_by_every_usual_name(self):
        for name in ("圣灯山镇", "圣灯山", "圣灯山镇人民政府", " 圣灯山 镇"):
            self.assertEqual(TERRITORY.find(name, "永隆村").village, "V1", name)
        for name in ("龙洲湾街道", "龙洲湾街道办事处", "龙洲湾街道办", "龙洲湾"):
            self.assertEqual(TERRITORY.find(name, "龙海社区").village, "V4", name)

    def test_a_town_and_a_township_of_one_stem_are_not_guessed(self):
        twins = Territory([(1, "永丰镇"), (2, "永丰乡")], [(1, "东村", 11), (2, "东村", 21)])
        self.assertEqual(twins.find("永丰乡", "东村").village, 21)
        self.assertEqual(twins.find("永丰", "东村").problem, "unknown_township")

    def test_a_sheet_of_one_township_needs_no_township_column(self):
        own = Territory([("T1", "圣灯山镇")], [("T1", "永隆村村民委员会", "V1")], only="T1")
        self.assertEqual(own.find(None, "永隆村").village, "V1")
        self.assertEqual(own.find("龙洲湾街道", "永隆村").problem, "unknown_township")

    def test_a_village_that_became_part_of_another_is_found_by_its_old_name(self):
        merged = Territory([(1, "镇")], [(1, "旧村村民委员会", 12), (1, "新村村民委员会", 12)])
        self.assertEqual(merged.find("镇", "旧村").village, 12)

    def test_work_inside_the_county(self):
        home = HomeCounty("巴南区", ("市辖区", "重庆市"))
        for place, outside in {
            "重庆市巴南区龙洲湾": False,
            "巴南李家沱": False,
            "本地": False,
            "县城": False,
            "区内": False,
            "重庆市渝北区": True,
            "广东省东莞市": True,
            "湖南省某市巴南区": True,
            "": None,
        }.items():
            self.assertIs(home.is_outside(place), outside, place)
