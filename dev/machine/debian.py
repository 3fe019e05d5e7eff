"""Debian packages: those the machine must have installed, those we only unpack."""

import os
import platform
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

from . import disk
from .errors import Trouble, explain
from .proc import attempt, has, run
from .steps import say, step

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/left_behind_children.conf")


def _has_venv():
    code = "import ensurepip, venv"
    return (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode
        == 0
    )


def _has_postgres():
    return bool(postgres_bin(required=False))


def _has_chinese_font():
    return any(Path("/usr/share/fonts").rglob("NotoSansCJK*")) or (
        has("fc-list") and bool(attempt(["fc-list", ":lang=zh-cn"]).stdout.strip())
    )


# what needs it -> {Debian package: how to see that it is there}
PACKAGES = {
    "python": {"python3-venv": _has_venv},
    "server": {"postgresql": _has_postgres},
    "client": {"postgresql-client": lambda: has("psql")},
    "pdf": {"wkhtmltopdf": lambda: has("wkhtmltopdf"), "fonts-noto-cjk": _has_chinese_font},
    "browser": {"chromium": lambda: has("chromium") or has("google-chrome")},
}


def postgres_bin(required=True):
    """Return the folder of the newest PostgreSQL server programs (initdb, pg_ctl)."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    folders.sort(key=lambda folder: int(folder.parent.name), reverse=True)
    if folders:
        return folders[0]
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    if required:
        raise Trouble("PostgreSQL's server programs are missing: install the package `postgresql`.")
    return None


def ensure(*purposes):
    """Install the packages these purposes need; as a normal user say which ones are missing.

    :param purposes: keys of :data:`PACKAGES`.
    :raise Trouble: when packages are missing and cannot be installed.
    """
    wanted = {name: seen for purpose in purposes for name, seen in PACKAGES[purpose].items()}
    missing = [name for name, seen in wanted.items() if not seen()]
    if not missing:
        return
    names = " ".join(missing)
    if not has("apt-get"):
        raise Trouble(f"These Debian packages (or their like) are missing: {names}.")
    if os.geteuid() != 0:
        raise Trouble(
            f"Debian packages are missing: have an administrator run "
            f"`apt-get install --no-install-recommends {names}` once, then start again."
        )
    disk.need(Path("/usr"), 1.2, "installing Debian packages")
    with step(f"Installing Debian packages: {names}"):
        _install(missing)


def ensure_all(*purposes):
    """Install, all at once, what these purposes need and what every start needs."""
    database = "client" if os.environ.get("PGHOST") else "server"
    ensure("python", database, *purposes)


def _install(names):
    environment = {"DEBIAN_FRONTEND": "noninteractive"}
    options = ["-q", "-o", "DPkg::Lock::Timeout=300"]
    ours = "postgresql" in names and not NO_CLUSTER.exists()
    if ours:  # the package would start a cluster of its own; we make ours
        NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
        NO_CLUSTER.write_text("create_main_cluster = false\n", encoding="utf-8")
    try:
        refreshed = attempt(["apt-get", *options, "update"], env=environment)
        run(
            ["apt-get", *options, "install", "-y", "--no-install-recommends", *names],
            explain(
                refreshed.stdout + refreshed.stderr,
                f"apt-get could not install {' '.join(names)} ({{last}}): mend that, or install "
                "them by hand, and start again.",
            ),
            env=environment,
        )
    finally:
        if ours:
            NO_CLUSTER.unlink(missing_ok=True)


def archive():
    """Return the address of the Debian archive this machine is configured for."""
    if not has("apt-get"):
        raise Trouble(
            "This is no Debian machine, so Odoo cannot be fetched: name an existing Odoo 19 with "
            "ODOO_HOME=<folder> and start again."
        )
    lines = run(
        ["apt-get", "indextargets", "--format", "$(LABEL)|$(REPO_URI)", "Created-By: Packages"],
        "apt does not tell which archives this machine uses ({last}).",
    ).splitlines()
    for line in lines:
        label, _, address = line.partition("|")
        if label == "Debian" and address:
            return address
    address = _archive_of_sources()
    if address:
        return address
    raise Trouble(
        "apt knows no Debian archive: run `apt-get update` once, or name an existing Odoo 19 with "
        "ODOO_HOME=<folder>."
    )


def _archive_of_sources():
    """Read the first Debian archive from apt's source files (its lists may never have come)."""
    files = [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]
    for path in files:
        if not path.is_file():
            continue
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            words = line.split()
            if words[:1] in (["deb"], ["URIs:"]):
                for word in words[1:]:
                    if "://" in word and word.rstrip("/").endswith("/debian"):
                        return word
    return None


def codename():
    """Return the code name of this machine's Debian release."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    return release.get("VERSION_CODENAME") or "stable"


class PrivateApt:
    """apt with its own sources, lists and cache, so that the machine's apt stays untouched."""

    def __init__(self, folder, suite):
        """Prepare the files in ``folder`` for ``suite`` of the machine's Debian archive."""
        self.folder = folder
        for name in ("lists/partial", "cache/archives/partial"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        signed = f"[signed-by={KEYRING}]" if KEYRING.exists() else ""
        source = f"deb {signed} {archive()} {suite} main\n"
        (folder / "sources.list").write_text(source, encoding="utf-8")
        (folder / "status").touch()
        self.options = [
            "-q",
            *("-o", f"Dir::State::Lists={folder / 'lists'}"),
            *("-o", f"Dir::State::Status={folder / 'status'}"),
            *("-o", f"Dir::Etc::SourceList={folder / 'sources.list'}"),
            *("-o", "Dir::Etc::SourceParts=/dev/null"),
            *("-o", f"Dir::Cache={folder / 'cache'}"),
            *("-o", "Acquire::Languages=none"),
            *("-o", "Acquire::Retries=3"),
            *("-o", f"APT::Sandbox::User={_user()}"),
        ]

    def update(self):
        """Fetch the list of packages and check its signature."""
        run(
            ["apt-get", *self.options, "-o", "APT::Update::Error-Mode=any", "update"],
            "The list of Debian's packages did not come or its signature is wrong ({last}): "
            "check this machine's clock and its apt, or start again later.",
        )

    def version(self, package):
        """Return the version of ``package`` that would be fetched."""
        for line in run(["apt-cache", *self.options, "policy", package]).splitlines():
            key, _, value = line.strip().partition(": ")
            if key == "Candidate" and value.strip() != "(none)":
                return value.strip()
        raise Trouble(
            f"Debian's archive has no package `{package}` any more: name an existing Odoo 19 with "
            "ODOO_HOME=<folder>."
        )

    def fetch(self, packages, folder):
        """Download ``packages`` into ``folder``; apt checks each against the signed list."""
        folder.mkdir(parents=True, exist_ok=True)
        run(
            ["apt-get", *self.options, "download", *packages],
            "Debian's archive did not deliver everything ({last}): start again later.",
            cwd=folder,
        )
        return sorted(folder.glob("*.deb"))


def _user():
    return pwd.getpwuid(os.geteuid()).pw_name


def unpack(archives, folder):
    """Unpack Debian packages into ``folder`` without installing them."""
    for path in archives:
        run(["dpkg", "-x", path, folder], f"{path.name} cannot be unpacked ({{last}}).")
    say(f"Unpacked {len(archives)} packages")
