"""A published table of each county, a draft, and one number of each data group and place in them."""

from dataclasses import replace

from odoo import fields

from ....lib import indicators

INDICATOR_OF = {one.group: one.indicators[0].code for one in reversed(indicators.TABLES)}


def make_tables(case):
    """Make the tables of the places there are; their numbers are reached by place and data group."""
    own = case.places["own"]
    case.records["lbc.publication"] = {}
    case.records["lbc.statistic"] = {}
    draft = replace(own, name="draft", is_published=False)
    case.places["draft"] = draft
    for name in ("draft", "own", "other county"):
        if name in case.places:
            _make_table(case, case.places[name])


def _make_table(case, place):
    county = case.area_of(place).county_id
    table = case.env["lbc.publication"].create(
        {
            "title": "试",
            "county_id": county.id,
            "as_of": fields.Date.today(),
            "source": "live",
            "small_cell_k": 5,
        }
    )
    case.records["lbc.publication"][place.name] = table
    numbers = list(_numbers(case, place, county))
    table._insert([values for _where, values in numbers])
    if place.is_published:
        table.write({"state": "published"})
    found = {(one.area_id.id, one.data_group): one for one in table.statistic_ids}
    for where, values in numbers:
        case.places[where.name] = where
        key = values["area_id"], values["data_group"]
        case.records["lbc.statistic"][where.name] = found[key]


def _numbers(case, place, county):
    """Yield (place, values) of each data group in each township, and in the whole."""
    townships = {
        one.township: case.area_of(one).township_id
        for one in case.places.values()
        if one.village and one.county == place.county
    }
    for number, (group, indicator) in enumerate(INDICATOR_OF.items()):
        for key, area in {**townships, "": county}.items():
            name = f"{place.name}: {group} of {key or 'all'}"
            where = replace(
                place, name=name, data_group=group, township=key, village="", is_whole=not key
            )
            yield (
                where,
                {
                    "area_id": area.id,
                    "is_whole": not key,
                    "sequence": number,
                    "table": indicators.TABLE_OF[indicator].code,
                    "indicator": indicator,
                    "label": "试",
                    "data_group": group,
                    "value": 9,
                    "suppressed": False,
                },
            )
