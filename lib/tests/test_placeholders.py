"""Placeholders of printed documents: what is refused, what is filled in."""

import unittest

from .. import placeholders


class TestPlaceholders(unittest.TestCase):
    def test_words_and_codes_are_unique(self):
        words = {one.word for one in placeholders.PLACEHOLDERS}
        self.assertEqual(len(words), len(placeholders.PLACEHOLDERS))
        for word, one in placeholders.BY_WORD.items():  # earlier words mean one of them, too
            self.assertIn(one, placeholders.PLACEHOLDERS)
            self.assertTrue(word == one.word or word not in words)
        codes = {one.code for one in placeholders.PLACEHOLDERS}
        self.assertEqual(len(codes), len(placeholders.PLACEHOLDERS))

    def test_every_fault_has_its_name(self):
        for text, fault in (
            ("【儿童的名字】", "unknown"),
            ("【学年】", "elsewhere"),
            ("【儿童<b>姓名</b>】", "formatted"),
            ("【儿童姓名", "open"),
            ("儿童姓名】", "open"),
        ):
            with self.subTest(text):
                self.assertEqual(
                    [one for one, _word in placeholders.faults(text, "agreement")], [fault]
                )
        self.assertEqual(placeholders.faults("<p>【 儿童姓名 】</p>", "agreement"), [])

    def test_code_is_text(self):
        text = "<p>{{ 7 * 7 }} ${7} <t t-out='7'/> 【编号】</p>"
        self.assertEqual(
            placeholders.fill(text, {"number": "1"}, "__"),
            "<p>{{ 7 * 7 }} ${7} <t t-out='7'/> 1</p>",
        )

    def test_what_is_not_known_is_a_blank(self):
        self.assertEqual(placeholders.fill("甲方：【父母姓名】", {"parents": ""}, "__"), "甲方：__")

    def test_a_value_with_brackets_is_not_filled_again(self):
        filled = placeholders.fill("【父母姓名】", {"parents": "【编号】", "number": "1"}, "__")
        self.assertEqual(filled, "【编号】")

    def test_a_table_takes_the_place_of_its_paragraph(self):
        text = '<p>甲</p><p class="x">【儿童列表】<br></p><p>乙【编号】</p>'
        filled = placeholders.fill(text, {"child_table": "<table/>", "number": "1"}, "__")
        self.assertEqual(filled, "<p>甲</p><table/><p>乙1</p>")
