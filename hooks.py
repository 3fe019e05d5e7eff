"""What installing and uninstalling do beyond data files."""

from odoo.tools import SQL


def post_init_hook(env):
    """Warn about a database whose character type makes Chinese text unsearchable."""
    env["lbc.child"]._check_database_locale()


def uninstall_hook(env):
    """Drop what is left when tables go: functions of triggers, turns, the key of the journal's digests."""
    env.cr.execute("DROP TABLE IF EXISTS lbc_quarter_turn")
    parameters = env["ir.config_parameter"].sudo()
    parameters.search([("key", "=", "left_behind_children.journal_key")]).unlink()
    rows = env.execute_query(
        SQL("SELECT oid::regprocedure::text FROM pg_proc WHERE starts_with(proname, 'lbc_')")
    )
    for (signature,) in rows:
        env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s CASCADE", SQL(signature)))
