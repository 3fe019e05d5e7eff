"""Two officials put agreements for one child in force at once: the database takes one, the other reads why not."""

import threading
from contextlib import closing

from psycopg2.errors import ExclusionViolation

from odoo import SUPERUSER_ID, api
from odoo.exceptions import ValidationError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestTwoAgreements(BaseCase):
    """Not rolled back, for two transactions must see each other's work; removes what it made."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            county = env["lbc.area"].create(
                {"code": "970000000000", "name": "并行县", "level": "county"}
            )
            township = self._area(env, "970000100000", "township", county)
            area = self._area(env, "970000100200", "village", township)
            preset = env.ref("left_behind_children.profile_default")
            profile = env["lbc.profile"].create(
                {"name": "并行县", "county_id": county.id, "based_on_id": preset.id}
            )
            carer = env["lbc.guardian"].create({"name": "王奶奶", "area_id": area.id})
            child = env["lbc.child"].create(
                {"name": "张三丰", "area_id": area.id, "no_id_reason": "试"}
            )
            agreements = env["lbc.agreement"].create([self._draft(area, child, carer)] * 2)
            self.child_name = child.display_name
            self.ids = agreements.ids
            self.made = {
                "lbc_agreement": agreements.ids,
                "lbc_episode": child.episode_ids.ids,
                "lbc_child": child.ids,
                "lbc_household": child.household_id.ids,
                "lbc_guardian": carer.ids,
                "lbc_profile": profile.ids,
                "lbc_area": [area.id, township.id, county.id],
            }
        self.addCleanup(self._clean)

    def _area(self, env, code, level, parent):
        values = {"code": code, "name": "并行", "level": level, "parent_id": parent.id}
        return env["lbc.area"].create(values)

    def _draft(self, area, child, carer):
        return {
            "area_id": area.id,
            "carer_id": carer.id,
            "line_ids": [(0, 0, {"child_id": child.id})],
            "date_from": "2026-11-01",
            "date_to": "2027-10-31",
        }

    def _clean(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "UPDATE lbc_child SET episode_id = NULL WHERE id = ANY(%s)",
                [self.made["lbc_child"]],
            )
            for table, ids in self.made.items():
                for one in ids:
                    cr.execute(f"DELETE FROM {table} WHERE id = %s", [one])

    @mute_logger("odoo.sql_db")
    def test_the_second_waits_and_is_told_whose_agreement_is_there(self):
        told = []
        with closing(self.registry.cursor()) as first, closing(self.registry.cursor()) as second:
            # Made here: in a thread of its own an environment would wait for the registry's lock.
            one, other = (
                api.Environment(cr, SUPERUSER_ID, {})["lbc.agreement"].browse(agreement)
                for cr, agreement in zip((first, second), self.ids, strict=True)
            )
            self.assertFalse(other._check_overlap(), "nothing is there when the second one looks")
            vals = {"confirmed_on": "2026-11-01"}
            one._come_into_force(vals)

            def confirm_too():
                try:
                    other._come_into_force(vals)
                except ValidationError as refused:
                    told.append(str(refused))

            waiting = threading.Thread(target=confirm_too)
            waiting.start()
            waiting.join(0.5)
            self.assertTrue(waiting.is_alive())
            first.commit()
            waiting.join(10)
            second.rollback()
            self.assertEqual(len(told), 1)
            for part in (self.child_name, one.name, "2026-11-01", "2027-10-31"):
                self.assertIn(part, told[0])

    @mute_logger("odoo.sql_db")
    def test_sql_past_every_check_is_refused_too(self):
        with closing(self.registry.cursor()) as cr, self.assertRaises(ExclusionViolation):
            cr.execute(
                "UPDATE lbc_agreement_line SET state = 'in_force' WHERE agreement_id = ANY(%s)",
                [self.ids],
            )
