"""Every model, every operation, every role, every place, against the matrix alone (issue 3; domain.md §C.2)."""

import logging
from dataclasses import replace

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .sweep.fixtures import SweepCase
from .sweep.matrix import Person
from .sweep.sweep import Sweep

_logger = logging.getLogger(__name__)
ASKED = ("read", "search", "write", "attachments", "methods")


@tagged("post_install", "-at_install", "lbc_long")
@freeze_time("2026-11-21")
class TestSweep(SweepCase):
    def setUp(self):
        super().setUp()
        # What a test changes of the expectations ends with it, as the records do.
        self.people, self.places = dict(self.people), dict(self.places)

    def assertNoDifference(self, **asked):
        sweep = Sweep(self, **asked)
        sweep.run()
        _logger.info("sweep: %s checks; processor s: %s", sweep.checks, sweep.timing())
        self.assertFalse(len(sweep.differences), sweep.report(most=200))

    def test_everybody_gets_what_the_matrix_says(self):
        self.assertNoDifference()

    def test_a_right_given_on_the_page_opens_exactly_that(self):
        department = self.env["lbc.department"]._by_role()["school"]
        right = department.right_ids.filtered(lambda one: one.subject == "economy")
        right = right.with_user(self.users["data_officer"])
        right.write({"access": "read", "scope": "organization"})
        given = self.matrix_with("school", economy="R@organization")
        self.assertNoDifference(roles=["school", "leader"], matrix=given)
        right.action_restore()
        self.assertNoDifference(roles=["school"], only=["read", "write"])

    def test_a_right_taken_is_gone_at_once(self):
        department = self.env["lbc.department"]._by_role()["township"]
        rights = department.right_ids.filtered(lambda one: one.subject in ("risk", "duties"))
        rights.with_user(self.users["data_officer"]).write({"access": "none", "scope": False})
        taken = self.matrix_with("township", risk="-", duties="-")
        self.assertNoDifference(roles=["township"], only=ASKED, matrix=taken)

    def test_a_function_alone_opens_no_file(self):
        given = {"leading_office": ["census_import"], "leader": ["break_glass", "assign"]}
        models = ["lbc.child", "lbc.guardian", "lbc.health", "lbc.assignment"]
        models += ["lbc.census.import", "lbc.census.line"]
        for role, functions in given.items():
            department = self.env["lbc.department"]._by_role()[role]
            rights = department.right_ids.filtered(lambda one, of=functions: one.subject in of)
            rights.with_user(self.users["data_officer"]).write({"access": "use"})
            matrix = self.matrix_with(role, **dict.fromkeys(functions, "X"))
            asked = ("read", "search", "columns", "write", "create", "unlink")
            self.assertNoDifference(roles=[role], models=models, only=asked, matrix=matrix)

    def test_who_moved_or_left_meets_other_files_at_once(self):
        # Wizards speak of the child at hand; they stay their owner's wherever he is posted.
        lasting = [name for name in self.records if not self.env[name]._transient]
        asked = {"models": sorted(lasting), "roles": ["village"], "only": ASKED}
        posting = self.users["village"].lbc_posting_ids
        self.assertNoDifference(**asked)
        posting.area_ids = self.village_b1
        self.people["village"] = self.person_at("village", "b1")
        self.assertNoDifference(**asked)
        posting.date_to = "2026-11-20"
        self.people["village"] = Person("nobody")
        self.assertNoDifference(**asked)

    def test_an_assignment_that_ends_takes_the_child_along(self):
        child = self.records["lbc.child"]["neighbour"]
        child.assignment_ids.filtered("is_current").with_user(self.users["township"]).action_end()
        self.places["neighbour"] = replace(self.places["neighbour"], services=frozenset())
        roles = ["provider", "mass_organization"]
        self.assertNoDifference(roles=roles, only=ASKED)

    def test_a_grant_that_ends_takes_the_file_along(self):
        grants = self.env["lbc.access.grant"].search([("state", "=", "granted")])
        grants.expires_at = "2026-11-20 23:59:59"
        for place in ("glass", "approved"):
            self.places[place] = replace(
                self.places[place], glass=frozenset(), approved=frozenset()
            )
        self.assertNoDifference(roles=["police", "institution", "health"], only=ASKED)

    def test_no_clear_name_stands_in_what_travels(self):
        self.prepare(["lbc.child"])
        self.assertEqual(self.clear_texts(), [])


@tagged("post_install", "-at_install", "lbc_long")
@freeze_time("2026-11-21")
class TestSweepOneCounty(SweepCase):
    """The database of one county, whose county roles have the rule that is true."""

    roles_of_county = ("civil_affairs", "leading_office", "education", "police", "health", "leader")
    places_wanted = ("own", "neighbour", "other township", "approved")

    @classmethod
    def _make_second_county(cls):
        """There is none."""

    def test_the_county_meets_all_and_no_more(self):
        self.assertTrue(self.users["civil_affairs"]._lbc_area_domain().is_true())
        sweep = Sweep(self, roles=list(self.roles_of_county), only=ASKED)
        sweep.run()
        self.assertFalse(len(sweep.differences), sweep.report())
