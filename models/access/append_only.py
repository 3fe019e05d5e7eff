"""Tables to which rows are only added: triggers refuse the rest, whoever asks.

A model of such a table names its trigger function in `_append_only` and calls `append_only` in its `init`. The owner of
a table can switch its triggers off; that is found by `lbc.journal._verify`, not refused.
"""

from odoo.tools import SQL

REFUSE = """RAISE EXCEPTION 'Rows of % are never changed or deleted.', TG_TABLE_NAME
          USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;"""
# name and body of the trigger function of tables whose rows never change
NEVER = ("lbc_append_only", f"\nBEGIN\n    {REFUSE}\nEND\n")
# suffix: (events, the same as PostgreSQL tells them)
EVENTS = {
    "row": ("BEFORE UPDATE OR DELETE ON %s FOR EACH ROW", "BEFORE DELETE OR UPDATE ON %s"),
    "table": ("BEFORE TRUNCATE ON %s FOR EACH STATEMENT", "BEFORE TRUNCATE ON %s"),
}


def trigger_name(table, suffix):
    """Return the name of a table's trigger (str); suffix is a key of `EVENTS`."""
    return f"{table}_append_only_{suffix}"


def append_only(cr, table, function, body):
    """Let a trigger function stand before every UPDATE, DELETE and TRUNCATE of a table from now on."""
    cr.execute(
        SQL(
            "CREATE OR REPLACE FUNCTION %s() RETURNS trigger AS %s LANGUAGE plpgsql",
            SQL.identifier(function),
            body,
        )
    )
    for suffix, (events, _told) in EVENTS.items():
        name = SQL.identifier(trigger_name(table, suffix))
        cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", name, SQL.identifier(table)))
        cr.execute(
            SQL(
                "CREATE TRIGGER %s %s EXECUTE FUNCTION %s()",
                name,
                SQL(events, SQL.identifier(table)),
                SQL.identifier(function),
            )
        )


def _guarded(env):
    """Return {table: (function, body)} of all models whose rows are only added."""
    models = (env[name] for name in env)
    return {
        model._table: model._append_only
        for model in models
        if not model._abstract and getattr(model, "_append_only", None)
    }


def _wanted(env):
    """Return {(table, trigger): (its definition as PostgreSQL tells it, body of its function)}."""
    wanted = {}
    for table, (function, body) in _guarded(env).items():
        for suffix, (events, told) in EVENTS.items():
            name = trigger_name(table, suffix)
            each = events.partition(" FOR EACH ")[2]
            wanted[table, name] = (
                f"CREATE TRIGGER {name} {told % table} FOR EACH {each} EXECUTE FUNCTION {function}()",
                body,
            )
    return wanted


def switched_off(env):
    """Return [(table, trigger)] of the triggers that are missing, switched off, weakened or emptied.

    The whole definition counts: a condition, fewer events or other columns let rows be changed too.
    """
    wanted = _wanted(env)
    env.cr.execute(
        """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(pg_trigger.oid, true), prosrc
          FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
                          JOIN pg_language ON pg_language.oid = prolang
         WHERE tgrelid::regclass::text = ANY(%s) AND tgenabled IN ('O', 'A')
           AND lanname = 'plpgsql'
        """,
        [list({table for table, _name in wanted})],
    )
    working = {(table, name): (told, body) for table, name, told, body in env.cr.fetchall()}
    return [one for one, definition in wanted.items() if working.get(one) != definition]


def strangers(env):
    """Return [(table, name)] of triggers and rules that nobody here made: they may swallow rows."""
    wanted = _wanted(env)
    env.cr.execute(
        """
        SELECT tgrelid::regclass::text, tgname FROM pg_trigger
         WHERE tgrelid::regclass::text = ANY(%(tables)s) AND NOT tgisinternal
         UNION ALL
        SELECT ev_class::regclass::text, rulename FROM pg_rewrite
         WHERE ev_class::regclass::text = ANY(%(tables)s)
         ORDER BY 1, 2
        """,
        {"tables": list({table for table, _name in wanted})},
    )
    return [one for one in env.cr.fetchall() if one not in wanted]
