"""Databases on a server: exists, create from a template, drop, and what Odoo knows of them."""

import hashlib
import re

from . import layout, locks
from .postgres import psql

LANGUAGE = "zh_CN"


def exists(server, name):
    """Tell whether the database ``name`` exists."""
    return bool(
        psql(server, "postgres", f"SELECT 1 FROM pg_database WHERE datname = {quote(name)}")
    )


def names(server):
    """Return the names of all databases."""
    return psql(server, "postgres", "SELECT datname FROM pg_database ORDER BY 1").splitlines()


def drop(server, name):
    """Drop the database ``name`` if it exists, throwing out whoever is connected to it.

    ``WITH (FORCE)`` would also throw out PostgreSQL's own cleaning of the tables, which only the
    server's owner may do; without it the server itself asks its cleaning to stop and waits.
    """
    psql(
        server,
        "postgres",
        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
        f" WHERE datname = {quote(name)} AND backend_type = 'client backend'",
    )
    psql(server, "postgres", f"DROP DATABASE IF EXISTS {identifier(name)}")


def clone(server, template, name):
    """Create the database ``name`` as a copy of ``template``."""
    statement = f"CREATE DATABASE {identifier(name)} TEMPLATE {identifier(template)}"
    with locks.exclusive(layout.make_state() / "clone.lock", "Waiting for another copy …"):
        psql(server, "postgres", statement)


def rename(server, old, new):
    """Rename a database nobody is connected to."""
    psql(server, "postgres", f"ALTER DATABASE {identifier(old)} RENAME TO {identifier(new)}")


def has_odoo(server, name):
    """Tell whether Odoo's tables are in the database ``name``."""
    return psql(server, name, "SELECT to_regclass('ir_module_module') IS NOT NULL") == "t"


def is_empty(server, name):
    """Tell whether the database ``name`` has no tables at all."""
    count = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    return psql(server, name, count) == "0"


def is_plain(name):
    """Tell whether ``name`` can be a database's name without quoting or surprises."""
    return re.fullmatch(r"[a-z][a-z0-9_]{0,40}", name) is not None


def installed(server, name):
    """Tell whether our add-on is installed in the database ``name``."""
    if not has_odoo(server, name):
        return False
    state = psql(
        server, name, f"SELECT state FROM ir_module_module WHERE name = {quote(layout.MODULE)}"
    )
    return state in {"installed", "to upgrade"}


def parameter(server, name, key):
    """Return a system parameter of the database ``name``, or an empty text."""
    return psql(server, name, f"SELECT value FROM ir_config_parameter WHERE key = {quote(key)}")


def set_parameters(server, name, values):
    """Write system parameters straight into the database ``name`` while no Odoo runs on it."""
    rows = ", ".join(f"({quote(key)}, {quote(value)})" for key, value in values.items())
    psql(
        server,
        name,
        "INSERT INTO ir_config_parameter (key, value, create_date, write_date) "
        f"SELECT key, value, now(), now() FROM (VALUES {rows}) AS given (key, value) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )


def quote(text):
    """Return ``text`` as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


def identifier(name):
    """Return ``name`` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def digest(*parts):
    """Return ten characters that differ when one of ``parts`` differs."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:10]
