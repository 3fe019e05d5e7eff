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
SUFFIXES = ("row", "table")


def trigger_name(table, suffix):
    """Return the name of a table's trigger (str); suffix is one of `SUFFIXES`."""
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
    for suffix, events in (
        ("row", "BEFORE UPDATE OR DELETE ON %s FOR EACH ROW"),
        ("table", "BEFORE TRUNCATE ON %s FOR EACH STATEMENT"),
    ):
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


def switched_off(cr):
    """Return [(table, trigger)] of the triggers that are missing, switched off or emptied."""
    cr.execute(
        """
        SELECT tgrelid::regclass::text, tgname
          FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
         WHERE tgrelid::regclass::text = ANY(%s) AND tgenabled IN ('O', 'A')
           AND proname = %s AND prosrc = %s
        """,
        [list(TABLES), FUNCTION, BODY],
    )
    working = set(cr.fetchall())
    wanted = [(table, trigger_name(table, suffix)) for table in TABLES for suffix in SUFFIXES]
    return [one for one in wanted if one not in working]
