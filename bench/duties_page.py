"""Opening “My Work” as officers of a village, a township and a county do, among two million duties."""

from odoo.tools import SQL

from .database import tidy
from .journal_switch import without_journal
from .list_page import OWN, SAME, Page, cells, headings
from .list_page import measure as measure_part
from .tables import table

ROWS = 2_000_000
LIMIT = 1.5


class DutyPage(Page):
    """The calls with which the web client opens the list of duties."""

    model, action = "lbc.duty", "left_behind_children.duty_action"
    subject, path = "duties", {}


def measure(env, size, officers, promised):
    """Return rows of the table: the list by officers of each level, at this month's and at two million duties."""
    rows = []
    for _fill in (False, True):
        if _fill:
            fill(env)
        env.cr.execute("SELECT count(*) FROM lbc_duty")
        [count] = env.cr.fetchone()
        with without_journal():
            for level, (user, _area) in officers.items():
                page = DutyPage(env, user)
                own, same = (page.call("list", way) for way in (OWN, SAME))
                if own[2] != same[2]:
                    raise AssertionError("The superuser does not see the user's page.")
                times = measure_part(page, "list", (OWN, SAME))
                limit = LIMIT if promised and level == "village" else None
                rows.append(
                    [
                        f"{size:,}",
                        f"{count:,}",
                        level,
                        f"{own[2]['length']:,}",
                        f"{own[1]}",
                        *cells(times, (OWN, SAME), limit),
                    ]
                )
    return rows


def tables(rows):
    """Return the table of what `measure` gave, for the report."""
    first = ["children", "duties", "officer of a", "of which he sees", "queries"]
    return [table([*first, *headings((OWN, SAME))], rows)]


def fill(env):
    """Add the duties of past months, most of them done, until there are two million; commits."""
    env.cr.execute("SELECT count(*) FROM lbc_duty")
    [month] = env.cr.fetchone()
    names = [
        name
        for name, field in env["lbc.duty"]._fields.items()
        if field.store and field.column_type and name != "id"
    ]
    own = {"slot_start", "window_start", "due_date", "state", "done_on"}
    rest = SQL(", ").join(SQL.identifier(name) for name in names if name not in own)
    env.cr.execute(
        SQL(
            """
            INSERT INTO lbc_duty (slot_start, window_start, due_date, state, done_on, %(rest)s)
            SELECT slot_start - 31 * ago, window_start - 31 * ago, due_date - 31 * ago,
                   CASE WHEN id %% 20 = 0 THEN 'open' ELSE 'done' END,
                   CASE WHEN id %% 20 = 0 THEN NULL ELSE due_date - 31 * ago END, %(rest)s
              FROM lbc_duty, generate_series(1, %(months)s) AS ago
            """,
            rest=rest,
            months=(ROWS - 1) // month,
        )
    )
    env.cr.commit()
    tidy(env, "lbc_duty")
