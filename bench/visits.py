"""Making a month's visit duties for a whole province, as the nightly job does.

Numerator: `lbc.duty._cron_generate`, county by county, over all children on the ledger. Denominator:
one bare INSERT … SELECT of exactly the finished rows, lying ready in a temporary table, into the
same table with the same indexes, keys and checks. Beside them the second run, which finds
everything done. Everything is rolled back and vacuumed between rounds.
"""

from odoo.tools import SQL

from .database import tidy
from .measure import ROUNDS, Stopwatch, take_turns
from .tables import report, table, verdict

LIMIT = 1.5
UNITS = {"household": "a household", "child": "a child"}


def run(env, size, name, promised):
    """Measure with the children that are there (`size` of them on the ledger).

    :param promised: whether a ratio is promised for this size
    """
    limit = LIMIT if promised else None
    rows = [row for unit in UNITS for row in _measure(env, unit, limit)]
    headings = [
        *("visits are owed to", "way", "duties", "least s", "median s", "CPU s", "duties/s"),
        *("× bare", "(least)", "(median)"),
    ]
    text = (
        f"{size:,} children on the ledger in 100 counties; {ROUNDS} rounds. *Bare* is an INSERT … "
        "SELECT of the finished rows from a temporary table. *Second run* is the same job when "
        "all duties are there."
    )
    report(env, name, "A month's visit duties", [text, table(headings, rows)])


def keep(env):
    """Make this month's duties and keep them: what the lists show as due; commits."""
    env["lbc.duty"]._cron_generate()
    env.cr.commit()
    tidy(env, "lbc_duty")


def _measure(env, unit, limit):
    """Return the table's rows for one unit of visits."""
    Duty = env["lbc.duty"]
    profiles = env["lbc.profile"].search([("county_id", "!=", False)])
    profiles.visit_unit = unit
    env.cr.commit()
    columns, made = _prepare(env)

    def product():
        return _timed(env, Duty._cron_generate)

    def bare():
        statement = SQL("INSERT INTO lbc_duty (%s) SELECT %s FROM bench_finished", columns, columns)
        return _timed(env, lambda: env.cr.execute(statement))

    times = take_turns({"product": product, "bare": bare}, rounds=ROUNDS)
    keep(env)
    again = take_turns({"again": lambda: _timed(env, Duty._cron_generate, keep=True)})["again"]
    _clear(env)
    profiles.visit_unit = "household"
    env.cr.commit()
    measured = (
        ("product", times["product"], made, limit),
        ("bare", times["bare"], made, None),
        ("second run", again, 0, None),
    )
    return [
        [UNITS[unit], way, *_cells(timing, times["bare"], duties, judged)]
        for way, timing, duties, judged in measured
    ]


def _cells(timing, bare, duties, limit):
    ratio, least, median = timing.over(bare)
    return [
        f"{duties:,}",
        *(f"{seconds:.2f}" for seconds in (timing.least, timing.median, timing.cpu)),
        f"{duties / timing.least:,.0f}" if duties else "",
        verdict(ratio, limit),
        f"{least:.2f}",
        f"{median:.2f}",
    ]


def _prepare(env):
    """Keep the finished rows in a temporary table; return (SQL of their columns, their number)."""
    names = [
        name
        for name, field in env["lbc.duty"]._fields.items()
        if field.store and field.column_type and name != "id"
    ]
    columns = SQL(", ").join(map(SQL.identifier, names))
    env["lbc.duty"]._cron_generate()
    env.cr.execute("DROP TABLE IF EXISTS bench_finished")
    env.cr.execute(
        SQL("CREATE TEMPORARY TABLE bench_finished AS SELECT %s FROM lbc_duty ORDER BY id", columns)
    )
    made = env.cr.rowcount
    env.cr.execute("ANALYZE bench_finished")
    _clear(env)
    return columns, made


def _timed(env, work, keep=False):
    """Return what `work` took; what it wrote is taken back."""
    env.invalidate_all()
    watch = Stopwatch(env.cr)
    with watch.running():
        work()
    env.cr.rollback()
    if not keep:
        tidy(env, "lbc_duty")
    return watch.took


def _clear(env):
    env.cr.execute("DELETE FROM lbc_duty")
    env.cr.commit()
    env.invalidate_all()
    tidy(env, "lbc_duty")
