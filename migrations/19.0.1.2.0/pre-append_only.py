"""Frozen tables now use the triggers of the journal: those they had until now go, with their functions."""

REPLACED = ("lbc_snapshot_frozen", "lbc_statistic_frozen")


def migrate(cr, _version):
    """Drop the earlier trigger functions and the triggers that call them."""
    for function in REPLACED:
        cr.execute(f"DROP FUNCTION IF EXISTS {function}() CASCADE")
