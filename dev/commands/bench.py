"""`make bench` and `make soak`: programs of bench/ inside Odoo's shell, on a database of their own."""

import os
import shlex
import subprocess

from ..checks import odoo_tests
from ..machine import layout, postgres, template
from ..machine.errors import Trouble
from ..machine.odoo_run import Odoo, program


def main(arguments):
    """Run ``bench/<first argument>.py`` with the words of ARGS as its ``sys.argv[1:]``."""
    path = layout.CHECKOUT / "bench" / f"{arguments[0]}.py"
    if not path.exists():
        raise Trouble(f"bench/{path.name} does not exist yet.")
    odoo = Odoo("test")
    try:
        name = _database(odoo)
        words = [*arguments[1:], *shlex.split(os.environ.get("ARGS", ""))]
        return subprocess.run(
            odoo.shell_command(name),
            input=program(path, words),
            env=odoo.environment(),
            cwd=layout.CHECKOUT,
            text=True,
            check=False,
        ).returncode
    finally:
        postgres.release(odoo.server)


def _database(odoo):
    """Return a database with the add-on as it is now: a fresh one each time."""
    name = odoo_tests.database("bench")
    odoo_tests.remove(odoo, name)
    template.ensure_copy(odoo, name)
    template.install(odoo, name, layout.MODULE)
    return name
