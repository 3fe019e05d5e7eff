"""Messages, activities and papers follow the data group of their record, whoever knows the id."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import CareCase

READERS = ("school", "education", "police", "health", "township_leader", "data_officer")
KEEPERS = ("village", "township", "civil_affairs")
NEWS = "家访时了解到的情况"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestThreads(CareCase):
    def setUp(self):
        super().setUp()
        self.child = self.make_on_ledger(school_id=self.school.id)
        self.message = self.child.message_post(body=NEWS)
        self.paper = self.env["ir.attachment"].create(
            {"name": "户口簿.png", "res_model": "lbc.child", "res_id": self.child.id, "raw": b"x"}
        )

    def test_keepers_of_the_file_read_messages_and_papers(self):
        for role in KEEPERS:
            self.assertTrue(self.as_role(self.message, role).has_access("read"), role)
            self.assertTrue(self.as_role(self.paper, role).has_access("read"), role)
            papers = self.env["ir.attachment"].with_user(self.users[role])
            found = papers.search([("res_model", "=", "lbc.child"), ("res_id", "=", self.child.id)])
            self.assertIn(self.paper, found, role)

    def test_readers_of_the_file_see_neither(self):
        for role in READERS:
            self.assertTrue(self.as_role(self.child, role).has_access("read"), role)
            self.assertFalse(self.as_role(self.message, role).has_access("read"), role)
            self.assertFalse(self.as_role(self.paper, role).has_access("read"), role)
            env = self.env(user=self.users[role])
            self.assertNotIn(
                self.message, env["mail.message"].search([("model", "=", "lbc.child")])
            )
            for domain in (
                [("res_model", "=", "lbc.child")],
                [("id", "=", self.paper.id)],
                [("name", "=", "户口簿.png")],
            ):
                self.assertNotIn(self.paper, env["ir.attachment"].search(domain), role)
            with self.assertRaises(AccessError, msg=role):
                self.as_role(self.paper, role).read(["raw"])

    def test_readers_neither_post_nor_follow_nor_attach(self):
        pupil = self.as_role(self.child, "school")  # may write the schooling
        with self.assertRaises(AccessError):
            pupil.message_post(body=NEWS)
        with self.assertRaises(AccessError):
            pupil.message_subscribe(self.users["school"].partner_id.ids)
        papers = self.env["ir.attachment"].with_user(self.users["school"])
        with self.assertRaises(AccessError):
            papers.create({"name": "a", "res_model": "lbc.child", "res_id": self.child.id})

    def test_a_photo_is_written_by_who_may_write_the_identity(self):
        papers = self.env["ir.attachment"].with_user(self.users["school"])
        values = {"name": "photo", "res_model": "lbc.child", "res_id": self.child.id}
        with self.assertRaises(AccessError):
            papers.create({**values, "res_field": "photo", "raw": b"x"})

    def test_followers_who_moved_away_are_told_nothing(self):
        director = self.users["village"]
        self.child.message_subscribe(director.partner_id.ids)
        self.child.sudo().area_id = self.village_b1
        message = self.child.message_post(body=NEWS, subtype_xmlid="mail.mt_comment")
        self.assertNotIn(director.partner_id, message.notified_partner_ids)
        self.assertFalse(self.as_role(message, "village").has_access("read"))

    def test_a_posting_that_ends_by_its_date_ends_at_midnight(self):
        posting = self.users["village"].lbc_posting_ids
        posting.date_to = "2026-11-21"
        child = self.as_role(self.child, "village")
        self.assertTrue(child.has_access("read"))
        with freeze_time("2026-11-22 00:00:01"):
            self.env.invalidate_all()
            self.assertFalse(child.has_access("read"))
            self.assertNotIn(child, child.search([]))
