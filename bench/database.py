"""Care of the database between measurements."""

import contextlib

import psycopg2

from odoo import sql_db

_REMOVABLE = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
                  pg_get_constraintdef(oid))
      FROM pg_constraint WHERE conrelid = ANY(%(tables)s::regclass[]) AND contype = 'f'
    UNION ALL
    SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
      FROM pg_index i
     WHERE indrelid = ANY(%(tables)s::regclass[])
       AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""


def tidy(env, *tables):
    """VACUUM and ANALYZE tables, as autovacuum does by and by."""
    _name, info = sql_db.connection_info_for(env.cr.dbname)
    connection = psycopg2.connect(**info)
    connection.autocommit = True  # VACUUM runs outside of transactions
    try:
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"VACUUM ANALYZE {table}")
    finally:
        connection.close()


@contextlib.contextmanager
def bare_tables(env, *tables):
    """Take indexes and foreign keys off tables for the block, and put the same ones on again."""
    env.cr.execute(_REMOVABLE, {"tables": list(tables)})
    pairs = env.cr.fetchall()
    for drop, _create in pairs:
        env.cr.execute(drop)
    yield
    for _drop, create in reversed(pairs):
        env.cr.execute(create)
