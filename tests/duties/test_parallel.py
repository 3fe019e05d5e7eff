"""Two people plan one month at once: the second begins anew, nothing is made twice (architecture, idea 5)."""

import threading
from contextlib import closing
from datetime import date
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

DAY = date(2026, 11, 21)


@tagged("post_install", "-at_install")
class TestTwoPlanners(BaseCase):
    """Not rolled back, for two transactions must see each other's work; removes what it made."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.area_id = (
                env["lbc.area"]
                .create({"code": "960000000000", "name": "并行村", "level": "village"})
                .id
            )
            self.household_id = env["lbc.household"].create({"area_id": self.area_id}).id
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM lbc_duty WHERE household_id = %s", [self.household_id])
            cr.execute("DELETE FROM lbc_household WHERE id = %s", [self.household_id])
            cr.execute("DELETE FROM lbc_area WHERE id = %s", [self.area_id])

    def _generate(self, env):
        source = SQL(
            "SELECT NULL::int AS child_id, %(id)s AS household_id, NULL::int AS place_id, "
            "NULL::int AS organization_id, %(key)s AS subject_key, %(area)s AS area_id, "
            "NULL::int AS township_id, %(area)s AS county_id, 1 AS subject_count, 1 AS pace, "
            "%(day)s AS entry, NULL::daterange[] AS spells, NULL::date[] AS starts, NULL::int AS visitor_id",
            id=self.household_id,
            key=f"household:{self.household_id}",
            area=self.area_id,
            day=DAY,
        )
        kind = env["lbc.duty.kind"].search([("subject_type", "=", "household")], limit=1)
        profile = env["lbc.profile"].search([("is_preset", "=", True)], limit=1)
        duties = env.registry["lbc.duty"]
        with patch.object(duties, "_subjects_sql", lambda *_args: source):
            return env["lbc.duty"]._generate_period(kind, profile, DAY, (DAY.replace(day=1), DAY))

    @mute_logger("odoo.sql_db")
    def test_the_second_of_two_is_told_to_begin_anew(self):
        failures = []
        with closing(self.registry.cursor()) as first, closing(self.registry.cursor()) as second:
            # Made here: in a thread of its own an environment would wait for the registry's lock.
            one, other = (api.Environment(cr, SUPERUSER_ID, {}) for cr in (first, second))
            second.execute("SELECT count(*) FROM lbc_duty")  # takes the snapshot
            self.assertEqual(self._generate(one), 1)

            def plan_too():
                try:
                    self._generate(other)
                except SerializationFailure as failure:  # Odoo tries such a request again
                    failures.append(failure)

            waiting = threading.Thread(target=plan_too)
            waiting.start()
            waiting.join(0.5)
            self.assertTrue(waiting.is_alive())
            first.commit()
            waiting.join(10)
            self.assertEqual(len(failures), 1)
            second.rollback()
            self.assertEqual(self._generate(other), 0)
