"""A million rows of the journal: who has seen this file, how many files one has read, and its seals.

Nine rows of ten are of one file, the tenth is a list of up to 80 neighbours in the register; in every
county some files are opened far more often than others. They are written by SQL in transactions of
50,000 rows, with the table's own defaults and triggers.
"""

import ast
import time

from lxml import etree

from odoo import api
from odoo.tools import SQL

from .database import bare_tables, tidy
from .journal import specification
from .measure import Stopwatch, take_turns
from .population import largest_village
from .province import appoint
from .tables import milliseconds, report, table

ROWS = 1_000_000
BATCH = 50_000
ROUNDS = 20
BUSY = 60  # pages of 80 files that one officer opened within the hour
QUERIES = 1  # promised for the page of 80 rows

_COLUMNS = """at, user_id, login, role, posting, county, remote_addr, action, model, record_ids,
    record_count, child_ids, child_count, groups"""
_REGISTERS = """
    CREATE TEMPORARY TABLE bench_file AS
    SELECT dense_rank() OVER (ORDER BY county_id) - 1 AS place, county_id AS county,
           row_number() OVER (PARTITION BY county_id ORDER BY id) - 1 AS position, id
      FROM lbc_child;
    CREATE TEMPORARY TABLE bench_page AS
    SELECT place, county, position / 80 AS page, array_agg(id ORDER BY id) AS ids
      FROM bench_file GROUP BY place, county, page;
    CREATE TEMPORARY TABLE bench_place AS
    SELECT place, county, count(*) AS files FROM bench_file GROUP BY place, county;
    CREATE INDEX ON bench_file (place, position);
    ANALYZE bench_file; ANALYZE bench_page; ANALYZE bench_place
"""
# Cubed, so that the first files of a register are opened most.
_INSERT = f"""
    INSERT INTO lbc_journal ({_COLUMNS})
    SELECT (now() AT TIME ZONE 'UTC') - interval '90 days' * (1 - n / %(rows)s::float)
               - interval '2 hours',
           2000 + n %% 1000, 'officer' || n %% 1000, 'village', n %% 1000, place.county,
           '10.0.0.1', 'read', 'lbc.child', own.ids, cardinality(own.ids), own.ids, cardinality(own.ids),
           'address,identity'
      FROM generate_series(%(first)s, %(last)s) AS n
      JOIN bench_place place ON place.place = n %% (SELECT count(*) FROM bench_place)
      CROSS JOIN LATERAL (
        SELECT floor(files * power((hashint4(n)::bigint & 2147483647) / 2147483648.0, 3))::int
            AS position) AS pick
      LEFT JOIN bench_page page
        ON n %% 10 = 0 AND page.place = place.place AND page.page = pick.position / 80
      LEFT JOIN bench_file file
        ON n %% 10 > 0 AND file.place = place.place AND file.position = pick.position
      CROSS JOIN LATERAL (SELECT coalesce(page.ids, ARRAY[file.id]) AS ids) AS own
"""
_HOUR = f"""
    INSERT INTO lbc_journal ({_COLUMNS})
    SELECT (now() AT TIME ZONE 'UTC') - interval '50 minutes', %(user)s, 'busy', 'county', 1,
           county, '10.0.0.1', 'read', 'lbc.child', ids, 80, ids, 80, 'address,identity'
      FROM generate_series(0, %(busy)s - 1) AS n
      JOIN (SELECT county, ids, row_number() OVER (ORDER BY page) - 1 AS page
              FROM bench_page WHERE cardinality(ids) = 80 LIMIT 10) AS pages
        ON pages.page = n %% 10
"""


def run(env, name):
    """Fill the journal with rows about the children that are there, and measure."""
    _fill(env)
    village = largest_village(env)
    posts = {"data_officer": ("county", "data_officer")}
    [[officer, _county]] = appoint(env, village, "journal_rows", posts).values()
    child = _most_seen(env, officer)
    parts = [
        f"{ROWS:,} rows; {ROUNDS} rounds. Milliseconds: CPU, and in brackets least / median on the "
        f"wall. A tenth of the rows are lists of up to 80 files. The file asked for is the most "
        "seen of the officer's county.",
        "## Who has seen this file, as the data officer",
        table(["what", "ms", "queries", "rows", "promised"], _lookups(env, officer, child)),
        "The plan of the page's query:\n\n```\n" + _plan(env, officer, child) + "\n```",
        "## How many files one officer has read within the hour (`_files_read`)",
        table(["what", "ms", "queries", "files", "promised"], _hours(env)),
        "## Seals",
        table(["what", "rows", "s", "rows/s"], _seals(env)),
    ]
    report(env, name, "A million rows of the journal", parts)


def _fill(env):
    env.cr.execute("SELECT count(*) FROM lbc_journal")
    done = env.cr.fetchone()[0]
    env.cr.execute(_REGISTERS)
    with bare_tables(env, "lbc_journal"):
        for first in range(done, ROWS, BATCH):
            last = min(first + BATCH, ROWS) - 1
            env.cr.execute(_INSERT, {"rows": ROWS, "first": first, "last": last})
            env.cr.commit()  # as many transactions, which are sealed one after the other
    env.cr.commit()
    tidy(env, "lbc_journal")


def _most_seen(env, officer):
    """Return the id of the child of the officer's county with the most rows."""
    env.cr.execute(
        """
        SELECT child FROM (SELECT unnest(child_ids) AS child FROM lbc_journal WHERE county = %s) seen
         GROUP BY child ORDER BY count(*) DESC, child LIMIT 1
        """,
        [officer._lbc_actor()[-1]],
    )
    return env.cr.fetchone()[0]


def _lookups(env, officer, child):
    """Return the rows of the table: the page alone, its number, and all that the web client asks."""
    own = env(user=officer, su=False, context={"lang": officer.lang, "tz": officer.tz})
    action = own.ref("left_behind_children.child_journal_action").sudo()
    domain = ast.literal_eval(action.domain.replace("active_id", str(child)))
    views = own["lbc.journal"].get_views([(False, "list")])["views"]
    fields = specification(own["lbc.journal"], etree.fromstring(views["list"]["arch"]))
    stored = [name for name in fields if own["lbc.journal"]._fields[name].store]
    calls = {
        "the first page of 80 rows": lambda rows: len(rows.search_fetch(domain, stored, limit=80)),
        "their number": lambda rows: rows.search_count(domain),
        "both, as the web client asks, with names in words": lambda rows: rows.web_search_read(
            domain, fields, limit=80, count_limit=10001
        )["length"],
    }
    found = [_called(own, what, call) for what, call in calls.items()]
    kept = "kept" if int(found[0][2]) == QUERIES else "MISSED"
    return [[*row, f"1 query: {kept}" if row is found[0] else ""] for row in found]


def _called(env, what, call):
    """Return [what, ms, queries, answer] of a call on the journal, in transactions of its own."""
    last = {}

    def once():
        with env.registry.cursor() as cr:
            rows = api.Environment(cr, env.uid, env.context)["lbc.journal"]
            watch, before = Stopwatch(cr), cr.sql_log_count
            with watch.running():
                last["answer"] = call(rows)
            last["queries"] = cr.sql_log_count - before
        return watch.took

    timing = take_turns({what: once}, rounds=ROUNDS, warm_up=3)[what]
    return [what, milliseconds(timing), str(last["queries"]), f"{last['answer']:,}"]


def _plan(env, officer, child):
    """Return the plan of the page's query; fails unless it comes by the index of children."""
    rows = env["lbc.journal"].with_user(officer)
    query = rows._search([("child_id", "=", child)], order=rows._order, limit=80)
    lines = env.execute_query(SQL("EXPLAIN (COSTS OFF) %s", query.select()))
    plan = "\n".join(line for (line,) in lines)
    if "lbc_journal__children" not in plan or "Seq Scan on lbc_journal" in plan:
        raise AssertionError(f"The journal is not asked by its index of children:\n{plan}")
    return plan


def _hours(env):
    """Return the rows of the table, of an officer who has opened many pages."""
    user = env.ref("base.user_admin")
    env.cr.execute(_HOUR, {"user": user.id, "busy": BUSY})
    env.cr.commit()
    own = env(user=user, su=False)
    pages = f"{BUSY} pages of 80 files"
    calls = {
        f"up to the limit, the sum: {pages}": lambda rows: rows._files_read(80 * BUSY),
        f"above it, counted exactly: {pages}": lambda rows: rows._files_read(1),
    }
    return [[*_called(own, what, call), ""] for what, call in calls.items()]


def _seals(env):
    """Seal everything and verify it; return the rows of the table."""
    Seal = env["lbc.journal.seal"]
    began = time.perf_counter()
    sealed = sum(Seal._seal().mapped("row_count"))
    env.cr.commit()
    took = time.perf_counter() - began
    began = time.perf_counter()
    findings = Seal._verify()
    if findings:
        raise AssertionError(f"The journal is not sound: {findings}")
    verified = time.perf_counter() - began
    return [
        [what, f"{sealed:,}", f"{seconds:.1f}", f"{sealed / seconds:,.0f}"]
        for what, seconds in (("sealed", took), ("verified", verified))
    ]
