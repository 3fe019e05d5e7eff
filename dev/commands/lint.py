"""`make lint`: the checks of style, form and translation."""

from ..checks import cycle, lint, odoo_tests
from ..checks.tally import Tally
from ..machine import postgres
from ..machine.odoo_run import Odoo


def main(_arguments):
    """Run the static checks, then install the add-on once to ask Odoo for its terms."""
    odoo = Odoo("test")
    tally = Tally()
    try:
        lint.run_static(odoo.python, tally)
        fresh = cycle.Cycle(odoo, tally, "lint")
        if fresh.install():
            lint.run_terms(odoo, fresh.name, tally)
        odoo_tests.remove(odoo, fresh.name)
    finally:
        postgres.release(odoo.server)
    return tally.finish()
