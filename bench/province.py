"""A whole province to measure in: its real divisions, a profile for each county, schools, officers.

16,727 villages in 1,406 townships and 100 counties, from the public list of divisions that the
demonstration brings along; everything in them is invented.
"""

import base64
import csv
import gzip
import io
import random
from pathlib import Path

DIVISIONS = Path(__file__).parents[1] / "dev" / "demo" / "data" / "divisions_21.csv.gz"
MODULE = "left_behind_children"

POSTS = {
    "village": ("village", "child_director"),
    "township": ("township", "child_supervisor"),
    "county": ("county", "civil_affairs_officer"),
}


def build(env):
    """Import the divisions, give each county a profile and each township a school; commits."""
    content = gzip.decompress(DIVISIONS.read_bytes()) if DIVISIONS.exists() else _invented()
    wizard = env["lbc.division.import"].create({"file": base64.b64encode(content)})
    wizard.action_import()
    counties = env["lbc.area"].search([("level", "=", "county")])
    env["lbc.profile"].create(
        [{"name": county.name, "county_id": county.id} for county in counties]
    )
    kind = env.ref(f"{MODULE}.organization_kind_school")
    env["lbc.organization"].create(
        [
            {"name": f"{township.name}中心小学", "kind_id": kind.id, "area_id": township.id}
            for township in env["lbc.area"].search([("level", "=", "township")])
        ]
    )
    env.cr.commit()
    print(f"{len(counties)} counties with their townships, villages and schools", flush=True)


def appoint(env, village, purpose, posts=None):
    """Post officers for the village, its township and its county, one each by default; commits.

    :param purpose: word with which the logins begin
    :param posts: {name: (level, code of the post)}
    :return: {name: (user, the area he is responsible for)}
    """
    township = village.township_id
    places = {"village": village, "township": township, "county": village.county_id}
    school = env["lbc.organization"].search([("area_id", "=", township.id)], limit=1)
    officers = {}
    for name, (level, post) in (posts or POSTS).items():
        login = f"{purpose}_{name}"
        user = env["res.users"].create(
            {
                "name": login,
                "login": login,
                "lang": "zh_CN",
                "tz": "Asia/Shanghai",
                "group_ids": [(6, 0, [env.ref("base.group_user").id])],
            }
        )
        env["lbc.posting"].create(
            {
                "name": login,
                "user_id": user.id,
                "post_id": env.ref(f"{MODULE}.post_{post}").id,
                "organization_id": school.id,
                "area_ids": [(6, 0, places[level].ids)],
                "date_from": "2020-01-01",
            }
        )
        officers[name] = user, places[level]
    env.cr.commit()
    return officers


def _invented():
    """Return the CSV of a province of the same size, for checkouts without the list."""
    chance = random.Random(21)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("code", "name", "level", "parent_code"))
    writer.writerow(("990000000000", "测试省", "province", ""))
    writer.writerow(("990100000000", "测试市", "city", "990000000000"))
    for county in range(100):
        code = f"9901{county:02d}000000"
        writer.writerow((code, f"测试{county}区", "county", "990100000000"))
        for township in range(14):
            inner = f"9901{county:02d}{township + 100:03d}000"
            writer.writerow((inner, f"测试{township}镇", "township", code))
            for village in range(chance.randrange(6, 19)):
                outer = f"{inner[:9]}{village + 200:03d}"
                writer.writerow((outer, f"测试{village}村村民委员会", "village", inner))
    return text.getvalue().encode()
