"""A family that the child director of the village has just entered and handed in (草稿 → 待核实)."""

from datetime import timedelta

from .logins import VILLAGE
from .people import People, id_number

SURNAME = "秦"
MONTHS_AWAY = timedelta(days=230)
# role, relation, surname of the family, years of age, day of birth, serial of the number (odd: a man)
ADULTS = [
    ("father", "father", True, 34, 3, 901),
    ("mother", "mother", False, 33, 9, 902),
    ("carer", "paternal_grandfather", True, 61, 21, 903),
]
CHILDREN = [(9, 12, 905), (4, 17, 906)]


def enter(district):
    """Enter a brother and a sister, their parents who work away, their grandfather; hand them in."""
    env = district.as_user("village")
    people, today = People("drafts"), district.day()
    adults = {}
    for role, relation, own, years, day, serial in ADULTS:
        number = id_number(today.replace(year=today.year - years, day=day), serial)
        name = people.name(SURNAME if own else None)
        adults[role, relation] = env["lbc.guardian"].create({"name": name, "id_number": number})
    for (role, _relation), parent in adults.items():
        if role != "carer":
            _send_away(env, parent, today - MONTHS_AWAY)
    household = env["lbc.household"].create({"address": f"{VILLAGE}三组18号"})
    for years, day, serial in CHILDREN:
        child = env["lbc.child"].create(
            {
                "name": people.name(SURNAME),
                "id_number": id_number(today.replace(year=today.year - years, day=day), serial),
                "household_id": household.id,
                "address": household.address,
                "living_with": "grandparents",
                "guardianship_ids": [
                    (0, 0, {"guardian_id": one.id, "role": role, "relation": relation})
                    for (role, relation), one in adults.items()
                ],
            }
        )
        child.action_submit()


def _send_away(env, parent, since):
    env["lbc.migration"].create(
        {
            "guardian_id": parent.id,
            "date_from": since,
            "place": "广东省东莞市",
            "cross_county": "yes",
            "verified_by": "declared",
        }
    )
