"""Download Odoo; started by other commands beside their own work."""

from ..machine import odoo_tree
from ..machine.errors import Trouble


def main(_arguments):
    """Fetch Odoo if it is missing; whoever started this tries again and tells what is wrong."""
    try:
        odoo_tree.find()
    except (Trouble, OSError, KeyboardInterrupt):
        return 1
    return 0
