"""The checks of `make lint`; each counts one."""

import subprocess

from ..machine import layout
from ..machine.steps import step
from . import cycle

SHOWN = 60


def run_static(odoo_python, tally):
    """Run the checks that need no database.

    :param odoo_python: the interpreter of the virtual environment.
    """
    tools = odoo_python.parent
    with step("lint: ruff, XML, CSV, pylint-odoo"):
        _program(tally, "ruff check", [tools / "ruff", "check", "--output-format=concise", "."])
        _program(
            tally,
            "ruff format",
            [tools / "ruff", "format", "--check", "--output-format=concise", "."],
        )
        _program(tally, "XML files", [odoo_python, "-m", "dev.checks.files", "xml"])
        _program(tally, "CSV files", [odoo_python, "-m", "dev.checks.files", "csv"])
        addons = layout.link_addon()
        command = [odoo_python, "-m", "pylint", f"--rcfile={layout.CHECKOUT / 'pyproject.toml'}"]
        _program(tally, "pylint-odoo", [*command, layout.MODULE], addons)


def run_terms(odoo, database, tally):
    """Check that every term of the installed add-on is in the Chinese catalogue."""
    with step("lint: Chinese translation"):
        template = cycle.export_terms(odoo, database)
        _program(tally, "zh_CN complete", [odoo.python, "-m", "dev.checks.terms", template])


def _program(tally, name, command, folder=layout.CHECKOUT):
    """Run a checking program: it passes when it ends with 0 and, if ours, prints nothing."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    ours = any(str(part).startswith("dev.") for part in command)
    if done.returncode and not lines:
        lines = [f"ended with exit code {done.returncode}"]
    if len(lines) > SHOWN:
        lines = [*lines[:SHOWN], f"… and {len(lines) - SHOWN} lines more"]
    tally.check(name, lines if done.returncode or ours else [])
