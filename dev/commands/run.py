"""`make run`: a Chinese Odoo with the demonstration district, until Ctrl-C."""

import json
import os
import subprocess
import unicodedata

from ..machine import databases, district, layout, ports, postgres
from ..machine.errors import Trouble
from ..machine.odoo_run import Odoo
from ..machine.running import Running
from ..machine.serve import Service
from ..machine.steps import say

FIRST_PORT = 8069


def main(_arguments):
    """Bring everything up, serve, and take everything down again."""
    database = os.environ.get("DB") or "lbc"
    if not databases.is_plain(database):
        raise Trouble(f"DB={database} is no usable name: use letters, digits and underscores.")
    running = Running()
    if not running.claim():
        return _tell_where(running.read())
    try:
        return _serve(running, database)
    finally:
        running.leave()


def _serve(running, database):
    interface = os.environ.get("BIND") or "127.0.0.1"
    port = choose_port(os.environ.get("PORT"), interface)
    url = f"http://localhost:{port}"
    running.write(url=url, database=database, ready=False)
    odoo = Odoo("run", "pdf")
    service = None
    try:
        district.prepare(odoo, database, os.environ.get("DEMO") or "district")
        databases.set_parameters(odoo.server, database, addresses(url, port, interface))
        service = Service(odoo, database, interface, port)
        say("Starting Odoo …")
        service.wait_until_ready()
        running.write(url=url, database=database, ready=True)
        _greet(odoo, url, database, interface, service)
        service.watch()
    except KeyboardInterrupt:
        say("Stopping …")
    finally:
        if service:
            service.stop()
        postgres.release(odoo.server)
    say("Stopped; everything that was saved is kept for the next start.")
    return 0


def _tell_where(facts):
    """Say where the server of this checkout already is."""
    if not facts:
        say("This checkout is being brought up by another terminal.")
    elif facts["ready"]:
        print(f"Already running at {facts['url']} (database {facts['database']}); ", end="")
        print("`make stop` or Ctrl-C in its terminal stops it.")
    else:
        print(f"Already being brought up at {facts['url']} by process {facts['pid']}.")
    return 0


def choose_port(wanted, interface):
    """Return the port to serve at.

    :param wanted: text of PORT, or None: then the first free one from 8069 on.
    :raise Trouble: when the wanted port is no number or is taken.
    """
    if not wanted:
        port = ports.next_free(FIRST_PORT, interface)
        if port != FIRST_PORT:
            say(f"Port {FIRST_PORT} is taken, using {port}")
        return port
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        raise Trouble(f"PORT={wanted} is no port: give a number between 1024 and 65535.")
    if not ports.is_free(int(wanted), interface):
        raise Trouble(
            f"Port {wanted} is taken by another program: stop it, or choose another PORT."
        )
    return int(wanted)


def addresses(url, port, interface):
    """Return Odoo's parameters that say where it is; the PDF engine fetches styles from there."""
    host = "127.0.0.1" if interface in {"0.0.0.0", "::"} else interface
    return {
        "web.base.url": url,
        "web.base.url.freeze": "True",
        "report.url": f"http://{host}:{port}",
    }


def _greet(odoo, url, database, interface, service):
    print()
    print(f"  {url}   database {database}")
    if interface not in {"127.0.0.1", "localhost"}:
        print(
            f"  also reachable from the network at port {service.port}: the passwords are trivial!"
        )
    print()
    print(table([("login = password", "role", "place"), *logins(odoo)]))
    print()
    print(f"  Log: {service.log}")
    if odoo.server.cluster:
        print(f"  SQL: psql -h {odoo.server.host} -U {postgres.ROLE} {database}")
    print("  Ctrl-C stops it and keeps everything.", flush=True)


def logins(odoo):
    """Return ``(login, role, place)`` of every demonstration user."""
    administrator = [("admin", "administrator", "")]
    if not (layout.DEV / "demo" / "__init__.py").exists():
        return administrator
    code = "import json; from dev.demo import LOGINS; print(json.dumps(LOGINS))"
    done = subprocess.run(
        [odoo.python, "-c", code],
        cwd=layout.CHECKOUT,
        env=odoo.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        say("The list of logins cannot be read from dev/demo")
        return administrator
    found = [tuple(row) for row in json.loads(done.stdout)]
    known = {row[0] for row in found}
    return found + [row for row in administrator if row[0] not in known]


def table(rows):
    """Return ``rows`` as text in columns; Chinese characters are two columns wide."""
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)]
        lines.append("  " + "   ".join(cells).rstrip())
    lines.insert(1, "  " + "   ".join("-" * wide for wide in widths))
    return "\n".join(lines)


def width(text):
    """Return how many columns of a terminal ``text`` takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
