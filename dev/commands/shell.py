"""`make shell`: Odoo's interactive shell on the database of `make run`."""

import os
import shlex
import subprocess

from ..machine import databases, postgres
from ..machine.errors import Trouble
from ..machine.odoo_run import Odoo


def main(_arguments):
    """Open the shell on DB (default ``lbc``) with the words of ARGS behind it."""
    name = os.environ.get("DB") or "lbc"
    odoo = Odoo("run")
    try:
        if not databases.exists(odoo.server, name):
            raise Trouble(f"There is no database {name} yet: `make run` makes it.")
        words = shlex.split(os.environ.get("ARGS", ""))
        command = odoo.command("shell", "-d", name, "--no-http", "--log-level=warn", *words)
        return subprocess.run(command, env=odoo.environment(), check=False).returncode
    finally:
        postgres.release(odoo.server)
