"""Names: one spelling, searchable initials."""

import time
import unittest
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from .. import names


class TestNormaliseName(unittest.TestCase):
    def test_examples(self):
        for text, name in (
            (" 胡宏大\u3000", "胡宏大"),
            ("胡 宏\u200b大", "胡宏大"),
            ("阿依古丽・买买提", "阿依古丽·买买提"),
            ("阿依古丽‧买买提", "阿依古丽·买买提"),
            ("阿依古丽∙买买提", "阿依古丽·买买提"),
            ("阿依古丽．买买提", "阿依古丽·买买提"),
            ("Ｌｉ", "Li"),
            ("J.R.", "J.R."),
            ("", ""),
            (None, ""),
            (False, ""),
        ):
            self.assertEqual(names.normalise_name(text), name)

    def test_rare_characters_stay(self):
        for name in ("𠮷田", "\uf9d1", "㛃"):
            self.assertEqual(names.normalise_name(name), name)

    @given(st.text())
    def test_idempotent_and_without_blanks(self, text):
        name = names.normalise_name(text)
        self.assertEqual(names.normalise_name(name), name)
        self.assertFalse(any(map(str.isspace, name)))


@unittest.skipUnless(names.pinyin_available(), "pypinyin is not installed")
class TestPinyin(unittest.TestCase):
    def test_examples(self):
        for name, initials in (
            ("张三丰", "zsf"),
            ("欧阳修", "oyx"),
            ("阿依古丽·买买提", "ayglmmt"),
            ("张Ａ1", "za1"),
            ("", ""),
        ):
            self.assertEqual(names.pinyin_initials(name), initials)

    def test_surnames_are_read_as_surnames(self):
        for name, initials in (
            ("曾毅", "zy"),
            ("单雄", "sx"),
            ("解军", "xj"),
            ("仇英", "qy"),
            ("尉迟恭", "ycg"),
        ):
            self.assertEqual(names.pinyin_initials(name), initials)
        self.assertEqual(names.pinyin_initials("王解"), "wj")

    def test_common_surnames(self):
        # The hundred most frequent ones, 2020 census order; the initial letters were written down by hand.
        surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任"
        letters = "wlzlcyhzwzxsmzhghllglzxstxhfdcpzxtdpycjyydycwsldr"
        self.assertEqual("".join(map(names.pinyin_initials, surnames)), letters)

    def test_a_hundred_thousand_names_take_about_a_second(self):
        middles = list(map(chr, range(0x5B50, 0x5BB4)))
        people = [
            a + b + c for a in "王李张刘陈杨黄赵吴周" for b in middles for c in "佳宇轩涵怡欣"
        ]
        people = (people * 17)[:100_000]
        names.pinyin_initials(people[0])
        start = time.perf_counter()
        for name in people:
            names.pinyin_initials(name)
        # Half a second on an ordinary machine; the bound only catches a lost cache.
        self.assertLess(time.perf_counter() - start, 5)


class TestWithoutPinyin(unittest.TestCase):
    def test_no_initials_and_no_error(self):
        names._first_letters.cache_clear()
        try:
            with mock.patch.dict("sys.modules", {"pypinyin": None}):
                self.assertFalse(names.pinyin_available())
                self.assertEqual(names.pinyin_initials("张三丰"), "")
        finally:
            names._first_letters.cache_clear()
