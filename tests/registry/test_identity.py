"""Numbers, masks, duplicates and search (§B.15, §C.6 cases 8 and 25)."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time
from odoo.tools import mute_logger

from ..common import CareCase

NUMBER = "11010519491231002X"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestIdentity(CareCase):
    def test_number_gives_birth_date_and_sex(self):
        child = self.make_child(id_number=self.id_number(date(2015, 2, 3), "female"))
        self.assertEqual((child.birth_date, child.sex), (date(2015, 2, 3), "female"))

    def test_number_is_normalised(self):
        number = self.id_number()
        wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
        child = self.make_child(id_number=f" {wide} ")
        self.assertEqual(child.id_number, number)
        adult = self.make_guardian(id_number=NUMBER.lower())
        self.assertEqual(adult.id_number, NUMBER)

    def test_fifteen_digits_become_eighteen(self):
        adult = self.make_guardian(id_number="110105491231002")
        self.assertEqual(adult.id_number, NUMBER)

    def test_a_contradicting_birth_date_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "birth date"):
            self.make_child().birth_date = date(2014, 1, 1)

    def test_a_contradicting_sex_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "sex"):
            self.make_child().sex = "female"

    def test_wrong_check_digit_is_saved_but_not_verified(self):
        number = self.id_number()
        wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
        child = self.make_child(id_number=wrong, birth_date=date(2016, 8, 18), sex="male")
        self.assertEqual(child.id_status, "doubtful")
        child.action_submit()
        with self.assertRaisesRegex(UserError, "police"):
            child._verify(date(2026, 11, 21), "户口簿")
        child.id_number = number
        child._verify(date(2026, 11, 21), "户口簿")
        self.assertEqual(child.state, "on_ledger")

    def test_child_without_number_needs_a_reason(self):
        child = self.make_child(no_id_reason=False, birth_date=date(2016, 8, 18), sex="male")
        with self.assertRaisesRegex(UserError, "identity number"):
            child.action_submit()
        child.no_id_reason = "未办理户口登记"
        child.action_submit()
        self.assertEqual(child.id_status, "missing")

    def test_many_children_without_number(self):
        vals = {"no_id_reason": "未登记", "id_number": "", "birth_date": date(2016, 8, 18)}
        self.assertNotEqual(self.make_child(**vals), self.make_child(**vals))

    def test_duplicate_number_says_who_holds_it_and_no_more(self):
        number = self.id_number()
        other = self.make_on_ledger(self.village_b1, name="赵小明", id_number=number)
        with self.assertRaises(ValidationError) as refused:
            self.make_child(name="赵晓明", id_number=number)
        text = str(refused.exception)
        self.assertIn(other.file_number, text)
        self.assertIn("乙镇", text)
        self.assertNotIn("赵小明", text)
        self.assertNotIn("南村", text)

    def test_the_database_itself_refuses_a_duplicate(self):
        child, other = self.make_child(), self.make_child()
        self.env.flush_all()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE lbc_child SET id_number = %s WHERE id = %s", [child.id_number, other.id]
            )
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.make_guardian(id_number=NUMBER)
            self.make_guardian(id_number=NUMBER)
            self.env.flush_all()

    def test_a_voided_record_frees_its_number(self):
        child = self.make_on_ledger()
        number = child.id_number
        child._void("录入错误")
        self.assertTrue(self.make_child(id_number=number))

    def test_twins_have_two_numbers(self):
        first = self.make_child(name="钱大宝")
        second = self.make_child(name="钱小宝", household_id=first.household_id.id)
        self.assertEqual(first.birth_date, second.birth_date)

    def test_the_form_shows_whom_a_new_child_resembles(self):
        elsewhere = self.make_on_ledger(self.village_b1, name="赵小明")
        form = Form(self.env["lbc.child"].with_user(self.users["village"]))
        form.id_number = elsewhere.id_number
        self.assertIn(elsewhere.file_number, form.resemblance)
        self.assertNotIn("赵小明", form.resemblance)
        form.id_number = ""
        form.name = "赵 小明"
        form.birth_date = elsewhere.birth_date
        self.assertIn("乙镇", form.resemblance)

    def test_the_form_fills_in_what_the_number_says(self):
        form = Form(self.env["lbc.child"].with_user(self.users["village"]))
        form.name = "孙小美"
        form.id_number = self.id_number(date(2014, 5, 6), "female")
        self.assertEqual((form.birth_date, form.sex), (date(2014, 5, 6), "female"))
        child = form.save()
        self.assertEqual((child.area_id, child.state), (self.village_a1, "draft"))

    def test_carer_under_eighteen_is_refused_unless_proved(self):
        young = self.make_guardian(id_number=self.id_number(date(2009, 6, 1)))
        child = self.make_child()
        line = {"child_id": child.id, "guardian_id": young.id, "role": "carer"}
        with self.assertRaises(ValidationError):
            self.env["lbc.guardianship"].create(line)
        self.env["lbc.guardianship"].create(
            {**line, "capacity_evidence": "以自己的劳动收入为主要生活来源"}
        )
        self.assertEqual(child.carer_id, young)

    def test_search_by_prefix_initials_and_any_part_of_the_number(self):
        child = self.make_child(name="欧阳明月")
        children = self.env["lbc.child"].with_user(self.users["village"])

        def found(text):
            return children.browse(id_ for id_, _name in children.name_search(text))

        self.assertIn(child, found("欧阳"))
        self.assertIn(child, found(child.id_number[-4:]))
        self.assertIn(child, found(child.id_number[6:14]))
        self.assertIn(child, found(child.file_number))
        if child.name_initials:
            self.assertIn(child, found("oym"))
            self.assertIn(child, found("OYMY"))
        self.assertNotIn(child, found("明月"))

    def test_masked_roles_find_by_file_number_only(self):
        child = self.make_child(name="欧阳明月")
        children = self.env["lbc.child"].with_user(self.users["township_leader"])
        self.assertFalse(children.name_search("欧阳"))
        self.assertFalse(children.name_search(child.id_number[-6:]))
        self.assertEqual(children.name_search(child.file_number)[0][0], child.id)

    def test_wild_cards_are_letters(self):
        self.make_child(name="欧阳明月")
        self.assertFalse(self.env["lbc.child"].name_search("%月"))
