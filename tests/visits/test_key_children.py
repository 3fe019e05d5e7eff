"""Key children (重点对象) from the register's facts, by the district's switches (B-4.3g, D3, §C.6 case 21)."""

from datetime import date

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from ..common import XMLID, CareCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-21")
class TestKeyChildren(CareCase):
    roles = ("village", "township", "civil_affairs")

    def setUp(self):
        super().setUp()
        self.girl = self.make_on_ledger(sex="female")
        self.boy = self.make_on_ledger()

    def tags(self, child):
        """Return the codes (set) of a child's categories."""
        return set(child.tag_ids.mapped("code"))

    def watch_plans(self):
        """Return a list to which the children (sets of ids) are added whose visits are planned anew."""
        plans = []
        duties = self.env.registry["lbc.duty"]
        self.patch(
            duties, "_replan", lambda self, children, day=None: plans.append(set(children.ids))
        )
        return plans

    def test_a_girl_is_one_at_once(self):
        self.assertEqual((self.tags(self.girl), self.tags(self.boy)), ({"girl"}, set()))
        self.assertEqual(self.girl.auto_tag_ids.mapped("code"), ["girl"])

    def test_a_corrected_sex_changes_it_at_once(self):
        child = self.make_child(id_number=False, no_id_reason="未登记户口", sex="male")
        self.as_role(child, "township").sex = "female"
        self.assertEqual(self.tags(child), {"girl"})
        self.as_role(child, "township").sex = "male"
        self.assertEqual(self.tags(child), set())

    def test_hardship_follows_household_and_aid(self):
        self.as_role(self.boy.household_id, "village").economy = "subsistence"
        self.assertEqual(self.tags(self.boy), {"hardship"})
        self.boy.household_id.economy = "general"
        self.assertEqual(self.tags(self.boy), set())
        self.boy.aid_ids = self.env.ref(f"{XMLID}.aid_extreme_poverty")
        self.assertEqual(self.tags(self.boy), {"hardship"})
        self.boy.aid_ids = self.env.ref(f"{XMLID}.aid_medical")
        self.assertEqual(self.tags(self.boy), set())

    def test_disability_follows_the_last_record_of_health(self):
        health = self.env["lbc.health"].with_user(self.users["village"])
        first = health.create({"child_id": self.boy.id, "condition": "disabled"})
        self.assertEqual(self.tags(self.boy), {"disability"})
        later = health.create({"child_id": self.boy.id, "condition": "healthy"})
        self.assertEqual(self.tags(self.boy), set())
        later.disability_level = "2"
        self.assertEqual(self.tags(self.boy), {"disability"})
        (first | later).sudo().unlink()
        self.assertEqual(self.tags(self.boy), set())

    def test_a_switch_takes_back_what_the_system_set_and_nothing_else(self):
        by_hand = self.env.ref(f"{XMLID}.key_tag_girl") | self.env.ref(f"{XMLID}.key_tag_orphan")
        self.as_role(self.boy, "township").tag_ids = by_hand
        self.profile.key_girl = False
        self.assertEqual((self.tags(self.girl), self.tags(self.boy)), (set(), {"girl", "orphan"}))
        self.profile.key_girl = True
        self.assertEqual(self.tags(self.girl), {"girl"})
        self.assertEqual(self.boy.auto_tag_ids.mapped("code"), [])

    def test_what_the_register_says_is_not_taken_away_by_hand(self):
        self.as_role(self.girl, "township").tag_ids = False
        self.assertEqual(self.tags(self.girl), {"girl"})

    def test_another_district_has_its_own_switches(self):
        self.profile.based_on_id = self.env.ref(f"{XMLID}.profile_liaoning_2016")
        self.profile.action_apply_preset()
        self.assertEqual(self.tags(self.girl), set())

    def test_who_left_keeps_what_he_had(self):
        self.girl._propose_exit("joined_parents", date(2026, 11, 20), "随父母")
        self.girl.action_confirm_exit()
        self.profile.key_girl = False
        self.assertEqual(self.tags(self.girl), {"girl"})
        self.girl._return(date(2026, 11, 21), "又回来")
        self.assertEqual(self.tags(self.girl), set())

    def test_the_visits_to_come_follow_at_once(self):
        plans = self.watch_plans()
        self.profile.key_girl = False
        self.as_role(self.boy, "township").tag_ids = self.env.ref(f"{XMLID}.key_tag_hardship")
        self.as_role(self.boy, "township").tag_ids = False
        self.boy.sex = "male"
        self.profile.key_disability = False
        self.assertEqual(plans, [{self.girl.id}, {self.boy.id}, {self.boy.id}])

    def test_a_county_is_one_statement_however_many(self):
        counts = []
        for _round in range(3):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.profile.key_girl = False
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.profile.key_girl = True
            for _one in range(10):
                self.make_on_ledger(sex="female")
        self.assertEqual(counts[1], counts[2])  # the first fills caches

    def test_spans_say_when_who_was_one(self):
        spans = self.env["lbc.key.span"]
        self.assertEqual(spans.search([]).child_id, self.girl)
        self.assertEqual(spans.search([]).date_from, date(2026, 11, 21))
        with freeze_time("2026-12-05"):
            self.profile.key_girl = False
        self.assertEqual(spans.search([]).date_to, date(2026, 12, 5))
        with freeze_time("2027-01-07"):
            self.profile.key_girl = True
        self.assertEqual(len(spans.search([])), 2)
        self.env["lbc.child"]._cron_risk()
        self.assertEqual(len(spans.search([])), 2)

    def test_an_archived_category_asks_for_no_more_visits(self):
        duties, home = self.env["lbc.duty"], self.boy.household_id
        tag = self.env.ref(f"{XMLID}.key_tag_orphan")
        tag.is_key, self.profile.key_visit_interval_days = True, 10
        self.as_role(self.boy, "township").tag_ids = tag
        tag.active = False
        with freeze_time("2026-12-01"):
            duties._cron_generate()
        december = [("household_id", "=", home.id), ("slot_start", ">=", "2026-12-01")]
        visits = [*december, ("kind_id.evidence_model", "=", "lbc.visit")]
        self.assertEqual(duties.search(visits).mapped("due_date"), [date(2026, 12, 31)])

    def test_spans_begin_on_the_day_of_the_district(self):
        spans = self.env["lbc.key.span"]
        with freeze_time("2026-11-30 18:00"):  # two in the morning of December there
            self.env.cr.execute("UPDATE lbc_profile SET key_girl = false")
            self.env.invalidate_all()
            self.env["lbc.child"].with_context(tz=False)._cron_risk()
        self.assertEqual(spans.search([]).date_to, date(2026, 12, 1))
