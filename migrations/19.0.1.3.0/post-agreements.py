"""What censuses said of agreements becomes agreements (B-3.2c)."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Replay the rows that waited for the room; find who is without a guardian, and whose parents are silent."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["lbc.agreement"]._take_over_census()
    env["lbc.child"]._refresh_guardian_dates_of([])
    env["lbc.child"]._refresh_contact_dates()
