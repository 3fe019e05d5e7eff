"""Reading more files an hour than allowed counts as an export: stopped, asked for, approved."""

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time

from .export_common import WORDS, GateCase


@tagged("post_install", "-at_install")
class TestReading(GateCase):
    def setUp(self):
        super().setUp()
        self.profile.files_per_hour = 100
        self.user = self.users["township"]

    def check(self, count, user=None):
        """Let the journal say that so many files were read within the hour."""
        journal = type(self.env["lbc.journal"])
        with patch.object(journal, "_files_read", lambda *_args, **_options: count):
            self.env["lbc.export"].with_user(user or self.user)._check_reading()

    def ask(self, count=300):
        wizard = self.env["lbc.export.reading"].with_user(self.user)
        action = wizard.create({**WORDS, "record_count": count}).action_request()
        return self.env["lbc.export"].with_user(self.user).browse(action["res_id"])

    def test_up_to_the_limit_nobody_is_stopped(self):
        self.check(100)

    def test_beyond_the_limit_the_sentence_says_what_to_do(self):
        with self.assertRaisesRegex(UserError, "100 files.*Ask to Read More Files"):
            self.check(101)

    def test_what_is_being_read_counts_before_it_is_delivered(self):
        self.profile.files_per_hour = 2
        own = self.children.with_user(self.user)
        for _times in range(3):  # the bound is above the limit, the number of files is not
            own[:2].read(["name"])
            self.cr.flush()
        with self.assertRaises(UserError):
            own[:3].read(["name"])
            self.cr.flush()

    def test_it_always_needs_a_second_person(self):
        export = self.ask()
        self.assertEqual((export.kind, export.state), ("reading", "waiting"))
        with self.assertRaises(UserError):
            self.check(101)
        with self.assertRaises(AccessError):
            export.with_user(self.approver_b).action_approve()
        export.with_user(self.approver).action_approve()
        self.check(101)
        self.check(300)
        with self.assertRaises(UserError):
            self.check(301)

    def test_it_is_one_s_own_and_ends(self):
        export = self.ask()
        export.with_user(self.approver).action_approve()
        colleague = self.make_user("colleague", "child_supervisor", self.township_a)
        with self.assertRaises(UserError):
            self.check(101, colleague)
        with freeze_time(Datetime.now() + timedelta(days=8)), self.assertRaises(UserError):
            self.check(101)

    def test_it_has_no_workbook(self):
        export = self.ask()
        export.with_user(self.approver).action_approve()
        self.assertFalse(export.can_download)
        with self.assertRaises(UserError):
            export._deliver()

    def test_nought_switches_it_off_and_the_superuser_passes(self):
        self.profile.files_per_hour = 0
        self.check(1000000)
        self.profile.files_per_hour = 1
        journal = type(self.env["lbc.journal"])
        with patch.object(journal, "_files_read", lambda *_args, **_options: 1000):
            self.env["lbc.export"]._check_reading()

    def test_delivering_an_approved_export_is_no_reading_beyond_the_limit(self):
        export = self.approved(self.user, self.children[:2], ("display_name", "carer_phone"))
        export._deliver()
        self.check(101)

    def test_below_the_limit_it_costs_the_journal_s_query_only(self):
        self.check(1)  # caches of rights and profiles
        with self.assertQueryCount(0):
            self.check(1)

    def test_near_the_limit_parallel_requests_count_for_each_other(self):
        def counted(_journal, _limit, minutes=60, more=None):
            return 95 if more is None else 101  # the second sees what was committed meanwhile

        journal = type(self.env["lbc.journal"])
        with patch.object(journal, "_files_read", counted), self.assertRaises(UserError):
            self.env["lbc.export"].with_user(self.user)._check_reading()
        own = self.env["lbc.journal"].with_user(self.user)
        self.assertFalse(own._takes_turns(89, 100))  # ordinary reading waits for nobody
        self.assertTrue(own._takes_turns(90, 100))
        self.env.cr.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s "
            "AND pid = pg_backend_pid()",
            [self.user.id],
        )
        self.assertEqual(self.env.cr.fetchone(), (1,))

    def test_files_of_one_hour_count_once(self):
        journal = self.env["lbc.journal"].with_user(self.user)
        journal._note("read", "lbc.child", self.children.ids, groups=("health",))
        journal._flush_notes()
        mine = journal._files_of_transaction()
        self.assertEqual(set(mine), set(self.children.ids))
        self.assertEqual(journal._files_read(0, more=mine), len(self.children))
        self.assertEqual(journal._files_read(0, more=[-1]), len(self.children) + 1)

    def test_asking_for_no_more_than_one_has_is_refused(self):
        with self.assertRaises(UserError):
            self.ask(100)

    def test_the_page_shows_the_limit(self):
        form = Form(self.env["lbc.export.reading"].with_user(self.user))
        self.assertEqual(form.files_per_hour, 100)
