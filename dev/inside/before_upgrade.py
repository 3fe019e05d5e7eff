"""Fill the previous version: places, people, two children, a quarter, a visit, an assignment, a census."""

from datetime import date, timedelta

from odoo.addons.left_behind_children.lib.periods import Quarter

PREFIX = "left_behind_children"


def area(code, name, level, parent=None):
    values = {"code": code, "name": name, "level": level, "parent_id": parent and parent.id}
    return env["lbc.area"].create(values)


province = area("990000000000", "测试省", "province")
county = area("990113000000", "测试区", "county", area("990100000000", "测试市", "city", province))
township = area("990113100000", "甲镇", "township", county)
village = area("990113100200", "东村村民委员会", "village", township)
other = area("990113101000", "乙镇", "township", county)
merged = area("990113102000", "丙镇", "township", county)
places = {
    one: area(f"{one.code[:9]}200", f"{one.name}村", "village", one) for one in other | merged
}
preset = env.ref(f"{PREFIX}.profile_default")
profile = env["lbc.profile"].create(
    {"name": "测试区", "county_id": county.id, "based_on_id": preset.id}
)
profile.action_apply_preset()
kind = env.ref(f"{PREFIX}.organization_kind_department")
office = env["lbc.organization"].create(
    {"name": "测试单位", "kind_id": kind.id, "area_id": county.id}
)
posts = {"child_director": village, "township_leader": township, "data_officer": county}
for post, place in posts.items():
    user = env["res.users"].create({"name": post, "login": post, "tz": "Asia/Shanghai"})
    env["lbc.posting"].create(
        {
            "name": post,
            "user_id": user.id,
            "post_id": env.ref(f"{PREFIX}.post_{post}").id,
            "organization_id": office.id,
            "area_ids": [(6, 0, place.ids)],
            "date_from": "2020-01-01",
        }
    )
for name in ("张三丰", "李小小"):
    parents = env["lbc.guardian"].create(
        [{"name": f"{name[0]}{which}", "area_id": village.id} for which in ("父", "母")]
    )
    household = env["lbc.household"].create({"area_id": village.id})
    child = env["lbc.child"].create(
        {
            "name": name,
            "area_id": village.id,
            "household_id": household.id,
            "birth_date": "2016-08-18",
            "sex": "male",
            "no_id_reason": "待补",
        }
    )
    env["lbc.guardianship"].create(
        [
            {"child_id": child.id, "guardian_id": parent.id, "role": role}
            for parent, role in zip(parents, ("father", "mother"), strict=True)
        ]
    )
    child.message_post(body="登记")
env["lbc.migration"].create(
    [
        {
            "guardian_id": parent.id,
            "date_from": "2020-01-01",
            "place": "广东省东莞市",
            "cross_county": "yes",
        }
        for parent in child.guardianship_ids.guardian_id
    ]
)
child.action_submit()
last = Quarter.of(date.today()).previous()
child._verify(last.start, "村委会证明")
# Three quarters of three townships: one was late, one was merged before the last.
submitted = env["lbc.submission"]
for quarter in (last.previous().previous(), last.previous(), last):
    if quarter == last:
        merged._merge_into(other, env["lbc.quarter"].search([], limit=1).cutoff)
    opened = env["lbc.quarter"]._open(county, quarter)
    opened.submission_ids._submit()
    for one in opened.submission_ids:
        late = one.township_id == other and quarter == last
        one.submitted_at = one.cutoff + timedelta(days=1 if late else -1)
    submitted |= opened.submission_ids
submitted._compute_is_on_time()
env["lbc.duty"]._cron_generate()
env["lbc.visit"].create(
    {
        "household_id": child.household_id.id,
        "met_child": True,
        "family_note": "无变化",
        "care_quality": "good",
        "schooling": "attending",
        "danger": "no",
    }
).action_submit()
env["lbc.assignment"].create(
    {
        "child_id": child.id,
        "organization_id": office.id,
        "purpose": "结对帮扶",
        "legal_ground": "entrusted",
        "date_to": "2030-01-01",
    }
)
# What the census says of agreements.
carer = env["lbc.guardian"].create(
    {"name": "王奶奶", "area_id": village.id, "birth_date": "1960-01-01"}
)
env["lbc.guardianship"].create(
    {
        "child_id": child.id,
        "guardian_id": carer.id,
        "role": "carer",
        "relation": "paternal_grandmother",
    }
)
census = env["lbc.census.import"].create({"filename": "普查.xlsx", "as_of": date.today()})
env["lbc.census.line"].create(
    {
        "import_id": census.id,
        "row": 5,
        "status": "ok",
        "child_id": child.id,
        "raw": {
            "agreement_signed": "是",
            "agreement_from": (date.today() - timedelta(days=100)).isoformat(),
            "agreement_to": (date.today() + timedelta(days=30)).isoformat(),
        },
    }
)
env["lbc.agreement"]._take_over_census()
env["lbc.child"]._refresh_guardian_dates_of([])
env["lbc.child"]._refresh_contact_dates()
env.cr.commit()
