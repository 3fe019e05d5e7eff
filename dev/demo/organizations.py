"""Organisations of the district, and the names they had in 2016 (B-3.1b, domain.md §A.6).

The days of the renamings are those of the reform of 2019, as far as a demonstration needs them.
"""

from datetime import date

from . import workbook

GROUP = "巴南区农村留守儿童关爱保护工作领导小组"
REFORM = date(2019, 2, 28)  # last day of the old names

# name today, kind, sits in the leading group, name in 2016 when it was another one
COUNTY_BODIES = [
    (GROUP, "leading_group", False, None),
    (f"{GROUP}办公室", "leading_group", False, None),
    ("中共巴南区委政法委员会", "department", True, "巴南区社会管理综合治理委员会办公室"),
    ("巴南区教育委员会", "education_authority", True, None),
    ("巴南区民政局", "civil_affairs_authority", True, None),
    ("巴南区公安分局", "police_authority", True, None),
    ("巴南区司法局", "justice_authority", True, None),
    ("巴南区人力资源社会保障局", "labour_authority", True, "巴南区人力社保局"),
    ("巴南区卫生健康委员会", "health_authority", True, "巴南区卫生和计划生育委员会"),
    ("巴南区总工会", "trade_union", True, None),
    ("共青团巴南区委员会", "youth_league", True, None),
    ("巴南区妇女联合会", "womens_federation", True, None),
    ("巴南区残疾人联合会", "disabled_federation", True, None),
    ("巴南区交通运输委员会", "department", False, "巴南区交通委员会"),
    ("巴南区财政局", "department", False, None),
    ("国家税务总局巴南区税务局", "department", False, "巴南区国家税务局、巴南区地方税务局"),
    ("巴南区关心下一代工作委员会", "next_generation_committee", False, None),
    ("巴南区人民法院", "court", False, None),
    ("巴南区人民检察院", "procuratorate", False, None),
    ("巴南区救助管理站", "rescue_station", False, None),
    ("巴南区未成年人救助保护中心", "protection_institution", False, None),
    ("巴南区儿童福利院", "welfare_institution", False, None),
    ("巴南区人民医院", "hospital", False, None),
    ("巴南区暖阳社会工作服务中心", "social_work_agency", False, None),
]


def load(district):
    """Create all organisations; returns their number."""
    env = district.as_user("admin")
    kinds = {kind.code: kind.id for kind in env["lbc.organization.kind"].search([])}
    _make_county_bodies(env, district, kinds)
    townships = district.townships()
    _make(env, [_government(one, kinds) for one in townships])
    governments = _by_area(env, "township", townships)
    _make(env, [_committee(one, kinds, governments) for one in district.villages()])
    police = district.organization("巴南区公安分局")
    for township in townships:
        seat = _stem(township)
        clinic = "卫生院" if township.name.endswith("镇") else "社区卫生服务中心"
        _make(
            env,
            [
                _body(f"{seat}派出所", kinds["police_station"], township, police),
                _body(f"{township.name}{clinic}", kinds["hospital"], township),
                *_schools(district, township, kinds),
            ],
        )
    return env["lbc.organization"].search_count([])


def _make_county_bodies(env, district, kinds):
    for place, (name, kind, in_group, former) in enumerate(COUNTY_BODIES, 1):
        body = env["lbc.organization"].create(
            {
                "name": former or name,
                "kind_id": kinds[kind],
                "area_id": district.county.id,
                "leading_group": in_group,
                "sequence": place,
            }
        )
        if former:
            body.action_rename(name, REFORM)


def _government(township, kinds):
    suffix = "人民政府" if township.name.endswith("镇") else "办事处"
    return _body(f"{township.name}{suffix}", kinds["township"], township, sequence=30)


def _committee(village, kinds, governments):
    above = governments[village.township_id.id]
    return _body(village.name, kinds["village_committee"], village, above, sequence=100)


def _schools(district, township, kinds):
    """Return the schools and kindergartens that the census names for children of the township."""
    names = workbook.schools(township.name)
    education = district.organization("巴南区教育委员会")
    for name in names:
        kind = "kindergarten" if name.endswith("幼儿园") else "school"
        yield _body(name, kinds[kind], township, education, sequence=60)


def _body(name, kind_id, area, parent=None, sequence=80):
    return {
        "name": name,
        "kind_id": kind_id,
        "area_id": area.id,
        "parent_id": parent.id if parent else False,
        "leading_group": False,
        "sequence": sequence,
    }


def _make(env, rows):
    env["lbc.organization"].create(rows)


def _by_area(env, kind, areas):
    found = env["lbc.organization"].search([("kind_code", "=", kind), ("area_id", "in", areas.ids)])
    return {one.area_id.id: one for one in found}


def _stem(township):
    return township.name.removesuffix("街道").removesuffix("镇")
