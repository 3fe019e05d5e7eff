"""The virtual environment that Odoo runs in, made from the lock files."""

import hashlib
import os
import shutil
import sys

from . import disk
from .errors import Trouble
from .layout import DEV, cache_home
from .locks import exclusive
from .proc import run
from .steps import step

LOCKS = (DEV / "requirements.lock", DEV / "requirements-dev.lock")
OLDEST, NEWEST = (3, 11), (3, 13)
READY = ".ready"


def find():
    """Return the folder of the virtual environment, making it when there is none yet."""
    _check_python()
    cache = cache_home()
    target = cache / f"venv-{_key()}"
    if not (target / READY).exists():
        with exclusive(
            cache / "venv.lock", "Another start is installing Python packages; waiting …"
        ):
            if not (target / READY).exists():
                disk.need(cache, 1, "installing Python packages")
                _make(target)
    return target


def _check_python():
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise Trouble(
            "Odoo 19 needs Python 3.11 to 3.13, this is Python {}.{}: start with "
            "PYTHON=/usr/bin/python3.11 (or the one you have).".format(*sys.version_info)
        )


def _key():
    """Return a word that changes with the lock files and with the Python they are for."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {os.path.realpath(sys.executable)}".encode())
    for lock in LOCKS:
        digest.update(lock.read_bytes())
    return digest.hexdigest()[:12]


def _make(target):
    """Make the environment; without its mark at the end the next start makes it anew."""
    shutil.rmtree(target, ignore_errors=True)
    with step("Installing Python packages from the lock files"):
        run([sys.executable, "-m", "venv", target], "The virtual environment fails ({last}).")
        files = [part for lock in LOCKS for part in ("-r", lock)]
        run(
            [target / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check"]
            + ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--no-compile", *files],
            "Python packages cannot be installed ({last}): if it is the network, start again later.",
            env={"PYTHONDONTWRITEBYTECODE": ""},
        )
        (target / READY).touch()


def put_on_path(target, tree):
    """Name the downloaded Odoo in a .pth file, so that this Python finds it by itself."""
    site = next((target / "lib").glob("python3*/site-packages"))
    path_file = site / "odoo.pth"
    wanted = f"{tree.python_path}\n"
    if not path_file.exists() or path_file.read_text(encoding="utf-8") != wanted:
        fresh = site / f".odoo.pth.{os.getpid()}"
        fresh.write_text(wanted, encoding="utf-8")
        fresh.replace(path_file)
