"""The census of the benchmark: imported by the product, and its rows written by psycopg2 alone."""

import base64

from psycopg2.extras import execute_values

from odoo import fields
from odoo.tools import SQL

from odoo.addons.left_behind_children.dev.demo import synthetic
from odoo.addons.left_behind_children.models.registry import census_reader

from . import province
from .database import tidy
from .measure import Stopwatch

PAGE_SIZE = 1000
LINES = "lbc_census_line"
# In the order in which rows refer to each other.
TABLES = (
    "lbc_household",
    "lbc_guardian",
    "lbc_migration",
    "lbc_capacity",
    "lbc_child",
    "lbc_episode",
    "lbc_guardianship",
    "lbc_health",
    "lbc_aid_lbc_child_rel",
    LINES,
)


class Census:
    """A census of synthetic rows, uploaded and not yet checked."""

    def __init__(self, env, size):
        """Upload the workbook as the officer of a county; commits."""
        ((county, _count),) = env["lbc.area"]._read_group(
            [("level", "=", "village")],
            ["county_id"],
            ["__count"],
            order="__count desc, county_id",
            limit=1,
        )
        villages = env["lbc.area"].search(
            [("county_id", "=", county.id), ("level", "=", "village")]
        )
        officer, _area = province.appoint(env, villages[0], "census")["county"]
        day = fields.Date.context_today(env["lbc.child"])
        places = [(village.township_id.name, village.name) for village in villages]
        Model = env(user=officer, su=False, context={"lang": "zh_CN", "tz": officer.tz})[
            "lbc.census.import"
        ]
        self.content = synthetic.workbook(
            synthetic.rows(size, places, as_of=day), Model._columns(), day
        )
        self._env = env
        self._record = Model.create(
            {"file": base64.b64encode(self.content), "filename": "bench.xlsx"}
        )
        self.parts = {}
        env.cr.commit()

    def rows(self):
        """Import once; return {table: (columns, tuples)} of all that it wrote, and take it back."""
        last = {one: self._last(one) for one in TABLES}
        self._record.action_import()
        self._env.flush_all()
        if self._record.rejected_count:
            raise AssertionError(f"{self._record.rejected_count} synthetic rows were refused.")
        self._expect_only(TABLES)
        rows = {one: _rows(self._env, one, last[one]) for one in TABLES}
        self._undo()
        return rows

    def import_at_once(self):
        """Import the uploaded workbook; return what it took without reading the workbook."""
        return self._measure("at once", self._record.action_import)

    def import_in_two_steps(self):
        """Check, then import, as people do who look at the findings; return as above."""
        checking = self._measure("checking", self._record.action_check, keep=True)
        return checking + self._measure("importing after the check", self._record.action_import)

    def _measure(self, part, step, keep=False):
        """Return what a step took without reading; `keep`: do not take back what it wrote."""
        self._env.invalidate_all()
        whole, reading = Stopwatch(self._env.cr), Stopwatch(self._env.cr)
        read = census_reader.read

        def watched(*arguments):
            with reading.running():
                return read(*arguments)

        census_reader.read = watched
        try:
            with whole.running():
                step()
                self._env.flush_all()
        finally:
            census_reader.read = read
        took = whole.took
        if reading.took:
            took -= reading.took
            self.parts.setdefault("reading the workbook", []).append(reading.took)
        self.parts.setdefault(part, []).append(took)
        if not keep:
            self._undo()
        return took

    def _last(self, one):
        if one.endswith("_rel"):
            return 0
        return self._env.execute_query(
            SQL("SELECT COALESCE(max(id), 0) FROM %s", SQL.identifier(one))
        )[0][0]

    def _expect_only(self, known):
        """Assert that the import wrote no table of the product that the other ways leave out."""
        self._env.cr.execute(
            "SELECT relname FROM pg_stat_xact_user_tables WHERE n_tup_ins > 0 "
            "AND starts_with(relname, 'lbc') AND NOT starts_with(relname, 'lbc_bulk') "
            "AND relname <> ALL(%s)",
            [list(known)],
        )
        if others := self._env.cr.fetchall():
            raise AssertionError(f"The import writes more tables: {others}.")

    def _undo(self):
        self._env.cr.rollback()
        self._env.invalidate_all()
        tidy(self._env, *TABLES)


def _rows(env, one, last):
    """Return (columns, tuples) of the rows of a table behind id `last`."""
    env.cr.execute(SQL("SELECT * FROM %s LIMIT 0", SQL.identifier(one)))
    columns = [column.name for column in env.cr.description if column.name != "episode_id"]
    # JSON as text: Python need not take it apart and put it together again.
    wanted = SQL(", ").join(
        SQL("%s::text", SQL.identifier(name)) if name == "raw" else SQL.identifier(name)
        for name in columns
    )
    where = SQL() if one.endswith("_rel") else SQL("WHERE id > %s ORDER BY id", last)
    return columns, env.execute_query(
        SQL("SELECT %s FROM %s %s", wanted, SQL.identifier(one), where)
    )


def insert(env, rows):
    """Write all rows with psycopg2 alone."""
    for one, (columns, tuples) in rows.items():
        names = ", ".join(f'"{name}"' for name in columns)
        execute_values(
            env.cr._obj, f"INSERT INTO {one} ({names}) VALUES %s", tuples, page_size=PAGE_SIZE
        )


def undone(env, work):
    """Return what `work` took; what it wrote is taken back."""
    env.invalidate_all()
    watch = Stopwatch(env.cr)
    with watch.running():
        work()
        env.flush_all()
    env.cr.rollback()
    env.invalidate_all()
    tidy(env, *TABLES)
    return watch.took
