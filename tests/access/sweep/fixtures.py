"""The places, people and records of the sweep: one record of every model in every place, by the real steps.

The registry says which models there are. Values are made from the fields; a model that needs more has a
maker in `makers`.
"""

from dataclasses import replace
from datetime import timedelta

from odoo import fields
from odoo.tests.common import new_test_user

from ....lib import matrix as cells_of
from ...common import STAFF, XMLID, CareCase
from . import makers, tables, wizards
from .matrix import Matrix, Person, Place
from .things import Things

A1 = {"village": "a1", "township": "a", "county": "1"}
A2 = {**A1, "village": "a2"}
B1 = {"village": "b1", "township": "b", "county": "1"}
C1 = {"village": "c1", "township": "c", "county": "2"}
AGENCY, STATION, SCHOOL, OFFICE = "agency", "station", "school", "office"
ORGANIZATION = {
    "school": SCHOOL,
    "provider": AGENCY,
    "mass_organization": AGENCY,
    "institution": STATION,
    "procuratorate": STATION,
    "justice": STATION,
}
PLACES = (
    Place("own", **A1, school=SCHOOL, services=frozenset([AGENCY]), cases=frozenset([STATION])),
    Place("neighbour", **A2, services=frozenset([AGENCY])),
    Place("other township", **B1, school=SCHOOL, cases=frozenset([STATION])),
    Place("other county", **C1),
    Place("glass", **C1),  # broken by every role that may
    Place("approved", **A1),  # every sensitive data group granted to every role that may ask
    Place("moved", **B1),  # was in a1 until a moment ago
)
AT_ONCE = {"creator": "township"}  # who made the record of the place `own`, where that counts


class SweepCase(Things, CareCase):
    """A district, a second county, and everything in it."""

    places_wanted = tuple(place.name for place in PLACES)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.matrix = Matrix()
        cls._make_second_county()
        cls._make_people()
        cls.places, cls.records = {}, {}
        for place in PLACES:
            if place.name in cls.places_wanted:
                cls._make_place(place)
        tables.make_tables(cls)
        wizards.make_wizards(cls)
        cls.env.flush_all()
        cls.env.registry.clear_cache()

    @classmethod
    def _make_second_county(cls):
        city = cls.county.parent_id
        cls.county_2 = cls._area("990114000000", "邻区", "county", city)
        cls.township_c = cls._area("990114100000", "丙镇", "township", cls.county_2)
        cls.village_c1 = cls._area("990114100200", "远村村民委员会", "village", cls.township_c)
        preset = cls.env.ref(f"{XMLID}.profile_default")
        cls.profile_2 = cls.profile.create(
            {"name": "邻区", "county_id": cls.county_2.id, "based_on_id": preset.id}
        )
        cls.profile_2.action_apply_preset()

    @classmethod
    def _make_people(cls):
        """Persons for the matrix beside the users that `CareCase` posted; two more have no post."""
        cls.organizations = {
            SCHOOL: cls.school,
            OFFICE: cls.organization,
            AGENCY: cls.make_organization("测试社工站", "department", cls.county),
            STATION: cls.make_organization("测试救助站", "department", cls.county),
        }
        cls.people = {}
        for role, (post, place) in STAFF.items():
            cls.people[role] = cls._person(role, post, place)
            organization = ORGANIZATION.get(role)
            if organization in (AGENCY, STATION):
                cls.users[role].lbc_posting_ids.organization_id = cls.organizations[organization]
        cls.users["system"] = cls.env.ref("base.user_admin")
        cls.people["system"] = Person("system")
        cls.users["nobody"] = new_test_user(cls.env, "test_nobody", groups="base.group_user")
        cls.people["nobody"] = Person("nobody")
        # Odoo's own right to export is given to all: what keeps rows in is the product.
        everybody = [(4, user.id) for user in cls.users.values()]
        cls.env.ref("base.group_allow_export").write({"user_ids": everybody})

    @classmethod
    def _person(cls, role, post, place):
        """Return what the matrix knows of the user whom `CareCase` made for a role."""
        level = cls.env.ref(f"{XMLID}.post_{post}").scope
        keys = {"village_a1": A1, "township_a": {**A1, "village": ""}, "county": {"county": "1"}}
        # A school lies in a township, which counts for published numbers alone.
        where = keys.get(place, {**A1, "village": ""} if role == SCHOOL else {"county": "1"})
        return Person(role, level, organization=ORGANIZATION.get(role, OFFICE), **where)

    @classmethod
    def area_of(cls, place):
        """Return the village (`lbc.area`) of a place."""
        return getattr(cls, f"village_{place.village}")

    @classmethod
    def _make_place(cls, place):
        by_cell = [(r, s, cell) for r, mine in cls.matrix.cells.items() for s, cell in mine.items()]
        if place.name == "glass":
            breakers = {r for r, s, cell in by_cell if s == "break_glass" and cell.access != "none"}
            place = replace(place, glass=frozenset(breakers))
        if place.name == "approved":
            asked = {(role, subject) for role, subject, cell in by_cell if cell.approval}
            place = replace(place, approved=frozenset(asked))
        if place.name == "own":
            place = replace(place, **AT_ONCE)
        before = replace(place, **A1) if place.name == "moved" else place
        child = makers.make_child(cls, before)
        cls._share(child, place)
        makers.make_records(cls, before, child)
        cls.places[place.name] = place
        if place.name == "moved":
            cls.places["left behind"] = replace(before, name="left behind")
            cls._move(child)

    @classmethod
    def _share(cls, child, place):
        """Assign the child and open it, as the place says."""
        today, ends = fields.Date.today(), fields.Datetime.now() + timedelta(hours=2)
        for kind, codes in (("service", place.services), ("case", place.cases)):
            for code in codes:
                cls.env["lbc.assignment"].create(
                    {
                        "child_id": child.id,
                        "kind": kind,
                        "organization_id": cls.organizations[code].id,
                        "purpose": "帮扶",
                        "date_to": today + timedelta(days=30),
                    }
                )
        opened = [("break_glass", role, "files") for role in place.glass]
        opened += [("request", role, subject) for role, subject in place.approved]
        for kind, role, subject in opened:
            cls.env["lbc.access.grant"].create(
                {
                    "kind": kind,
                    "user_id": cls.users[role].id,
                    "role_id": cls.users[role]._lbc_role_id(),
                    "subject": subject,
                    "reason": "核实情况需要",
                    "state": "granted",
                    "child_id": child.id,
                    "expires_at": ends,
                }
            )

    @classmethod
    def _move(cls, child):
        """Move the child by the steps that people take; what keeps its place stays behind."""
        sender = cls.env["lbc.transfer"].with_user(cls.users["township"])
        child = child.with_user(cls.users["township"])
        move = sender._propose(child, cls.village_b1, fields.Date.today(), "随亲属居住")
        move.with_user(cls.users["civil_affairs"]).action_accept()
        for model in makers.STAYS_BEHIND:
            if "moved" in cls.records.get(model, {}):
                cls.records[model]["left behind"] = cls.records[model].pop("moved")

    @classmethod
    def person_at(cls, role, village):
        """Return the person of a role with a post for a village, e.g. "a2"."""
        where = {one["village"]: one for one in (A1, A2, B1, C1)}[village]
        return replace(cls.people[role], **where)

    @classmethod
    def matrix_with(cls, role, **cells):
        """Return the matrix in which a role has other cells, e.g. `economy="R@organization"`."""
        own = {subject: cells_of.parse(text) for subject, text in cells.items()}
        return Matrix({**cls.matrix.cells, role: {**cls.matrix.cells[role], **own}})
