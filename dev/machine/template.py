"""A prepared database with Odoo's base add-ons in Chinese, copied wherever a new one is needed."""

import shutil
import subprocess

from . import databases, layout, locks
from .errors import Trouble, explain
from .steps import step

ADDONS = "base,web,mail"
WARM = layout.DEV / "inside" / "warm_assets.py"


def name(odoo):
    """Return the name of the prepared database for this Odoo."""
    return prefix() + databases.digest(odoo.tree.key, ADDONS, databases.LANGUAGE, odoo.cluster)


def prefix():
    """Return how the names of this checkout's prepared databases begin."""
    return f"lbc_template_{layout.checkout_key()[:6]}_"


def ensure(odoo):
    """Make the prepared database if there is none; return its name."""
    wanted = name(odoo)
    with locks.exclusive(
        layout.make_state() / "template.lock", "Another start prepares the base database; waiting …"
    ):
        if databases.exists(odoo.server, wanted):
            return wanted
        with step(f"Preparing a base database ({ADDONS}, {databases.LANGUAGE})"):
            fresh = f"{wanted}_new"
            databases.drop(odoo.server, fresh)
            install(odoo, fresh, ADDONS)
            odoo.script(fresh, WARM)
            move_filestore(odoo, fresh, wanted)
            databases.rename(odoo.server, fresh, wanted)
    return wanted


def ensure_copy(odoo, database):
    """Create ``database`` as a copy of the prepared one unless it exists already."""
    if databases.exists(odoo.server, database):
        return
    source = ensure(odoo)
    databases.clone(odoo.server, source, database)
    filestore = odoo.data_dir / "filestore"
    if (filestore / source).is_dir():
        shutil.copytree(filestore / source, filestore / database, dirs_exist_ok=True)


def move_filestore(odoo, old, new):
    """Give the files of the database ``old`` to the one it is about to become."""
    filestore = odoo.data_dir / "filestore"
    if (filestore / old).is_dir():
        shutil.rmtree(filestore / new, ignore_errors=True)
        (filestore / old).rename(filestore / new)


def install(odoo, database, addons):
    """Install ``addons`` with the Chinese language into ``database``, creating it.

    :raise Trouble: when Odoo fails; its log is kept.
    """
    _change(odoo, database, "install", "-i", addons, f"--load-language={databases.LANGUAGE}")


def upgrade(odoo, database, addon):
    """Upgrade ``addon`` in ``database``.

    :raise Trouble: when Odoo fails; its log is kept.
    """
    _change(odoo, database, "upgrade", "-u", addon)


def _change(odoo, database, what, *arguments):
    log = layout.log_dir() / f"{what}-{database}.log"
    command = odoo.command("-d", database, *arguments, "--no-http", "--stop-after-init")
    with open(log, "w", encoding="utf-8") as handle:
        done = subprocess.run(
            [*command, "--log-level=warn"],
            env=odoo.environment(),
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=subprocess.STDOUT,
            check=False,
        )
    output = log.read_text(encoding="utf-8", errors="replace")
    if done.returncode:
        raise Trouble(explain(output, f"Odoo's {what} failed: the reason is at the end of {log}."))


def remove_filestore(odoo, database):
    """Remove the files of a database that was dropped."""
    shutil.rmtree(odoo.data_dir / "filestore" / database, ignore_errors=True)
