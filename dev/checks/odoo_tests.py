"""Odoo's own tests and tours, run on a database and counted from their log."""

import subprocess
import sys
import threading
from concurrent import futures

from ..machine import databases, layout, template
from ..machine.odoo_run import with_port
from ..machine.steps import say, step
from .odoo_log import OdooLog, shorten

EVERYTHING = f"/{layout.MODULE}"
# Two runs beside each other, each on a database of its own: a machine for tests has two cores.
# Classes tagged LONG go through every model and role, through a year, or through a browser: they take
# as long as all others together.
LONG = "lbc_long"
LANES = {"test": f"{EVERYTHING},-{LONG}", "long": f"{LONG}{EVERYTHING}"}
LIMIT_MINUTES = 40


def run_fresh(odoo, tally):
    """Install the add-on into fresh databases and run all its tests there, in lanes."""
    for purpose in LANES:
        remove(odoo, database(purpose))
        template.ensure_copy(odoo, database(purpose))
    with step("Odoo tests on fresh databases"), futures.ThreadPoolExecutor(len(LANES)) as pool:
        lanes = [
            pool.submit(
                _run, odoo, ["-d", database(purpose), "-i", layout.MODULE, "--test-tags", tags]
            )
            for purpose, tags in LANES.items()
        ]
        for lane in lanes:
            tally.add(*lane.result())


def run_tags(odoo, tags, tally):
    """Run only the tests with ``tags``, on a database that is kept for the next time."""
    name = database("tags")
    if databases.exists(odoo.server, name) and not databases.installed(odoo.server, name):
        remove(odoo, name)
    template.ensure_copy(odoo, name)
    switch = "-u" if databases.installed(odoo.server, name) else "-i"
    with step(f"Odoo tests {tags}"):
        tally.add(*_run(odoo, ["-d", name, switch, layout.MODULE, "--test-tags", tags]))


def database(purpose):
    """Return the name of this checkout's database for a purpose of the tests."""
    return f"lbc_{purpose}_{layout.checkout_key()[:6]}"


def remove(odoo, name):
    """Drop a database of the tests and its files."""
    databases.drop(odoo.server, name)
    template.remove_filestore(odoo, name)


def _run(odoo, arguments):
    """Return how many tests passed, and the names of those that failed."""
    log = OdooLog()
    path = layout.log_dir() / f"{arguments[1]}.log"
    command = odoo.command(*with_port([*arguments, "--stop-after-init"]))
    with open(path, "w", encoding="utf-8") as copy:
        process = subprocess.Popen(
            command,
            env=odoo.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        watchdog = threading.Timer(LIMIT_MINUTES * 60, process.kill)
        watchdog.start()
        try:
            _follow(process.stdout, copy, log)
            code = process.wait()
        except BaseException:
            _end(process)
            raise
        finally:
            watchdog.cancel()
    for name, reason in log.skipped.items():
        say(f"skipped {name}: {reason}")
    passed, failed = log.outcome(code)
    say(f"{passed} Odoo tests passed, {len(failed)} failed; the log is {path}")
    return passed, failed


def _end(process):
    """End Odoo, giving it the time to close its browser."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _follow(lines, copy, log):
    """Copy Odoo's output to the log file; show failures at once, and what runs now."""
    shown = ""
    for line in lines:
        copy.write(line)
        if log.feed(line):
            sys.stderr.write(shorten(line))
            continue
        group = log.current.partition(".")[0]
        if group != shown:
            shown = group
            say(f"  {group}")
