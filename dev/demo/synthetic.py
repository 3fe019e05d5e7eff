"""Synthetic census rows in any number, for measurements and tests; no row describes a real person.

Identity numbers begin with 500198, a region that does not exist (500199 is that of the demonstration).
The same seed gives the same rows.
"""

import io
import random
from datetime import date, timedelta

import xlsxwriter

from ...lib import identity

REGION = "500198"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英文玲建国华志梅子轩浩宇欣怡梓涵雨佳"
_PLACES = ("广东省东莞市", "广东省深圳市宝安区", "浙江省义乌市", "福建省晋江市", "上海市松江区")
_CARERS = (("祖母", "female"), ("祖父", "male"), ("外祖母", "female"), ("舅父", "male"))
_AIDS = ("无", "无", "无", "低保", "建档立卡", "低保、临时救助")


def rows(count, areas, seed=0, as_of=date(2026, 11, 20)):
    """Return `count` census rows, {column code: text}, all good and all eligible.

    :param areas: [(name of the township, name of the village)]
    :param seed: any integer
    :param as_of: date (in the district's time zone) to which ages refer
    """
    maker = _Maker(random.Random(seed), as_of)
    made = []
    while len(made) < count:
        made.extend(maker.household(*maker.random.choice(areas)))
    return made[:count]


class _Maker:
    """Makes households of one to three children with both parents away and a carer at home."""

    def __init__(self, generator, as_of):
        self.random = generator
        self._as_of = as_of
        self._numbers = set()
        self._houses = 0

    def household(self, township, village):
        """Return the rows of one household."""
        self._houses += 1
        surname = self.random.choice(_SURNAMES)
        shared = {
            "township": township,
            "village": village,
            "ethnicity": "汉族",
            "hukou_kind": "农村居民户口",
            "address": f"{village}{self._houses}号",
            **self._parent("father", surname, "male"),
            **self._parent("mother", self.random.choice(_SURNAMES), "female"),
            **self._carer(surname),
            "care_reason": "父母双方同时外出",
            "agreement_signed": "是",
            "agreement_from": "2026-03-01",
            "agreement_to": "2027-02-28",
            "aid": self.random.choice(_AIDS),
        }
        return [
            {**shared, **self._child(surname)} for _child in range(self.random.choice((1, 2, 2, 3)))
        ]

    def _child(self, surname):
        sex = self.random.choice(("male", "female"))
        age = self.random.randrange(1, 15)
        birth = self._birth(age)
        stage = "学龄前" if age < 4 else "幼儿园" if age < 7 else "小学" if age < 13 else "初中"
        return {
            "name": self._name(surname),
            "sex": "男" if sex == "male" else "女",
            "id_number": self._number(birth, sex),
            "birth_date": birth.isoformat(),
            "health": "健康",
            "education": stage,
            "school": "" if stage == "学龄前" else f"第{self.random.randrange(1, 60)}{stage}",
            "boarding": self.random.choice(("是", "否")),
        }

    def _parent(self, role, surname, sex):
        return {
            f"{role}_name": self._name(surname),
            f"{role}_id_number": self._number(self._birth(self.random.randrange(26, 45)), sex),
            f"{role}_phone": self._phone(),
            f"{role}_work_place": self.random.choice(_PLACES),
            f"{role}_away_since": (
                self._as_of - timedelta(self.random.randrange(250, 2000))
            ).isoformat(),
            f"{role}_condition": "正常",
        }

    def _carer(self, surname):
        relation, sex = self.random.choice(_CARERS)
        return {
            "carer_name": self._name(surname),
            "carer_relation": relation,
            "carer_id_number": self._number(self._birth(self.random.randrange(50, 72)), sex),
            "carer_phone": self._phone(),
            "care_quality": "较好",
        }

    def _name(self, surname):
        return surname + "".join(self.random.choices(_GIVEN, k=self.random.choice((1, 2, 2))))

    def _phone(self):
        return f"1{self.random.choice('3578')}{self.random.randrange(10**9):09d}"

    def _birth(self, age):
        return self._as_of - timedelta(days=365 * age + age // 4 + self.random.randrange(1, 360))

    def _number(self, birth, sex):
        while True:
            serial = self.random.randrange(500) * 2 + (sex == "male")
            first = f"{REGION}{birth:%Y%m%d}{serial:03d}"
            if first not in self._numbers:
                self._numbers.add(first)
                return first + identity.check_digit(first)


def workbook(census, columns, as_of=date(2026, 11, 20)):
    """Return the bytes of a census workbook with these rows.

    :param census: rows as `rows` returns them
    :param columns: the `lib.columns.Column`s to write, in order
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    sheet = book.add_worksheet("花名册")
    sheet.write_string(0, 0, f"数据截至：{as_of.isoformat()}")
    for index, column in enumerate(columns):
        sheet.write_string(1, index, column.heading)
    for number, row in enumerate(census, 2):
        for index, column in enumerate(columns):
            value = row.get(column.code)
            if isinstance(value, str):
                sheet.write_string(number, index, value)
            elif value is not None:
                sheet.write_number(number, index, value)
    book.close()
    return buffer.getvalue()
