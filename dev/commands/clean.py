"""`make clean` and `make distclean`: remove what this checkout, or every checkout, created."""

import os
import shutil

from ..machine import databases, district, layout, locks, odoo_tree, postgres, template
from ..machine.errors import Trouble
from ..machine.steps import say
from . import stop


def main(arguments):
    """Stop everything and remove this checkout's state; with ``all`` the downloads too."""
    home = layout.state_home()
    if os.environ.get("PGHOST"):
        _clean_server()
    if home.exists():
        stop.stop_all()
        for name in ("run", "test"):
            shutil.rmtree(layout.socket_dir(name), ignore_errors=True)
        shutil.rmtree(home)
        say(f"Removed {home}")
    if "all" in arguments:
        _remove_orphans()
        _remove_downloads()
    say("Clean.")


def _remove_orphans():
    """Remove what checkouts left that were deleted without `make clean`."""
    for home in layout.orphans():
        for name in ("run", "test"):
            postgres.Cluster(name, home).force_stop()
        shutil.rmtree(home)
        say(f"Removed {home}, its checkout is gone")


def _clean_server():
    """Drop the databases that this checkout made on a server that is not its own."""
    server = postgres.connect("test")
    made = district.made(server)
    ending = f"_{layout.checkout_key()[:6]}"
    for name in databases.names(server):
        ours = name.startswith("lbc_") and name.endswith(ending)
        if ours or name.startswith(template.prefix()) or name in made:
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
