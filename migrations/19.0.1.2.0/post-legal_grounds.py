"""Assignments and exports now share one list of legal grounds."""

RENAMED = {"duty": "statutory_duty", "contract": "entrusted"}


def migrate(cr, _version):
    """Give assignments the codes of the common list."""
    for old, new in RENAMED.items():
        cr.execute(
            "UPDATE lbc_assignment SET legal_ground = %s WHERE legal_ground = %s", (new, old)
        )
