"""Two steps at once: one after the other, and the second sees what the first has done."""

import threading
from contextlib import closing
from datetime import date
from functools import partial
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service import model as service
from odoo.tests import BaseCase, tagged
from odoo.tests.common import freeze_time, get_db_name
from odoo.tools import mute_logger

from ...lib.periods import Quarter
from .common import LedgerCase

PERIOD = Quarter(2026, 3)


@tagged("post_install", "-at_install")
class TestTwoAtOnce(BaseCase):
    """Not rolled back, for two transactions must see each other's work; removes what it made."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            area = env["lbc.area"]
            county = area.create({"code": "950000000000", "name": "并行区", "level": "county"})
            values = {"level": "township", "parent_id": county.id}
            area.create({"code": "950000100000", "name": "并行镇", **values})
            env["lbc.profile"].create({"name": "并行区", "county_id": county.id})
            self.county_id = county.id
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            for statement in (
                "DELETE FROM lbc_submission WHERE county_id = %s",
                "DELETE FROM lbc_quarter WHERE county_id = %s",
                "DELETE FROM lbc_quarter_turn WHERE county_id = %s",
                "DELETE FROM lbc_profile WHERE county_id = %s",
                "DELETE FROM lbc_area WHERE county_id = %s",
            ):
                cr.execute(statement, [self.county_id])
        self.registry.clear_all_caches()  # profiles and divisions are cached

    def _environments(self, first, second):
        # Made here: in a thread of its own an environment would wait for the registry's lock.
        second.execute("SELECT count(*) FROM lbc_quarter")  # takes the snapshot
        return (api.Environment(cr, SUPERUSER_ID, {}) for cr in (first, second))

    def _open(self, env):
        county = env["lbc.area"].browse(self.county_id)
        quarter = env["lbc.quarter"]._open(county, PERIOD)
        env.flush_all()
        return quarter.id

    @mute_logger("odoo.sql_db")
    def test_the_second_step_waits_and_is_told_to_begin_anew(self):
        failures = []
        with closing(self.registry.cursor()) as first, closing(self.registry.cursor()) as second:
            one, other = self._environments(first, second)
            county = one["lbc.area"].browse(self.county_id)
            one["lbc.quarter"]._take_turn(county)

            def step_too():
                try:
                    other["lbc.quarter"]._take_turn(county.with_env(other))
                except SerializationFailure as failure:  # Odoo runs such a request again
                    failures.append(failure)

            waiting = threading.Thread(target=step_too)
            waiting.start()
            waiting.join(0.5)
            self.assertTrue(waiting.is_alive())
            first.commit()
            waiting.join(10)
            self.assertEqual(len(failures), 1)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_opened_twice_at_once_both_get_the_one_quarter(self):
        with closing(self.registry.cursor()) as first, closing(self.registry.cursor()) as second:
            one, other = self._environments(first, second)
            opened = self._open(one)
            first.commit()
            with patch.object(service.time, "sleep", lambda _seconds: None):
                again = service.retrying(partial(self._open, other), other)
            self.assertEqual(again, opened)
            second.rollback()


@tagged("post_install", "-at_install")
@freeze_time("2026-09-20 04:00:00")
class TestTurns(LedgerCase):
    def test_every_step_that_decides_whom_a_report_holds_takes_its_turn(self):
        child = self.make_on_ledger(day="2026-05-01")
        quarter = self.open_quarter()
        submission = self.submission_of(quarter)
        office = self.as_role(submission, "leading_office")
        transfer = self.env["lbc.transfer"].with_user(self.users["civil_affairs"])
        waiting = transfer._propose(
            self.as_role(child, "civil_affairs"), self.village_b1, date(2026, 9, 10), "搬家"
        )
        self.explain(submission.with_user(self.users["township"]))
        steps = [
            ("open", self.open_quarter),
            ("check", self.as_role(submission, "township").action_check),
            ("send back", lambda: self.as_role(submission, "township_leader")._send_back("再核")),
            ("check", self.as_role(submission, "township").action_check),
            ("submit", self.as_role(submission, "township_leader")._submit),
            ("receive", office.action_receive),
            ("return", lambda: office._return("有误")),
            ("move", waiting.action_accept),
            ("merge", lambda: self.village_a2._merge_into(self.village_a1, date(2026, 9, 19))),
        ]
        for name, step in steps:
            before = self._turn()
            step()
            self.assertGreater(self._turn(), before, name)

    def _turn(self):
        self.env.flush_all()
        self.cr.execute("SELECT turn FROM lbc_quarter_turn WHERE county_id = %s", [self.county.id])
        return self.cr.fetchone()[0]
