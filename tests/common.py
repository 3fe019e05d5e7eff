"""The district in which the tests play: built once per class, nothing from demonstration data.

One county of two townships with two villages each, a profile made from the default preset, and one
user per role, all created through the postings that give the roles in real life.
"""

from datetime import date
from unittest.mock import patch

from odoo.tests import common as odoo_common
from odoo.tests.common import HttpCase, TransactionCase, new_test_user

from ..lib import identity

XMLID = "left_behind_children"
# role: (post, place); places are attributes of the class
STAFF = {
    "village": ("child_director", "village_a1"),
    "township": ("child_supervisor", "township_a"),
    "township_leader": ("township_leader", "township_a"),
    "civil_affairs": ("civil_affairs_officer", "county"),
    "leading_office": ("office_head", "county"),
    "education": ("education_officer", "county"),
    "school": ("school_leader", None),
    "police": ("police_officer", "county"),
    "procuratorate": ("prosecutor", "county"),
    "justice": ("justice_officer", "county"),
    "health": ("health_officer", "county"),
    "mass_organization": ("mass_organization_officer", "county"),
    "institution": ("institution_staff", None),
    "provider": ("social_worker", None),
    "leader": ("group_leader", "county"),
    "data_officer": ("data_officer", "county"),
    "form_admin": ("form_admin", None),
}


class CareCase(TransactionCase):
    """Base of the product's tests."""

    roles = tuple(STAFF)  # of whom the tests of the class need a user

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._serial = 0
        cls._make_divisions()
        cls._make_profile()
        cls._make_staff()

    @classmethod
    def _make_divisions(cls):
        area = cls.env["lbc.area"]
        province = area.create({"code": "990000000000", "name": "测试省", "level": "province"})
        city = cls._area("990100000000", "测试市", "city", province)
        cls.county = cls._area("990113000000", "测试区", "county", city)
        cls.township_a = cls._area("990113100000", "甲镇", "township", cls.county)
        cls.township_b = cls._area("990113101000", "乙镇", "township", cls.county)
        cls.village_a1 = cls._area("990113100200", "东村村民委员会", "village", cls.township_a)
        cls.village_a2 = cls._area("990113100201", "西村村民委员会", "village", cls.township_a)
        cls.village_b1 = cls._area("990113101200", "南村村民委员会", "village", cls.township_b)
        cls.village_b2 = cls._area("990113101201", "北村村民委员会", "village", cls.township_b)

    @classmethod
    def _area(cls, code, name, level, parent):
        return cls.env["lbc.area"].create(
            {"code": code, "name": name, "level": level, "parent_id": parent.id}
        )

    @classmethod
    def _make_profile(cls):
        preset = cls.env.ref(f"{XMLID}.profile_default")
        cls.profile = cls.env["lbc.profile"].create(
            {"name": "测试区", "county_id": cls.county.id, "based_on_id": preset.id}
        )
        cls.profile.action_apply_preset()

    @classmethod
    def _make_staff(cls):
        cls.organization = cls.make_organization("测试单位", "department", cls.county)
        cls.school = cls.make_organization("甲镇中心小学", "school", cls.township_a)
        cls.users = {}
        for role in cls.roles:
            post, place = STAFF[role]
            area = getattr(cls, place) if place else None
            organization = cls.school if role == "school" else cls.organization
            cls.users[role] = cls.make_user(f"test_{role}", post, area, organization)

    @classmethod
    def make_organization(cls, name, kind, area):
        """Create an organisation of the kind with this code."""
        kind = cls.env.ref(f"{XMLID}.organization_kind_{kind}")
        return cls.env["lbc.organization"].create(
            {"name": name, "kind_id": kind.id, "area_id": area.id}
        )

    @classmethod
    def make_user(cls, login, post, area=None, organization=None):
        """Create a user who holds the post (its code) for the area; the role comes from it."""
        user = new_test_user(
            cls.env, login, groups="base.group_user", name=login, tz="Asia/Shanghai"
        )
        cls.env["lbc.posting"].create(
            {
                "name": login,
                "user_id": user.id,
                "post_id": cls.env.ref(f"{XMLID}.post_{post}").id,
                "organization_id": (organization or cls.organization).id,
                "area_ids": [(6, 0, area.ids if area else [])],
                "date_from": "2020-01-01",
            }
        )
        return user

    @classmethod
    def id_number(cls, birth_date=date(2016, 8, 18), sex="male"):
        """Return a fresh valid identity number of the synthetic region 500199."""
        cls._serial += 1
        serial = 2 * cls._serial + (1 if sex == "male" else 0)
        first = f"500199{birth_date:%Y%m%d}{serial:03d}"
        return first + identity.check_digit(first)

    @classmethod
    def make_guardian(cls, area=None, away_since=None, **vals):
        """Create an adult, away for work across the county's border since `away_since` if given."""
        guardian = cls.env["lbc.guardian"].create(
            {"name": "李成年", "area_id": (area or cls.village_a1).id, **vals}
        )
        if away_since:
            cls.env["lbc.migration"].create(
                {
                    "guardian_id": guardian.id,
                    "date_from": away_since,
                    "place": "广东省东莞市",
                    "cross_county": "yes",
                }
            )
        return guardian

    @classmethod
    def make_child(cls, area=None, father=None, mother=None, carer=None, **vals):
        """Create a draft child whose parents both work away, unless others are given."""
        area = area or cls.village_a1
        if "id_number" not in vals and "no_id_reason" not in vals:
            vals["id_number"] = cls.id_number(
                vals.get("birth_date", date(2016, 8, 18)), vals.get("sex", "male")
            )
        if "household_id" not in vals:
            vals["household_id"] = cls.env["lbc.household"].create({"area_id": area.id}).id
        child = cls.env["lbc.child"].create({"name": "张三丰", "area_id": area.id, **vals})
        people = {
            "father": father or cls.make_guardian(area, "2024-01-05"),
            "mother": mother or cls.make_guardian(area, "2024-01-05"),
            "carer": carer,
        }
        cls.env["lbc.guardianship"].create(
            [
                {"child_id": child.id, "guardian_id": person.id, "role": role}
                for role, person in people.items()
                if person
            ]
        )
        return child

    @classmethod
    def make_on_ledger(cls, area=None, day="2026-09-01", **vals):
        """Create a child that is on the ledger since `day`."""
        child = cls.make_child(area, **vals)
        child.action_submit()
        child._verify(date.fromisoformat(day), "普查")
        return child

    def as_role(self, record, role):
        """Return the record in the environment of the test user of a role."""
        return record.with_user(self.users[role])


class BrowserCase(CareCase, HttpCase):
    """Base of tests in the browser, which may take a minute to start where other tests run too."""

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(patch.object(odoo_common, "CHECK_BROWSER_ITERATIONS", 600))
        super().setUpClass()
