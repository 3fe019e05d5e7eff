"""The counts of the summary table in one statement, with the tests of `lib.summary`."""

from odoo.tools import SQL

from ...lib import summary
from ...lib.columns import TERMS
from ...lib.vocabulary import GRANDPARENTS

_AGE_OF_BAND = dict(summary.BAND_STARTS)


def counts(source, key, day, reached_on, figures=summary.FIGURES):
    """Return SQL: (key, number of children, one count for each of the figures), a row for each key.

    :param source: SQL of ledger rows with the columns of `lib.summary.COLUMNS`
    :param key: column (str) of the source by which is grouped: `township_id` or `area_id`
    :param day: date on which ages are counted
    :param reached_on: the district's reading of the day on which an age is reached
    :param figures: `lib.summary.Figure`s, in the order of their columns
    """
    return SQL(
        "SELECT place, count(*), %(figures)s FROM (SELECT ledger.%(key)s AS place, %(facts)s "
        "FROM (%(source)s) ledger) child GROUP BY place",
        figures=SQL(", ").join(map(_count, figures)),
        key=SQL.identifier(key),
        facts=SQL(", ").join(
            SQL("%s AS %s", _fact(fact, day, reached_on), SQL.identifier(fact.code))
            for fact in summary.FACTS
        ),
        source=source,
    )


def _count(figure):
    tests = SQL(" AND ").join(_test(fact, code) for fact, code in figure.tests)
    return SQL("count(*) FILTER (WHERE %s)", tests)


def _test(fact, code):
    column = SQL.identifier("child", fact)
    if code is None:
        return SQL("%s IS NULL", column)
    if any(one.code == fact and one.kind == TERMS for one in summary.FACTS):
        return SQL("%s = ANY(%s)", code, column)
    return SQL("%s = %s", column, code)


def _fact(fact, day, reached_on):
    """Return SQL of a fact of a ledger row, as `lib.summary.facts_of` has it."""
    column = SQL.identifier("ledger", fact.column)
    if fact.code == "age_band":
        return _age_band(column, day, reached_on)
    if fact.code == "carer":
        return _carer_group(column)
    if fact.kind == TERMS:
        return SQL("string_to_array(COALESCE(NULLIF(%s, ''), %s), ',')", column, summary.NO_AID)
    codes = tuple(term.code for term in fact.terms)
    return SQL("CASE WHEN %(column)s IN %(codes)s THEN %(column)s END", column=column, codes=codes)


def _age_band(birth_date, day, reached_on):
    # Like lib.ages: a period of years ends on the corresponding day, or the last one of the month.
    reached = SQL(" ").join(
        SQL(
            "WHEN (%s + make_interval(years => %s))::date + %s <= %s THEN %s",
            birth_date,
            years,
            int(reached_on == "day_after"),
            day,
            band,
        )
        for band, years in _AGE_OF_BAND.items()
    )
    youngest = summary.AGE_BANDS[0].code
    return SQL(
        "CASE WHEN %s IS NOT NULL THEN CASE %s ELSE %s END END", birth_date, reached, youngest
    )


def _carer_group(relation):
    return SQL(
        "CASE WHEN %(relation)s IN %(grandparents)s THEN 'grandparents' "
        "WHEN %(relation)s IS NOT NULL OR COALESCE(ledger.carer_name, '') <> '' "
        "THEN 'relatives_friends' ELSE 'none' END",
        relation=relation,
        grandparents=GRANDPARENTS,
    )
