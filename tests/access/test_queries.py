"""What the record rules cost: nothing on top of the list's own query (issue 2, section 7)."""

from odoo.tests import tagged

from ..common import CareCase


@tagged("post_install", "-at_install")
class TestQueries(CareCase):
    def test_a_list_is_read_with_one_query_by_every_level(self):
        self.make_on_ledger()
        self.make_on_ledger(self.village_b1)
        for role in ("village", "township", "civil_affairs"):
            children = self.env["lbc.child"].with_user(self.users[role])
            for names, statements in ((["name_masked"], 1), (["name"], 2)):
                children.search_fetch([], names).read(names)  # caches of rules and groups
                self.cr.flush()
                self.env.invalidate_all()
                # Clear names cost one statement more: the row in the journal with the hour's limit.
                with self.assertQueryCount(statements):
                    children.search_fetch([], names).read(names)
