"""How far a long import is, told to other sessions while its transaction is still open.

A row written by the import itself is invisible until it commits, and a second transaction for every step would be one
more thing to break. PostgreSQL shows the `application_name` of a session to others at once, transaction or not, and
gives it back by itself when the transaction ends: that is all the mechanism there is.
"""

import re

from odoo.tools import SQL

STAGES = ("reading", "checking", "writing")
_NAME = re.compile(r"lbc-census (\d+) (\w+) (\d+)/(\d+)")


def tell(env, import_id, stage, done, total):
    """Show that `done` of `total` rows are through `stage` (of STAGES)."""
    name = f"lbc-census {import_id} {stage} {done}/{total}"
    env.cr.execute(SQL("SELECT set_config('application_name', %s, true)", name))


def ask(env, import_id):
    """Return (stage, done, total) of a running import, None when it does not run (or on a pooled connection)."""
    env.cr.execute(SQL("SELECT pg_stat_clear_snapshot()"))
    rows = env.execute_query(
        SQL(
            "SELECT application_name FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name LIKE %s",
            f"lbc-census {import_id} %",
        )
    )
    found = _NAME.fullmatch(rows[0][0]) if rows else None
    return (found[2], int(found[3]), int(found[4])) if found else None
