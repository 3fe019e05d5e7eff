"""Divisions, rural minors, the district's profile: the work of the administrator."""

import base64
import csv
import io
import random

from . import sizes

COUNTY = "500113000000"
YEARS = (2025, 2026)


def load(district):
    """Import the divisions as the page does, and fill in what the register does not know."""
    env = district.as_user("admin")
    wizard = env["lbc.division.import"].create(
        {"file": base64.b64encode(_csv(district)), "filename": "divisions_500113.csv"}
    )
    wizard.action_import()
    district.county = env["lbc.area"].search([("code", "=", COUNTY)])
    _make_profile(env, district.county)
    _count_minors(env, district.villages())
    return wizard.created_count


def _csv(district):
    """Return the register of divisions (bytes), cut down to the size."""
    content = (sizes.DATA / "divisions_500113.csv").read_text(encoding="utf-8")
    if district.places is None:
        return content.encode()
    reader = csv.DictReader(io.StringIO(content))
    out = io.StringIO()
    writer = csv.DictWriter(out, reader.fieldnames)
    writer.writeheader()
    names = {}
    for row in reader:
        names[row["code"]] = row["name"]
        township = names.get(row["parent_code"])
        kept = {
            "township": row["name"] in district.places,
            "village": sizes.short(row["name"]) in district.places.get(township, ()),
        }
        if kept.get(row["level"], True):
            writer.writerow(row)
    return out.getvalue().encode()


def _make_profile(env, county):
    preset = env.ref("left_behind_children.profile_default")
    profile = env["lbc.profile"].create(
        {"name": county.name, "county_id": county.id, "based_on_id": preset.id}
    )
    profile.action_apply_preset()


def _count_minors(env, villages):
    """Enter rural minors under 16 by year: villages have more of them than communities."""
    dice = random.Random("minors")
    figures = []
    for village in villages:
        minors = (
            dice.randint(70, 190) if village.short_name.endswith("村") else dice.randint(15, 60)
        )
        for year in YEARS:
            figures.append({"area_id": village.id, "year": year, "rural_minors": minors})
            minors -= dice.randint(0, minors // 20)
    env["lbc.area.population"].create(figures)


def name_the_company(district):
    """Call the database's company after the district.

    The last step, because it locks out whoever refers to the company: `make run` builds scripts and
    styles beside this program.
    """
    company = district.as_user("admin").company
    company.name = "重庆市巴南区（演示）"
    return company.name
