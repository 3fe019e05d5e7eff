"""Where things lie: the checkout, the download cache of the user, the state of the checkout."""

import hashlib
import os
import tempfile
from pathlib import Path

from .errors import Trouble

MODULE = "left_behind_children"
CHECKOUT = Path(__file__).resolve().parents[2]
DEV = CHECKOUT / "dev"
SOCKET_PATH_LIMIT = 90


def cache_home():
    """Return the folder of downloads: one per user, shared by all checkouts."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base).expanduser().absolute() / MODULE


def state_home():
    """Return the folder of everything this checkout creates: databases, logs, locks.

    It never lies in root's home: PostgreSQL refuses to run as root, and the user it runs as
    instead cannot enter there.
    """
    return _state_base() / checkout_key()


def _state_base():
    if os.geteuid() == 0:
        return Path("/var/lib") / MODULE
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base).expanduser().absolute() / MODULE


def checkout_key():
    """Return twelve characters that differ between checkouts."""
    return hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:12]


def make_state():
    """Create the state folder (others may pass through it, not list it) and return it."""
    home = state_home()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except PermissionError as error:
        raise Trouble(
            f"{error.filename} cannot be created: name a folder you may write with "
            "XDG_STATE_HOME=… and start again."
        ) from error
    if os.geteuid() == 0:
        home.parent.chmod(0o711)
        home.chmod(0o711)
    (home / "checkout").write_text(f"{CHECKOUT}\n", encoding="utf-8")
    return home


def socket_dir(cluster):
    """Return the folder of a cluster's socket; short, because a socket's path has a limit."""
    wanted = state_home() / f"pg-{cluster}" / "socket"
    if len(str(wanted)) <= SOCKET_PATH_LIMIT:
        return wanted
    return Path(tempfile.gettempdir()) / f"lbc-{os.geteuid()}-{checkout_key()}-{cluster}"


def orphans():
    """Return the state folders of checkouts that do not exist any more."""
    found = []
    for note in _state_base().glob("*/checkout"):
        if not Path(note.read_text(encoding="utf-8").rstrip("\n")).exists():
            found.append(note.parent)
    return found


def link_addon():
    """Link the checkout into an add-ons folder under its technical name; return that folder.

    Odoo loads an add-on by the name of its folder, and a checkout may be called anything.
    """
    addons = make_state() / "addons"
    addons.mkdir(exist_ok=True)
    link = addons / MODULE
    if not link.is_symlink() or os.readlink(link) != str(CHECKOUT):
        fresh = addons / f".{MODULE}.{os.getpid()}"
        fresh.symlink_to(CHECKOUT)
        fresh.replace(link)
    return addons


def log_dir():
    """Return the folder of log files."""
    logs = make_state() / "log"
    logs.mkdir(exist_ok=True)
    return logs
