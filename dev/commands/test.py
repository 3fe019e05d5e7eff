"""`make test`: every check there is, ending with the line ``N passed, N failed``."""

import os
from concurrent import futures

from ..checks import cycle, lint, odoo_tests, unit, upgrade
from ..checks.tally import Tally
from ..machine import layout, locks, postgres
from ..machine.odoo_run import Odoo
from ..machine.steps import step


def main(_arguments):
    """Run all checks, or with TAGS=… only the Odoo tests that have these tags."""
    tags = os.environ.get("TAGS")
    odoo = Odoo("test", "pdf", "browser")
    tally = Tally()
    lock = layout.make_state() / ("tags.lock" if tags else "tests.lock")
    try:
        with locks.exclusive(lock, "Another `make test` of this checkout runs; waiting …"):
            if tags:
                odoo_tests.run_tags(odoo, tags, tally)
            else:
                _everything(odoo, tally)
    finally:
        postgres.release(odoo.server)
    return tally.finish()


def _everything(odoo, tally):
    round_trip = cycle.Cycle(odoo, tally)
    with futures.ThreadPoolExecutor(1) as pool:
        static = pool.submit(_without_database, odoo.python, tally)
        if round_trip.install():
            lint.run_terms(odoo, round_trip.name, tally)
        upgrade.run(odoo, tally)
        static.result()
    odoo_tests.run_fresh(odoo, tally)
    if round_trip.upgrade():
        round_trip.uninstall()
    odoo_tests.remove(odoo, round_trip.name)


def _without_database(python, tally):
    lint.run_static(python, tally)
    with step("tests without a database"):
        unit.run(python, "lib/tests", tally)
        unit.run(python, "dev/tests", tally)
