"""Copies tell each recipient what is its own, in every sheet, and never more than its role may see on the day."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ...models.ledger.submission_change import KINDS as ALL_KINDS
from ...models.ledger.submission_copy import RECIPIENTS
from ...reports.ledger import annexes, changes
from ..common import XMLID
from .changed import BASIS, ChangedQuarter

# {what changed: (kind, values before and after, which must not reach who lacks the column)}
SECRETS = {
    "name": ("other", "张三丰", "张无忌"),
    "address": ("address", "东村三组12号", "东村五组9号"),
    "school": ("school", "甲镇小学", "乙镇小学"),
    "carer_name": ("guardian", "李外婆", "陈伯伯"),
    "father_work_place": ("work", "广东省东莞市", "浙江省宁波市"),
}


@tagged("post_install", "-at_install")
class TestCopies(ChangedQuarter):
    def untick(self, recipient, *codes):
        columns = self.env["lbc.copy.column"].with_user(self.users["data_officer"])
        columns.search([("recipient", "=", recipient), ("code", "in", codes)]).is_included = False

    # -- what a copy tells

    def test_every_kind_of_change_is_in_the_archive(self):
        version = self.report()
        stored = version.file_ids.filtered(lambda one: one.document == "changes")
        kinds = {row[6] for row in self.lines(stored)}
        self.assertEqual(kinds, {changes.KINDS[kind] for kind, _label in ALL_KINDS})
        words = self.words(stored._stored_bytes())
        for _kind, before, after in SECRETS.values():
            self.assertLessEqual({before, after}, words)
        self.assertIn(BASIS, words)

    def test_each_recipient_gets_lines_of_its_own_columns_only(self):
        version = self.report()
        known = self.env["lbc.copy.column"]._known()
        for recipient, _label in RECIPIENTS:
            copy = self.copy_of(version, recipient)
            lines = self.lines(copy)
            headings = {known[code].heading for code in copy.columns}
            for row in lines:
                self.assertIn(row[7] or None, {None, *headings}, (recipient, row))
            membership = {changes.KINDS[kind] for kind in changes.MEMBERSHIP}
            self.assertLessEqual(membership, {row[6] for row in lines}, recipient)
            words = self.words(copy._stored_bytes())
            reader = self.env["lbc.copy.column"]._reader(recipient)
            for code, (kind, before, after) in SECRETS.items():
                name = code in copy.columns and reader.name_of(known[code])
                clear = name == code
                for value in (before, after):
                    self.assertEqual(value in words, clear, (recipient, code, value))
                if not name:
                    told = [row for row in lines if row[7] == known[code].heading]
                    self.assertFalse(told, (recipient, code, kind))
            numbers = {row[0] or row[1] for row in self.sheets(copy._stored_bytes())["变更数据"]}
            self.assertEqual("就学变更" in numbers, "school" in copy.columns, recipient)

    def test_police_learn_nothing_of_schools_and_the_office_no_ground(self):
        version = self.report()
        police = self.lines(self.copy_of(version, "police"))
        self.assertNotIn("就学变更", {row[6] for row in police})
        self.assertIn("住址变更", {row[6] for row in police})
        office = self.words(self.copy_of(version, "leading_office")._stored_bytes())
        self.assertNotIn(BASIS, office)
        self.assertIn(BASIS, self.words(self.copy_of(version, "civil_affairs")._stored_bytes()))

    def test_a_ground_goes_with_the_column_of_its_line(self):
        self.untick("police", "carer_name", "carer_relation", "carer_id_number", "carer_phone")
        words = self.words(self.copy_of(self.report(), "police")._stored_bytes())
        self.assertFalse({BASIS, "陈伯伯", "李外婆"} & words)

    def test_what_is_not_ticked_is_in_no_sheet(self):
        gone = ("name", "sex", "id_number", "village", "file_number")
        self.untick("education", *gone)
        copy = self.copy_of(self.report(), "education")
        self.assertFalse(set(gone) & set(copy.columns))
        for row in self.lines(copy):
            self.assertEqual(row[1:6], (None,) * 5, row)
        names = {"张三丰", "张无忌", "王小明", "张*丰", "王*明", "男"}
        self.assertFalse(names & self.words(copy._stored_bytes()))
        self.assertNotIn(annexes.VILLAGES, self.sheets(copy._stored_bytes()))

    def test_names_and_numbers_come_as_the_recipient_reads_them(self):
        version = self.report()
        for recipient, name in (("leading_office", "王*明"), ("education", "王小明")):
            (row,) = [r for r in self.lines(self.copy_of(version, recipient)) if r[6] == "退出"]
            self.assertEqual((row[1], row[2]), (self.leaver.file_number, name))
            self.assertIn("*", row[4])
        identity = self.right("leading_office", "identity")
        identity.write({"access": "aggregated"})
        with freeze_time("2026-10-01 04:00:00"):
            self.as_role(version.submission_id, "civil_affairs")._return("核对")
        again = self.report_again(version.submission_id)
        words = self.words(self.copy_of(again, "leading_office")._stored_bytes())
        self.assertFalse({"王*明", "王小明"} & words)

    def report_again(self, submission):
        with freeze_time("2026-10-02 04:00:00"):
            self._submit_now(submission.quarter_id, submission.township_id)
        return submission.current_version_id

    def right(self, role, subject):
        rights = self.env.ref(f"{XMLID}.department_{role}").right_ids
        return rights.filtered(lambda one: one.subject == subject)

    # -- rights that were taken away

    def fetch(self, copy, role, narrower=False):
        """Ask for a copy as its recipient does; returns the request, approved."""
        own = self.as_role(copy, role)
        action = own.action_fetch_narrower() if narrower else own.action_fetch()
        defaults = {key.removeprefix("default_"): value for key, value in action["context"].items()}
        wizard = self.env["lbc.submission.fetch"].with_user(self.users[role])
        wizard = wizard.create({**defaults, "purpose": "季度核查归档", "recipient": "测试区"})
        export = wizard.env["lbc.export"].browse(wizard.action_export()["res_id"])
        if export.state == "waiting":
            export.with_user(self.approver).action_approve()
        return export

    def test_a_copy_is_not_given_out_when_the_right_was_taken_away(self):
        copy = self.copy_of(self.report(), "education")
        self.assertFalse(self.as_role(copy, "education").is_wider)
        waiting = self.fetch(copy, "education")
        self.assertTrue(waiting._deliver()[1])
        self.right("education", "identity").write({"access": "masked"})
        self.env.invalidate_all()
        self.assertTrue(self.as_role(copy, "education").is_wider)
        with self.assertRaisesRegex(UserError, "data officer"):
            self.as_role(copy, "education").action_fetch()
        with self.assertRaisesRegex(UserError, "no longer see"):
            waiting._deliver()
        self.right("education", "identity").action_restore()
        self.assertTrue(waiting._deliver()[1])

    def test_masks_need_the_right_to_masks_of_their_own_group(self):
        self.right("education", "identity").write({"access": "aggregated"})
        copy = self.copy_of(self.report(), "education")
        self.assertTrue({"school", "address"} <= set(copy.columns), "other files are still read")
        self.assertFalse({"name", "id_number", "carer_name"} & set(copy.columns))
        names = {"张无忌", "张*忌", "王小明", "王*明"}
        self.assertFalse(names & self.words(copy._stored_bytes()))
        for row in self.lines(copy):
            self.assertEqual((row[2], row[4]), (None, None))

    def test_masks_are_taken_away_as_well(self):
        copy = self.copy_of(self.report(), "leading_office")
        self.right("leading_office", "identity").write({"access": "aggregated"})
        with self.assertRaises(UserError):
            self.as_role(copy, "leading_office").action_fetch()

    def test_the_grounds_of_the_changes_are_judged_too(self):
        copy = self.copy_of(self.report(), "police")
        self.assertIn(BASIS, self.words(copy._stored_bytes()))
        self.right("police", "guardianship").write({"access": "aggregated"})
        with self.assertRaises(UserError):
            self.as_role(copy, "police").action_fetch()

    def test_what_is_left_can_be_fetched_made_anew_and_says_so(self):
        copy = self.copy_of(self.report(), "education")
        self.right("education", "identity").write({"access": "masked"})
        export = self.fetch(copy, "education", narrower=True)
        name, data = export._deliver()
        self.assertIn("缩减件", name)
        words = self.words(data)
        self.assertIn("乙镇小学", words)
        self.assertFalse({"张无忌", "张三丰", "王小明"} & words)
        self.assertTrue(any("缩减件" in word and copy.sha256 in word for word in words))
        self.assertNotIn("identity", export.data_groups.split(","))
        self.assertNotEqual(data, copy._stored_bytes())

    def test_made_anew_it_is_never_wider_than_it_was(self):
        self.right("leading_office", "health").write({"access": "aggregated"})
        copy = self.copy_of(self.report(), "leading_office")
        self.right("leading_office", "identity").write({"access": "read"})
        self.right("leading_office", "schooling").write({"access": "read"})
        given = self.as_role(copy, "leading_office")._narrower()
        self.assertFalse(given.is_clear("name"))
        self.assertNotIn("school", given.columns)
        data = self.fetch(copy, "leading_office", narrower=True)._deliver()[1]
        self.assertFalse({"张无忌", "乙镇小学"} & self.words(data))

    def test_only_the_recipient_has_it_made_anew_and_only_copies_are(self):
        version = self.report()
        with self.assertRaises(AccessError):
            self.as_role(self.copy_of(version, "education"), "police").action_fetch_narrower()
        stored = version.file_ids.filtered(lambda one: one.document == "cover")
        wizard = self.env["lbc.submission.fetch"].with_user(self.users["township"])
        wizard = wizard.create(
            {
                "document": f"{stored._name},{stored.id}",
                "is_narrower": True,
                "purpose": "季度核查归档",
                "recipient": "测试区",
            }
        )
        with self.assertRaises(UserError):
            wizard.action_export()
