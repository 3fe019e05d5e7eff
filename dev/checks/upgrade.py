"""Upgrade a district of the previous version: nothing may be lost, and rights must follow the matrix.

The previous version is taken from the checkout's own history (`migrations/PREVIOUS`), installed and filled
through its own models; then this checkout is put in its place.
"""

import io
import shutil
import subprocess
import tarfile

from ..machine import layout
from ..machine.odoo_run import program
from . import odoo_tests
from .cycle import Cycle

PREVIOUS = layout.CHECKOUT / "migrations" / "PREVIOUS"
BEFORE = layout.DEV / "inside" / "before_upgrade.py"
AFTER = layout.DEV / "inside" / "after_upgrade.py"


def run(odoo, tally):
    """Install the previous version, fill it, upgrade it, look at it; count each step."""
    version, commit = PREVIOUS.read_text(encoding="utf-8").split()
    title = f"upgrade from {version}"
    try:
        folder = unpack(commit)
    except (OSError, subprocess.CalledProcessError) as error:
        reason = f"{commit} is not in this checkout's history (git fetch --unshallow): {error}"
        tally.check(title, [reason])
        return
    district = _District(odoo, tally, "upgrade")
    paths = ",".join(str(path) for path in (*odoo.tree.addons_paths, folder))
    if district.begin(version, f"--addons-path={paths}"):
        district.follow(title)
    district.remove()


def unpack(commit):
    """Write the add-on of a commit below the state folder; return the folder to load it from.

    :raise subprocess.CalledProcessError: git does not know the commit
    """
    folder = layout.make_state() / "previous"
    shutil.rmtree(folder, ignore_errors=True)
    command = ["git", "-C", str(layout.CHECKOUT), "archive", "--format=tar", commit]
    done = subprocess.run(command, capture_output=True, check=True)
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder / layout.MODULE, filter="data")
    return folder


class _District(Cycle):
    """A database that was a district of the previous version."""

    def begin(self, version, addons):
        """Install and fill the previous version; return whether that worked."""
        options = ["--no-http", "--stop-after-init", "--log-level=warn", addons]
        command = self.odoo.command("-d", self.name, "-i", layout.MODULE, *options)
        shell = [*self.odoo.shell_command(self.name), addons]
        return self._silently(f"install {version}", command) and self._silently(
            f"fill {version}", shell, program(BEFORE)
        )

    def follow(self, title):
        """Upgrade to this checkout and look whether everything is there."""
        if self._change(title, "-u"):
            shell = self.odoo.shell_command(self.name)
            self._silently(f"{title} keeps the district", shell, program(AFTER))

    def remove(self):
        """Drop the database and its files."""
        odoo_tests.remove(self.odoo, self.name)
