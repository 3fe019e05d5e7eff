"""Telephone numbers (domain.md §B.15)."""

import unittest

from hypothesis import given
from hypothesis import strategies as st

from .. import phones


class TestPhones(unittest.TestCase):
    def test_normalise(self):
        for text, phone in (
            ("１３８ １２３４ ５６７８", "13812345678"),
            ("138-1234-5678", "13812345678"),
            ("'13812345678", "13812345678"),
            ("008613812345678", "13812345678"),
            ("+86-138 1234 5678", "13812345678"),
            (13812345678, "13812345678"),
            (13812345678.0, "13812345678"),
            ("023—66212345", "023-66212345"),
            ("(023) 66212345", "023-66212345"),
            ("13812345678/13912345678", "13812345678/13912345678"),
            ("无", "无"),
            (None, ""),
        ):
            self.assertEqual(phones.normalise_phone(text), phone)

    def test_plausible(self):
        for text in (
            "17435800699",
            "19900000000",
            "023-66212345",
            "02366212345",
            "0411-8621234",
            "023-66212345-8001",
        ):
            self.assertTrue(phones.is_plausible(text), text)

    def test_implausible(self):
        for text in (
            "",
            None,
            "无",
            "110",
            "12812345678",
            "1381234567",
            "138123456789",
            "66212345",
            "1" * 20,
        ):
            self.assertFalse(phones.is_plausible(text), text)
        self.assertFalse(phones.is_plausible("١٣٨١٢٣٤٥٦٧٨"))
        self.assertFalse(phones.is_plausible("13812345678/13912345678"))

    @given(st.text())
    def test_idempotent(self, text):
        phone = phones.normalise_phone(text)
        self.assertEqual(phones.normalise_phone(phone), phone)

    @given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.integers(0, 10))
    def test_dashes_in_mobile_numbers(self, number, place):
        self.assertEqual(phones.normalise_phone(f"{number[:place]} {number[place:]}"), number)
        self.assertTrue(phones.is_plausible(number))
