"""Tables to which rows are only added: triggers refuse the rest, whoever asks.

The owner of a table can switch its triggers off; that is found by `lbc.journal._verify`, not refused.
"""

from odoo.tools import SQL

FUNCTION = "lbc_append_only"
BODY = """
BEGIN
    RAISE EXCEPTION 'Rows of % are never changed or deleted.', TG_TABLE_NAME
          USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END
"""
TABLES = ("lbc_journal", "lbc_journal_seal")
# suffix: (events, the same as PostgreSQL tells them)
EVENTS = {
    "row": ("BEFORE UPDATE OR DELETE ON %s FOR EACH ROW", "BEFORE DELETE OR UPDATE ON %s"),
    "table": ("BEFORE TRUNCATE ON %s FOR EACH STATEMENT", "BEFORE TRUNCATE ON %s"),
}


def trigger_name(table, suffix):
    """Return the name of a table's trigger (str); suffix is a key of `EVENTS`."""
    return f"{table}_append_only_{suffix}"


def append_only(cr, table):
    """Refuse UPDATE, DELETE and TRUNCATE of a table from now on."""
    cr.execute(
        SQL(
            "CREATE OR REPLACE FUNCTION %s() RETURNS trigger AS %s LANGUAGE plpgsql",
            SQL.identifier(FUNCTION),
            BODY,
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
                SQL.identifier(FUNCTION),
            )
        )


def _wanted():
    """Return {(table, trigger): its definition as PostgreSQL tells it} of `append_only`'s triggers."""
    wanted = {}
    for table in TABLES:
        for suffix, (events, told) in EVENTS.items():
            name = trigger_name(table, suffix)
            each = events.partition(" FOR EACH ")[2]
            wanted[table, name] = (
                f"CREATE TRIGGER {name} {told % table} FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()"
            )
    return wanted


def switched_off(cr):
    """Return [(table, trigger)] of the triggers that are missing, switched off, weakened or emptied.

    The whole definition counts: a condition, fewer events or other columns let rows be changed too.
    """
    cr.execute(
        """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(pg_trigger.oid, true)
          FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
                          JOIN pg_language ON pg_language.oid = prolang
         WHERE tgrelid::regclass::text = ANY(%s) AND tgenabled IN ('O', 'A')
           AND proname = %s AND prosrc = %s AND lanname = 'plpgsql'
        """,
        [list(TABLES), FUNCTION, BODY],
    )
    working = {(table, name): definition for table, name, definition in cr.fetchall()}
    return [one for one, definition in _wanted().items() if working.get(one) != definition]


def strangers(cr):
    """Return [(table, name)] of triggers and rules that nobody here made: they may swallow rows."""
    cr.execute(
        """
        SELECT tgrelid::regclass::text, tgname FROM pg_trigger
         WHERE tgrelid::regclass::text = ANY(%(tables)s) AND NOT tgisinternal
         UNION ALL
        SELECT ev_class::regclass::text, rulename FROM pg_rewrite
         WHERE ev_class::regclass::text = ANY(%(tables)s)
         ORDER BY 1, 2
        """,
        {"tables": list(TABLES)},
    )
    wanted = _wanted()
    return [one for one in cr.fetchall() if one not in wanted]
