"""Making, repeating, reading and planning anew the duties of a province, as the nightly job and its users do.

Numerator of the first table: `lbc.duty._cron_generate` with the monthly visit alone, over all children on the ledger.
Denominators: one bare INSERT … SELECT of exactly the finished rows, lying ready in a temporary table, into the same
table with the same indexes, keys and checks; and the ORM's `create` of the same values in batches. Beside them
the second run, which finds everything done. Everything is rolled back and vacuumed between rounds.
"""

from odoo.tools import SQL

from . import duties_page, population, province
from .database import tidy
from .measure import ROUNDS, Stopwatch, take_turns
from .tables import report, table, verdict

LIMIT, LEAST_FASTER, AGAIN = 1.3, 8, 0.1
# how visits are owed: (value of `visit_unit`, words, whether every county has a plan of its own)
UNITS = (
    ("household", "a household", False),
    ("child", "a child", False),
    ("household", "a household, 100 plans", True),
)
BATCH, BATCHES = 1000, 5  # of the ORM's `create`, whose rate does not depend on how many follow
REPLANNED = (1, 100, 10_000)


class Results:
    """The tables, size by size."""

    def __init__(self, promised):
        """Begin with no rows; `promised`: whether ratios are promised for the sizes to come."""
        self.promised = promised
        self.made, self.again, self.nights, self.planned, self.pages = [], [], [], [], []

    def add(self, env, size):
        """Measure with the children that are there (`size` of them on the ledger)."""
        self._whole_night(env, size)
        kinds = env["lbc.duty.kind"].search([("evidence_model", "!=", "lbc.visit")])
        kinds.active = False
        _clear(env)
        for unit, words, apart in UNITS:
            self._make(env, size, unit, words, apart)
        kinds.active = True
        _clear(env)
        keep(env)
        self._replan(env, size)
        officers = province.appoint(
            env, population.largest_village(env), f"duties_{size}", province.POSTS
        )
        self.pages += duties_page.measure(env, size, officers, self.promised)
        env.cr.execute("TRUNCATE lbc_duty, lbc_duty_run")
        env.cr.commit()
        env.invalidate_all()

    def _whole_night(self, env, size):
        """Measure the first night of all kinds of duty, and the next one, with nothing to do."""
        took = []
        for _night in range(2):
            took.append(_timed(env, env["lbc.duty"]._cron_generate, keep=True))
            keep(env)
        env.cr.execute("SELECT count(*) FROM lbc_duty")
        [rows] = env.cr.fetchone()
        self.nights.append([f"{size:,}", f"{rows:,}", *(f"{one.cpu:.2f}" for one in took)])

    def _make(self, env, size, unit, words, apart):
        profiles = env["lbc.profile"].search([("county_id", "!=", False)])
        profiles.visit_unit = unit
        for number, profile in enumerate(profiles if apart else ()):
            profile.visit_days_low = 30 + number
        env.cr.commit()
        columns, made = _prepare(env)
        ways = {
            "product": lambda: _timed(env, env["lbc.duty"]._cron_generate),
            "bare": lambda: _timed(env, lambda: _insert(env, columns)),
        }
        times = take_turns(ways, rounds=ROUNDS)
        created = _timed(env, lambda: _create(env))
        keep(env)
        before = _last_id(env)
        again = take_turns(
            {"again": lambda: _timed(env, env["lbc.duty"]._cron_generate, keep=True)}, rounds=ROUNDS
        )["again"]
        burnt = _last_id(env) - before
        _clear(env)
        profiles.write({"visit_unit": "household", "visit_days_low": 30})
        env.cr.commit()
        product, bare = times["product"], times["bare"]
        ratio, least, median = product.over(bare)
        faster = (made / product.cpu) / (BATCH * BATCHES / created.cpu)
        first = [f"{size:,}", words, f"{made:,}"]
        self.made.append(
            [
                *first,
                *(f"{one.cpu:.2f} ({one.least:.2f} / {one.median:.2f})" for one in (product, bare)),
                verdict(ratio, self.promised and LIMIT or None),
                f"{least:.2f}",
                f"{median:.2f}",
                f"{BATCH * BATCHES / created.cpu:,.0f}",
                verdict(faster, self.promised and LEAST_FASTER or None, at_least=True),
                f"{faster * ratio:.2f}",
            ]
        )
        self.again.append(
            [
                *first,
                f"{again.cpu:.2f} ({again.least:.2f} / {again.median:.2f})",
                verdict(again.over(product)[0], self.promised and AGAIN or None),
                f"{burnt}",
            ]
        )

    def _replan(self, env, size):
        """Measure planning anew after the risk of so many children of one county changed."""
        counties = env["lbc.child"]._read_group(
            [], ["county_id"], ["__count"], order="__count desc"
        )
        county = counties[0][0]
        children = env["lbc.child"].search(
            [("county_id", "=", county.id), ("state", "=", "on_ledger")]
        )
        if len(children) < REPLANNED[-1]:
            children = env["lbc.child"].search([("state", "=", "on_ledger")], limit=REPLANNED[-1])
        for count in REPLANNED:
            domain = [("id", "in", children[:count].ids)]
            env.cr.execute(
                "UPDATE lbc_child SET risk_level = 'high' WHERE id = ANY(%s)",
                [children[:count].ids],
            )
            env.invalidate_all()
            watch, before = Stopwatch(env.cr), env.cr.sql_log_count
            with watch.running():
                env["lbc.duty"]._replan(domain)
            statements = env.cr.sql_log_count - before
            env.cr.execute("SELECT count(*) FROM lbc_duty")
            [rows] = env.cr.fetchone()
            env.cr.rollback()
            places = len(children[:count].county_id)
            self.planned.append(
                [f"{size:,}", f"{count:,}", f"{places}", f"{statements}", f"{watch.took.wall:.2f}"]
                + [f"{rows:,}"]
            )

    def report(self, env, name):
        """Print and keep the tables."""
        first = ["children", "visits are owed to", "duties"]
        times = "s: CPU (least / median)"
        parts = [
            f"In 100 counties, the visits alone; {ROUNDS} rounds. *Bare* is an INSERT … SELECT of the "
            "finished rows from a temporary table; *create* the ORM's, in batches of a thousand: "
            "beside it stands how many times faster the bare statement is, which is the limit.",
            table(
                [
                    *(*first, f"product {times}", f"bare {times}", "× bare", "(least)", "(median)"),
                    *("create: rows/s", "× create", "bare × create"),
                ],
                self.made,
            ),
            "## The same job again, when nothing is to do",
            table([*first, times, "× first", "ids burnt"], self.again),
            "## The whole night, with all kinds that are shipped",
            table(["children", "duties", "first night: s CPU", "next night: s CPU"], self.nights),
            "## Planning anew when children are found to be at high risk",
            table(
                ["children", "changed", "counties", "statements", "s", "duties then"], self.planned
            ),
            "## A page of duties by due date",
            *duties_page.tables(self.pages),
        ]
        report(env, name, "Duties", parts)


def keep(env):
    """Make this month's duties and keep them: what the lists show as due; commits."""
    env["lbc.duty"]._cron_generate()
    env.cr.commit()
    tidy(env, "lbc_duty")


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


def _insert(env, columns):
    env.cr.execute(SQL("INSERT INTO lbc_duty (%s) SELECT %s FROM bench_finished", columns, columns))


def _create(env):
    """Create some of the finished rows by the ORM, in batches."""
    env.cr.execute("SELECT * FROM bench_finished LIMIT %s", [BATCH * BATCHES])
    rows = env.cr.dictfetchall()
    for row in rows:
        for name in ("create_uid", "create_date", "write_uid", "write_date"):
            del row[name]
    for first in range(0, len(rows), BATCH):
        env["lbc.duty"].create(rows[first : first + BATCH])
    env.flush_all()


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


def _last_id(env):
    env.cr.execute("SELECT last_value FROM lbc_duty_id_seq")
    return env.cr.fetchone()[0]


def _clear(env):
    env.cr.execute("TRUNCATE lbc_duty, lbc_duty_run")
    env.cr.commit()
    env.invalidate_all()
    tidy(env, "lbc_duty")
