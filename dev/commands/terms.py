"""`make terms`: bring i18n/ up to date from the add-on's source; new terms stay empty."""

import subprocess

from ..checks import cycle, odoo_tests
from ..checks.tally import Tally
from ..machine import layout, postgres
from ..machine.odoo_run import Odoo


def main(_arguments):
    """Install the add-on into a fresh database, export its terms, merge, list what is missing."""
    odoo = Odoo("test")
    try:
        fresh = cycle.Cycle(odoo, Tally(), "terms")
        if not fresh.install():
            return 1
        template = cycle.export_terms(odoo, fresh.name)
        odoo_tests.remove(odoo, fresh.name)
    finally:
        postgres.release(odoo.server)
    command = [odoo.python, "-m", "dev.checks.terms", template, "--update"]
    return subprocess.run(command, cwd=layout.CHECKOUT, check=False).returncode
