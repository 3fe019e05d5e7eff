"""Masks never let the middle through (domain.md §B.14)."""

import unittest

from hypothesis import given
from hypothesis import strategies as st

from .. import masks
from .test_identity import numbers

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


class TestMaskName(unittest.TestCase):
    def test_examples(self):
        for name, masked in (
            ("张三丰", "张*丰"),
            ("张三", "张*"),
            ("张", "*"),
            ("", ""),
            (None, ""),
            ("欧阳三丰", "欧**丰"),
            (" 张　三 丰 ", "张*丰"),
            ("阿依古丽·买买提", "阿******提"),
        ):
            self.assertEqual(masks.mask_name(name), masked)

    @given(st.text(HAN, min_size=2, max_size=12))
    def test_never_leaks_the_middle(self, name):
        masked = masks.mask_name(name)
        self.assertEqual(len(masked), len(name))
        self.assertEqual(masked[0], name[0])
        self.assertEqual(set(masked[1:-1]) | ({masked[1]} if len(name) == 2 else set()), {"*"})

    @given(st.text())
    def test_any_text(self, text):
        self.assertLessEqual(len(masks.mask_name(text).replace("*", "")), 2)


class TestMaskId(unittest.TestCase):
    def test_examples(self):
        for number, masked in (
            ("500113201501011234", "500113********1234"),
            ("11010519491231002x", "110105********002X"),
            ("110105491231002", "110105******002"),
            ("E12345678", "E1*****78"),
            ("1234567", "1*****7"),
            ("123", "***"),
            ("", ""),
            (None, ""),
        ):
            self.assertEqual(masks.mask_id(number), masked)

    @given(numbers())
    def test_the_birth_date_is_hidden(self, number):
        self.assertEqual(masks.mask_id(number), number[:6] + "*" * 8 + number[14:])

    @given(st.text(st.sampled_from("0123456789X"), max_size=30))
    def test_never_more_than_ten_characters(self, text):
        masked = masks.mask_id(text)
        self.assertEqual(len(masked), len(text))
        self.assertLessEqual(
            len(masked.replace("*", "")), 10 if len(text) == 18 else 9 if len(text) == 15 else 4
        )


class TestMaskPhone(unittest.TestCase):
    def test_examples(self):
        for number, masked in (
            ("13812345678", "138****5678"),
            ("+86 138-1234 5678".replace("-", ""), "138****5678"),
            ("023-66212345", "023-****2345"),
            ("02366212345", "023****2345"),
            ("0411-8621234", "0411-***1234"),
            ("110", "***"),
            ("", ""),
            (None, ""),
        ):
            self.assertEqual(masks.mask_phone(number), masked)

    @given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
    def test_mobile(self, number):
        self.assertEqual(masks.mask_phone(number), number[:3] + "****" + number[7:])

    @given(st.text(st.sampled_from("0123456789-+ "), max_size=20))
    def test_at_least_half_is_hidden(self, text):
        stripped = text.replace(" ", "")
        masked = masks.mask_phone(text)
        if len(stripped) < 10:
            self.assertGreaterEqual(2 * masked.count("*"), len(stripped))
        else:
            self.assertGreaterEqual(masked.count("*"), 3)
