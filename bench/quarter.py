"""Reporting a quarter of a district: freezing its children, finding what changed, hashing everything.

Numerator of the first table: `lbc.submission._freeze` of 23 townships, one after the other, as their leaders submit.
Denominator: one bare INSERT … SELECT of the same columns, read from the same tables for all children on the ledger of
today, into the same table with the same indexes, keys and triggers. Beside it stands the INSERT … SELECT of the
finished rows, lying ready in one table, which reads nothing else.

Numerator of the second: the digest, the marks of rows and the digests of columns, and the changes since the last
quarter with theirs, township by township, as a submission makes them. The last quarter's versions hold their marks, as
sealed ones do. Denominator: fetching the same rows, in the same order, to the client.

Everything is rolled back between rounds. The workbook is measured by `quarter_workbook`.
"""

from odoo.tools import SQL

from odoo.addons.left_behind_children.lib import ledger_changes
from odoo.addons.left_behind_children.lib.periods import Quarter
from odoo.addons.left_behind_children.models.ledger.snapshot import FROZEN, MASKED, masked_name
from odoo.addons.left_behind_children.models.ledger.submission_version_seal import HASHED

from . import population
from .database import tidy
from .measure import ROUNDS, Stopwatch, take_turns
from .quarter_district import TOWNSHIPS, settle
from .tables import report, table, verdict

FREEZE, DIGEST = 1.5, 1.5
PERIODS = (Quarter(2026, 2), Quarter(2026, 3))


def run(env, size, name, promised):
    """Measure a quarter of `size` children in 23 townships of one county."""
    population.grow(env, size)
    county, townships = settle(env)
    earlier, quarter = (_open(env, county, townships, one) for one in PERIODS)
    _freeze(env, earlier)
    env.cr.execute("UPDATE lbc_child SET address = address || '改' WHERE hashint4(id) & 31 = 0")
    env.cr.execute(
        "UPDATE lbc_episode SET state = 'exited', date_exit = '2026-08-01' WHERE hashint4(child_id) & 63 = 1"
    )
    env.cr.commit()
    frozen = _measure_freezing(env, quarter)
    _freeze(env, quarter)
    env.cr.commit()
    tidy(env, "lbc_snapshot", "lbc_submission_version")
    hashed = _measure_hashing(env, quarter)
    again = _timed(env, lambda: env["lbc.quarter"]._open(county, PERIODS[1]))
    _report(env, name, size, promised, frozen, hashed, again)


def reported(env, county):
    """Return a quarter (`lbc.quarter`) of the county whose rows are frozen, after freezing one if none is; commits."""
    found = env["lbc.submission"].search(
        [("county_id", "=", county.id), ("current_version_id", "!=", False)],
        order="cutoff desc",
        limit=1,
    )
    if not found:
        townships = env["lbc.area"].search(
            [("county_id", "=", county.id), ("level", "=", "township")]
        )
        found = _open(env, county, townships, PERIODS[-1])
        _freeze(env, found)
        env.cr.commit()
        tidy(env, "lbc_snapshot", "lbc_submission_version")
    return found.quarter_id


def _open(env, county, townships, period):
    """Open the quarter of a county; returns the submissions of the townships in which children live."""
    quarter = env["lbc.quarter"]._open(county, period)
    env.cr.commit()
    return quarter.submission_ids.filtered(lambda one: one.township_id in townships)


def _versions(submissions):
    """Return a version of each submission that waits for its rows, as a submission begins it."""
    return submissions.env["lbc.submission.version"].create(
        [
            {
                "submission_id": one.id,
                "number": 1,
                "township_id": one.township_id.id,
                "county_id": one.county_id.id,
                "cutoff": one.cutoff,
                "submitted_at": f"{one.cutoff} 04:00:00",
            }
            for one in submissions
        ]
    )


def _freeze(env, submissions):
    """Freeze the rows of the submissions, and leave the versions with their marks as their current ones."""
    for version in _versions(submissions):
        version.submission_id._freeze(version)
        version.write(version._hashed_rows(HASHED))
        # reported, as the others' rows are looked up in the reports that stand
        version.submission_id.write({"current_version_id": version.id, "state": "submitted"})
    env.flush_all()


def _measure_freezing(env, submissions):
    versions = _versions(submissions)
    env.cr.commit()

    def product():
        for version in versions:
            version.submission_id._freeze(version)

    product()
    env.cr.execute(
        "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns "
        "WHERE table_name = 'lbc_snapshot' AND column_name <> 'id'"
    )
    columns = SQL(env.cr.fetchone()[0])
    env.cr.execute(
        SQL(
            "CREATE TEMPORARY TABLE finished AS SELECT %s FROM lbc_snapshot "
            "WHERE version_id = ANY(%s) ORDER BY id",
            columns,
            versions.ids,
        )
    )
    # The temporary table stays when the rows go: it is copied out of the transaction.
    env.cr.execute("CREATE TABLE IF NOT EXISTS bench_finished AS SELECT * FROM finished")
    env.cr.execute("SELECT count(*) FROM bench_finished")
    count = env.cr.fetchone()[0]
    _undo_rows(env, versions)
    tidy(env, "bench_finished", "lbc_snapshot")

    columns_of, values, joins = _ledger_sql(env, submissions[0].cutoff)

    def bare():
        env.cr.execute(_bare(submissions[0].cutoff, versions, columns_of, values, joins))

    def finished():
        statement = "INSERT INTO lbc_snapshot (%s) SELECT %s FROM bench_finished"
        env.cr.execute(SQL(statement, columns, columns))

    ways = {"product": product, "bare": bare, "finished": finished}
    times = take_turns(
        {one: lambda way=way: _timed(env, way) for one, way in ways.items()}, rounds=ROUNDS
    )
    with_triggers_off(env, "DELETE FROM lbc_submission_version WHERE id = ANY(%s)", versions.ids)
    env.cr.execute("DROP TABLE bench_finished")
    env.cr.commit()
    return times, count


def _ledger_sql(env, day):
    """Return SQL of the names of all columns of the ledger, of their values, and of the joins."""
    expressions = {column.code: column.sql or "NULL" for column in FROZEN}
    expressions |= {masked_name(column): column.masked for column in MASKED}
    names = SQL(", ").join(map(SQL.identifier, expressions))
    return names, *env["lbc.child"]._ledger_sql(expressions, day)


def _bare(day, versions, names, values, joins):
    return SQL(
        """
        INSERT INTO lbc_snapshot (
            version_id, submission_id, child_ref, file_number, label, area_id, township_id, county_id,
            date_entry, verified_on, %s)
        SELECT version.id, version.submission_id, child.id, child.file_number, child.display_name,
               asof.area_id, asof.township_id, child.county_id, child.date_entry, child.verified_on, %s
          FROM lbc_child child
          JOIN lbc_submission_version version
            ON version.township_id = child.township_id AND version.id = ANY(%s)
         CROSS JOIN LATERAL (SELECT %s::date AS day, child.area_id, child.township_id) asof
          %s
         WHERE child.state IN ('on_ledger', 'transferring', 'exit_pending')
        """,
        names,
        values,
        versions.ids,
        day,
        joins,
    )


def _undo_rows(env, versions):
    with_triggers_off(env, "DELETE FROM lbc_snapshot WHERE version_id = ANY(%s)", versions.ids)
    env.cr.commit()


def with_triggers_off(env, statement, ids):
    """Execute a statement that the triggers of frozen rows refuse."""
    for name in ("lbc_snapshot", "lbc_submission_version"):
        env.cr.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    env.cr.execute(statement, [ids])
    for name in ("lbc_snapshot", "lbc_submission_version"):
        env.cr.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
    env.invalidate_all()


def _measure_hashing(env, submissions):
    versions = submissions.current_version_id
    columns = SQL(", ").join(map(SQL.identifier, HASHED))

    marks = {version: version.row_marks for version in versions}

    def find(version, row_marks):
        version._find_changes(version.submission_id._compared_versions(), row_marks)
        version._hashed_changes(" ".join(ledger_changes.KIND_OF))

    def changes():
        for version in versions:
            find(version, marks[version])

    def digest():
        for version in versions:
            version._hashed_rows(HASHED)

    def both():
        for version in versions:
            find(version, version._hashed_rows(HASHED)["row_marks"])

    def fetch():
        for version in versions:
            statement = "SELECT %s FROM lbc_snapshot WHERE version_id = %s ORDER BY child_ref"
            env.cr.execute(SQL(statement, columns, version.id))
            env.cr.fetchall()

    ways = {"changes and digest": both, "changes": changes, "digest": digest, "fetch": fetch}
    return take_turns(
        {one: lambda way=way: _timed(env, way) for one, way in ways.items()}, rounds=ROUNDS
    )


def _timed(env, work):
    """Do the work, return what it Took, and undo it."""
    watch = Stopwatch(env.cr)
    env.invalidate_all()
    with watch.running():
        work()
        env.flush_all()
    env.cr.rollback()
    env.invalidate_all()
    return watch.took


def _report(env, name, size, promised, frozen, hashed, again):
    times, count = frozen
    limits = (FREEZE, DIGEST) if promised else (None, None)
    rows = [
        _row("freezing", times["product"], times["bare"], limits[0]),
        _row("freezing, against finished rows", times["product"], times["finished"], None),
        _row("changes and digest", hashed["changes and digest"], hashed["fetch"], limits[1]),
        _row("changes alone", hashed["changes"], hashed["fetch"], None),
        _row("digest alone", hashed["digest"], hashed["fetch"], None),
    ]
    text = (
        f"{size:,} children on the ledger of one county with {TOWNSHIPS} townships; {count:,} rows "
        f"of {len(HASHED)} columns; since the last quarter one child in 32 has another address and one in 64 "
        f"has left; {ROUNDS} rounds. Opening the quarter again took "
        f"{again.wall:.3f} s and made nothing."
    )
    headings = ["what", "CPU s", "least s", "compared with: CPU s", "least s", "ratio", "(least)"]
    report(env, name, "Reporting a quarter", [text, table(headings, rows)])


def _row(what, one, other, limit):
    ratio, least, _median = one.over(other)
    seconds = [f"{value:.2f}" for value in (one.cpu, one.least, other.cpu, other.least)]
    return [what, *seconds, verdict(ratio, limit), f"{least:.2f}"]
