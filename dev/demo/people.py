"""Synthetic people: names put together from common characters, numbers of a region that is none."""

import random

from odoo.addons.left_behind_children.lib import identity

SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕"
    "丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严"
)
FIRST = "文志建国春秀晓小玉永德光明兴正世天海云成家长先友景泽远思少继安宏庆克仁仲"
SECOND = "华兰英军平芳勇敏丽涛强静伟霞刚燕辉玲波梅斌琼健红林娟峰蓉鹏琴宇莉川惠祥凤学珍东素"
REGION = "500199"  # no place has it


class People:
    """Deals out names, none of them twice."""

    def __init__(self, seed):
        self._random = random.Random(seed)
        self._given = set()

    def name(self, surname=None):
        """Return a fresh name (str) of three characters, with this surname if given."""
        while True:
            first = surname or self._random.choice(SURNAMES)
            name = first + self._random.choice(FIRST) + self._random.choice(SECOND)
            if name not in self._given:
                self._given.add(name)
                return name


def id_number(birth_date, serial):
    """Return a valid identity number (str) of nobody; an odd `serial` (int) is a man's."""
    first = f"{REGION}{birth_date:%Y%m%d}{serial:03d}"
    return first + identity.check_digit(first)
