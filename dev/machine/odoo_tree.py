"""The Odoo to work with: an existing one, or Debian's package unpacked into the cache."""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from . import debian, disk
from .errors import Trouble
from .layout import cache_home
from .locks import exclusive
from .steps import say, step

SERIES = "19.0"
STABLE_PACKAGES = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-font-awesome",
    "fonts-roboto-unhinted",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
UNSTABLE_PACKAGES = ("odoo-19", "fonts-montserrat")
PLACES = ("", "usr/lib/python3/dist-packages")
# Debian leaves this file out; a list of assets names it, so that its absence is an error in
# the browser's console. It only blurs the background of video calls: an empty one will do.
LEFT_OUT = "addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
READY = ".ready"


class OdooTree:
    """An Odoo on this disk.

    ``python_path`` is the folder that holds the package ``odoo``, ``addons_paths`` the folders
    that hold its add-ons, ``key`` a word that changes with its version, ``given`` tells that
    the person named it.
    """

    def __init__(self, python_path, given=False):
        """Look at the Odoo under ``python_path`` and refuse another series than ours."""
        self.python_path = python_path
        self.given = given
        self.package = python_path / "odoo"
        self.addons_paths = _addons_folders(python_path)
        series = self._series()
        if series != SERIES:
            raise Trouble(f"{python_path} holds Odoo {series}, this add-on needs Odoo {SERIES}.")
        self.key = f"{series}-{_fingerprint(self.package)}"

    def _series(self):
        text = (self.package / "release.py").read_text(encoding="utf-8")
        found = re.search(r"^version_info\s*=\s*\(\D*?(\d+),\s*(\d+)", text, re.MULTILINE)
        return f"{found[1]}.{found[2]}" if found else "of unknown version"


def _addons_folders(python_path):
    """Return the folders of add-ons: one in a package, two in a source checkout.

    Debian's package also has a folder `addons` beside `odoo`, with Python files only.
    """
    packaged = python_path / "odoo" / "addons"
    beside = python_path / "addons"
    return [packaged] if (packaged / "web").is_dir() else [packaged, beside]


def _fingerprint(package):
    """Return a word for the code base; the date of a checkout's last change is good enough."""
    parts = [package / "release.py", package.parent / ".git" / "HEAD", package.parent / "PKG-INFO"]
    stamp = max(int(path.stat().st_mtime) for path in parts if path.exists())
    return f"{stamp:x}"


def find():
    """Return the :class:`OdooTree` to use, downloading it when there is none yet."""
    home = os.environ.get("ODOO_HOME")
    if home:
        return OdooTree(_package_folder(Path(home).expanduser().absolute()), given=True)
    return OdooTree(_package_folder(_downloaded()))


def prefetch():
    """Return the command that downloads Odoo beside other work, or None if there is nothing to do.

    Whoever calls :func:`find` meanwhile waits for it; if it fails, :func:`find` tries once more
    and says why.
    """
    if os.environ.get("ODOO_HOME") or (cache_home() / f"odoo-{SERIES}" / READY).exists():
        return None
    return [sys.executable, "-m", "dev", "fetch"]


def users_lock():
    """Return the lock file that everybody holds who uses the downloads."""
    return cache_home() / "users.lock"


def _package_folder(home):
    for place in PLACES:
        if (home / place / "odoo" / "release.py").is_file():
            return home / place
    raise Trouble(
        f"ODOO_HOME={home} holds no Odoo: name the folder of an Odoo {SERIES} source checkout, or "
        "one that contains the package `odoo`."
    )


def _downloaded():
    """Return the unpacked Odoo in the cache; fetch it first if this is the first time."""
    cache = cache_home()
    target = cache / f"odoo-{SERIES}"
    if (target / READY).exists():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    with exclusive(cache / "odoo.lock", "Waiting for Odoo, which is being fetched …"):
        if not (target / READY).exists():
            disk.need(cache, 3, "downloading and unpacking Odoo")
            _fetch(target)
    return target


def _fetch(target):
    """Fetch, check and unpack into a temporary folder, then move it into place at once."""
    for left in target.parent.glob(".odoo-*"):
        shutil.rmtree(left, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=".odoo-", dir=target.parent))
    try:
        with step("Downloading Odoo from Debian's archive (about 130 MB)"):
            unstable = debian.PrivateApt(work / "apt-sid", "sid")
            unstable.update()
            say(f"Odoo is {unstable.version('odoo-19')}")
            archives = unstable.fetch(UNSTABLE_PACKAGES, work / "debs")
            stable = debian.PrivateApt(work / "apt-stable", debian.codename())
            stable.update()
            archives = stable.fetch(STABLE_PACKAGES, work / "debs")
        with step("Unpacking Odoo"):
            tree = work / "tree"
            debian.unpack(archives, tree)
            _complete(tree)
            (tree / READY).touch()
            shutil.rmtree(target, ignore_errors=True)
            tree.rename(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _complete(tree):
    """Add the file that Debian leaves out and check that every link of the tree leads somewhere."""
    package = _package_folder(tree) / "odoo"
    placeholder = package / LEFT_OUT
    placeholder.parent.mkdir(parents=True, exist_ok=True)
    if not placeholder.exists():
        placeholder.write_text("// left out by Debian; blurs video backgrounds\n", encoding="utf-8")
    broken = [path for path in package.rglob("*") if path.is_symlink() and not path.exists()]
    if broken:
        raise Trouble(
            f"Debian's Odoo links to a package that is not unpacked beside it ({broken[0].name}): "
            "add that package to dev/machine/odoo_tree.py."
        )
