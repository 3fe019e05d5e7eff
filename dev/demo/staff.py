"""Who works where: postings of the whole district, and the people who have a login.

Everybody who enters or decides something in the story has a user. Only the logins of the table have
a password; nobody can log in as one of the others.
"""

import random
from datetime import date

from . import organizations, sizes, workbook
from .logins import SECOND_TOWNSHIP, TABLE, TOWNSHIP
from .people import People

SINCE = date(2024, 1, 1)
CHECKED = date(2026, 3, 16)
# department of the leading group: who represents it there
MEMBERS = [row[0] for row in organizations.COUNTY_BODIES if row[2]]


def load(district):
    """Create users and postings; returns their numbers."""
    people = People("staff")
    _log_in(district, people)
    _staff_townships(district, people)
    _staff_villages(district, people)
    _seat_the_group(district, people)
    env = district.env
    return len(district.users), env["lbc.posting"].search_count([])


def _log_in(district, people):
    """The logins of the table, with password and posting."""
    rows = [
        {"login": one.login, "password": one.login, "name": f"{one.role}（演示）"} for one in TABLE
    ]
    rows[3]["name"] = f"{TABLE[3].role}（{SECOND_TOWNSHIP}，演示）"
    users = _make_users(district, rows)
    postings = []
    for one, user in zip(TABLE, users, strict=True):
        organization = _organization(district, one.organization)
        postings.append(_posting(one.post, people.name(), organization, user))
    _post(district, postings)
    administrator = {"name": "系统管理员（演示）", "lang": "zh_CN", "tz": "Asia/Shanghai"}
    district.env.ref("base.user_admin").write(administrator)


def _organization(district, where):
    kind, _colon, place = where.rpartition(":")
    if kind == "township":
        return district.government(district.township(place))
    if kind == "village":
        return district.committee(district.village(TOWNSHIP, place))
    return district.organization(place)


def _staff_townships(district, people):
    """A child supervisor and a leader in charge for each township that has none yet."""
    for letter, post in (("s", "child_supervisor"), ("l", "township_leader")):
        townships = district.townships() - _areas_of(district, post)
        _appoint(
            district,
            post,
            [
                (f"{letter}{one.code[:9]}", people.name(), district.government(one))
                for one in townships
            ],
        )


def _staff_villages(district, people):
    """A child director for each village; where the census knows no child, one who does not log in."""
    busy, idle = [], []
    for village in district.villages() - _areas_of(district, "child_director"):
        known = sizes.short(village.name) in workbook.villages(village.township_id.name)
        (busy if known else idle).append(
            (f"v{village.code}", people.name(), district.committee(village))
        )
    _appoint(district, "child_director", busy)
    _post(district, [_posting("child_director", name, seat) for _login, name, seat in idle])


def _areas_of(district, post):
    """Return the areas of all postings with this post (its code)."""
    return district.env["lbc.posting"].search([("post_id.code", "=", post)]).area_ids


def _seat_the_group(district, people):
    """The leading group: two deputies and a member for each department; they do not log in."""
    group = district.organization(organizations.GROUP)
    postings = [_posting("group_deputy", people.name(), group) for _number in range(2)]
    postings += [
        _posting("group_member", people.name(), district.organization(name)) for name in MEMBERS
    ]
    _post(district, postings)


def _appoint(district, post, people):
    """Give each (login, name, organisation) a user and the post."""
    users = _make_users(
        district, [{"login": login, "name": name} for login, name, _organization in people]
    )
    _post(
        district,
        [
            _posting(post, name, organization, user)
            for (_login, name, organization), user in zip(people, users, strict=True)
        ],
    )


def _make_users(district, rows):
    env = district.as_user("admin")
    everybody = {"lang": "zh_CN", "tz": "Asia/Shanghai"}
    if "odoobot_state" in env["res.users"]._fields:
        everybody["odoobot_state"] = "disabled"  # nobody begins with a lesson in chatting
    users = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create([{**row, **everybody} for row in rows])
    )
    district.users.update({user.login: user for user in users})
    return users


_DICE = random.Random("training")


def _posting(post, name, organization, user=None):
    return {
        "name": name,
        "user_id": user.id if user else False,
        "post_id": post,
        "organization_id": organization.id,
        "date_from": SINCE,
        "training_hours": _DICE.choice((0, 8, 16, 16, 24)),
        "record_check_date": CHECKED,
    }


def _post(district, postings):
    env = district.as_user("admin")
    posts = {post.code: post.id for post in env["lbc.post"].search([])}
    env["lbc.posting"].create([{**one, "post_id": posts[one["post_id"]]} for one in postings])
