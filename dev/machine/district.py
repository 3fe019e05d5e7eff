"""The database of `make run`: made once, upgraded when the code changed, filled once."""

import hashlib
import os

from . import databases, disk, layout, template
from .errors import Trouble
from .steps import step

SIZES = ("district", "quick", "none")
LOADED = f"{layout.MODULE}.dev_demo"
CODE = f"{layout.MODULE}.dev_code"
OUTSIDE = {"dev", "bench", "doc", "tests"}
CODE_FILES = {".py", ".xml", ".csv", ".po", ".pot", ".js", ".css", ".scss", ".svg", ".sql"}
# Odoo's own session security, which the demonstration shows: idle pages lock, passwords are long.
SECURITY = "auth_timeout,auth_password_policy"
INSIDE = layout.DEV / "inside"


def prepare(odoo, name, size):
    """Bring the database ``name`` to the state that can be served.

    It is built under another name and renamed at the end: a start that is interrupted leaves
    nothing half made.

    :param size: one of :data:`SIZES`.
    """
    if size not in SIZES:
        raise Trouble(f"DEMO={size} is unknown: use one of {', '.join(SIZES)}.")
    code = code_digest()
    if databases.exists(odoo.server, name):
        _bring_up_to_date(odoo, name, code)
        _load(odoo, name, size)
        return
    disk.need(layout.state_home(), 1, "the demonstration database")
    fresh = f"{name}_being_made"
    _write_down(odoo.server, name, fresh)
    databases.drop(odoo.server, fresh)
    template.remove_filestore(odoo, fresh)
    _install(odoo, fresh, code)
    with odoo.script_beside(fresh, INSIDE / "warm_assets.py") as warming:
        _load(odoo, fresh, size)
        with step("Building scripts and styles"):
            warming.wait()
    template.remove_filestore(odoo, name)
    template.move_filestore(odoo, fresh, name)
    databases.rename(odoo.server, fresh, name)


def _install(odoo, name, code):
    with step("Creating the database and installing the add-on in Chinese"):
        template.install(odoo, name, f"{template.ADDONS},{layout.MODULE},{SECURITY}")
        odoo.script(name, INSIDE / "speak_chinese.py")
        databases.set_parameters(odoo.server, name, {CODE: code})


def _bring_up_to_date(odoo, name, code):
    """Install the add-on where it is missing; upgrade it where the code is not what it was."""
    if not databases.has_odoo(odoo.server, name):
        if not databases.is_empty(odoo.server, name):
            raise Trouble(
                f"The database {name} belongs to something else: choose another with DB=…."
            )
        _install(odoo, name, code)
    elif not databases.installed(odoo.server, name):
        _install(odoo, name, code)
    elif databases.parameter(odoo.server, name, CODE) != code:
        with step("The code has changed: upgrading the add-on"):
            template.upgrade(odoo, name, layout.MODULE)
            databases.set_parameters(odoo.server, name, {CODE: code})


def _load(odoo, name, size):
    """Load the demonstration district unless that has been done, or there is none."""
    if size == "none" or databases.parameter(odoo.server, name, LOADED):
        return
    if not (layout.DEV / "demo" / "__init__.py").exists():
        return
    with step(f"Loading the demonstration district ({size})"):
        odoo.script(name, INSIDE / "load_demo.py", size, LOADED, show=True)


def code_digest():
    """Return a word that changes whenever a file changes that an upgrade would read."""
    digest = hashlib.sha256()
    for folder, folders, files in os.walk(layout.CHECKOUT):
        inside = os.path.relpath(folder, layout.CHECKOUT)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith((".", "__")) and not (inside == "." and name in OUTSIDE)
        )
        for name in sorted(files):
            if os.path.splitext(name)[1] in CODE_FILES:
                path = os.path.join(folder, name)
                digest.update(os.path.relpath(path, layout.CHECKOUT).encode())
                with open(path, "rb") as handle:
                    digest.update(handle.read())
    return digest.hexdigest()[:16]


def made(server):
    """Return the names of the databases that `make run` of this checkout made on ``server``."""
    path = layout.state_home() / "made.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {
        name for host, _, name in (line.partition(" ") for line in lines) if host == server.place
    }


def _write_down(server, *names):
    with open(layout.state_home() / "made.txt", "a", encoding="utf-8") as handle:
        handle.writelines(f"{server.place} {name}\n" for name in names)
