"""Policy is data: presets, one profile per county, and what differs between two (domain.md §A.3, §C.7)."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import XMLID, CareCase


@tagged("post_install", "-at_install")
class TestProfile(CareCase):
    def test_presets_say_what_the_documents_say(self):
        banan = self.env.ref(f"{XMLID}.profile_banan_2016")
        liaoning = self.env.ref(f"{XMLID}.profile_liaoning_2016")
        self.assertEqual((banan.quarter_cutoff_day, liaoning.quarter_cutoff_day), (20, 31))
        self.assertEqual((banan.refusal_months, liaoning.refusal_months), (0, 6))
        self.assertEqual((banan.quarter_content, liaoning.quarter_content), ("changes", "full"))
        self.assertTrue(banan.responsibility_letter)
        self.assertFalse(liaoning.responsibility_letter)
        unions = self.env.ref(f"{XMLID}.organization_kind_mass_organization")
        self.assertIn(unions, liaoning.reporter_kind_ids)
        self.assertNotIn(unions, banan.reporter_kind_ids)

    def test_a_profile_takes_over_its_preset_as_a_whole(self):
        self.profile.based_on_id = self.env.ref(f"{XMLID}.profile_banan_2016")
        self.profile.action_apply_preset()
        self.assertEqual(self.profile._parameters(), self.profile.based_on_id._parameters())

    def test_presets_do_not_change(self):
        with self.assertRaises(UserError):
            self.env.ref(f"{XMLID}.profile_default").quarter_cutoff_day = 25

    def test_presets_stay_closed_to_every_role_and_context(self):
        preset = self.env.ref(f"{XMLID}.profile_default")
        profiles = self.env["lbc.profile"].with_user(self.users["civil_affairs"])
        profiles = profiles.with_context(install_mode=True, default_is_preset=True)
        with self.assertRaises(UserError):
            preset.with_env(profiles.env).age_limit = 10
        with self.assertRaises(UserError):
            profiles.create({"name": "自制预设", "is_preset": True})
        with self.assertRaises(UserError):
            self.profile.with_env(profiles.env).write({"is_preset": True, "county_id": False})
        self.assertFalse(profiles.create({"name": "草稿"}).is_preset)

    def test_the_county_is_not_taken_out_of_its_profile(self):
        with self.assertRaisesRegex(UserError, "测试区"):
            self.as_role(self.profile, "civil_affairs").county_id = False

    def test_the_time_zone_is_one(self):
        with self.assertRaisesRegex(ValidationError, "Mars/Base"):
            self.profile.time_zone = "Mars/Base"
        self.profile.time_zone = "Asia/Urumqi"

    def test_one_profile_per_county(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["lbc.profile"].create({"name": "第二份", "county_id": self.county.id})

    def test_a_county_without_profile_is_told_so(self):
        county = self._area("990114000000", "无参区", "county", self.county.parent_id)
        with self.assertRaisesRegex(UserError, "无参区"):
            self.env["lbc.profile"]._for_county(county)

    def test_a_changed_parameter_leaves_a_trace(self):
        self.profile.quarter_cutoff_day = 25
        self.flush_tracking()
        values = self.profile.message_ids.tracking_value_ids
        self.assertEqual(values.field_id.name, "quarter_cutoff_day")
        self.assertEqual((values.old_value_integer, values.new_value_integer), (20, 25))

    def test_lists_of_numbers_are_checked(self):
        with self.assertRaises(ValidationError):
            self.profile.due_reminder_days = "7;3"
        self.profile.due_reminder_days = "7，3，1"
        self.assertEqual(self.profile._numbers("due_reminder_days"), [7, 3, 1])

    def test_comparison_names_exactly_what_differs(self):
        compare = self.env["lbc.profile.compare"].with_user(self.users["civil_affairs"])
        wizard = compare.create(
            {
                "left_id": self.env.ref(f"{XMLID}.profile_banan_2016").id,
                "right_id": self.env.ref(f"{XMLID}.profile_liaoning_2016").id,
            }
        )
        shown = {line.parameter: (line.left, line.right) for line in wizard.line_ids}
        self.assertEqual(shown["Quarter Cutoff Day"], ("20", "31"))
        self.assertNotIn("Age Limit", shown)
        wizard.all_parameters = True
        self.assertIn("Age Limit", wizard.line_ids.mapped("parameter"))

    def test_a_changed_parameter_reaches_the_next_verdict(self):
        father = self.make_guardian(away_since="2026-09-01")
        child = self.make_child(father=father)
        self.assertEqual(child._assess(self.date("2026-11-21")).reason, "not_long_enough")
        self.profile.out_min_months = 0
        self.assertEqual(child._assess(self.date("2026-11-21")).status, "eligible")

    def test_who_profits_from_a_limit_does_not_raise_it(self):
        raised = {
            "files_per_hour": 0,
            "export_rows_free": 999999,
            "grant_hours": 72,
            "lookups_per_hour": 999999,
            "export_days": 366,
            "small_cell_k": 1,
        }
        own = self.as_role(self.profile, "civil_affairs")
        officer = self.as_role(self.profile, "data_officer")
        for name, value in raised.items():
            with self.assertRaisesRegex(AccessError, "data protection officer", msg=name):
                own.write({name: value})
            with self.assertRaises(ValidationError, msg=name):  # bounds hold for everybody
                officer.write({name: value})
        with self.assertRaises(AccessError):
            own.create({"name": "草稿", "files_per_hour": 5000})
        own.write({"age_limit": 16, "files_per_hour": own.files_per_hour})
        officer.write({"files_per_hour": 800, "small_cell_k": 10})
        self.assertEqual(self.profile.files_per_hour, 800)

    def test_a_preset_is_taken_over_unless_it_changes_a_limit(self):
        own = self.as_role(self.profile, "civil_affairs")
        own.based_on_id = self.env.ref(f"{XMLID}.profile_liaoning_2016")
        own.action_apply_preset()
        self.assertEqual(own.quarter_cutoff_day, 31)
        self.profile.files_per_hour = 400
        with self.assertRaises(AccessError):
            own.action_apply_preset()

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.flush()

    @staticmethod
    def date(text):
        from datetime import date

        return date.fromisoformat(text)
