"""`make clean` and `make distclean`: remove what this checkout, or every checkout, created."""

import os
import shutil

from ..machine import databases, layout, locks, odoo_tree, postgres, template
from ..machine.errors import Trouble
from ..machine.steps import say
from . import stop


def main(arguments):
    """Stop everything and remove this checkout's state; with ``all`` the downloads too."""
    home = layout.state_home()
    if home.exists():
        stop.stop_all()
        for name in ("run", "test"):
            shutil.rmtree(layout.socket_dir(name), ignore_errors=True)
        shutil.rmtree(home)
        say(f"Removed {home}")
    if os.environ.get("PGHOST"):
        _clean_server()
    if "all" in arguments:
        _remove_downloads()
    say("Clean.")


def _clean_server():
    """Drop our databases on a server that is not ours, by their names."""
    server = postgres.connect("test")
    ending = f"_{layout.checkout_key()[:6]}"
    for name in databases.names(server, "lbc_"):
        if name.endswith(ending) or name.startswith(template.PREFIX):
            databases.drop(server, name)
            say(f"Dropped the database {name}")


def _remove_downloads():
    cache = layout.cache_home()
    if not cache.exists():
        return
    users = locks.try_exclusive(odoo_tree.users_lock())
    if users is None:
        raise Trouble(
            "The downloads are in use: stop the other checkouts first (`make stop` there)."
        )
    with users:
        shutil.rmtree(cache)
    say(f"Removed {cache}")
