"""PostgreSQL: a private cluster of the checkout, or the server that PGHOST names."""

import os
import pwd
import shutil
import time

from . import debian, disk, layout, locks
from .errors import Trouble
from .proc import attempt, run
from .steps import step

ROLE = "odoo"
SETTINGS = """
# written by dev/machine/postgres.py when the cluster was made
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 120
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 256MB
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
"""
# A test database is worth nothing after a power cut; these make it about twice as fast.
CARELESS = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
"""


class Server:
    """Where databases live: the variables that libpq programs need to reach it."""

    def __init__(self, environment, cluster=None):
        """Keep the PG… variables; ``cluster`` is None when the server is not ours."""
        self.environment = environment
        self.cluster = cluster
        self.joined = None

    @property
    def host(self):
        """Return the host name, or the folder of the socket."""
        return self.environment["PGHOST"]

    @property
    def place(self):
        """Return host and port as one word."""
        return f"{self.host}:{self.environment['PGPORT']}"

    def use(self):
        """Join those who use the server, for as long as this process or one it becomes lives."""
        if self.cluster:
            self.joined = locks.share(self.cluster.users)


class Cluster:
    """A private cluster: ``run`` for the demonstration (safe), ``test`` for tests (careless)."""

    def __init__(self, name, state=None):
        """Name the cluster; nothing is touched yet.

        :param state: the state folder of another checkout, to stop its cluster.
        """
        self.name = name
        state = state or layout.state_home()
        self.home = state / f"pg-{name}"
        self.data = self.home / "data"
        self.socket = layout.socket_dir(name)
        self.users = state / f"pg-{name}.users"
        self.log = self.home / "postgres.log"

    def server(self):
        """Return the :class:`Server` that this cluster is."""
        return Server({"PGHOST": str(self.socket), "PGPORT": "5432", "PGUSER": ROLE}, self)

    def running(self):
        """Tell whether the cluster's server runs."""
        if not (self.data / "PG_VERSION").exists():
            return False
        return self._ctl("status").returncode == 0

    def start(self):
        """Make the cluster if there is none, start its server if it does not run."""
        layout.make_state()
        with locks.exclusive(
            layout.state_home() / f"pg-{self.name}.lock",
            "Another start sets PostgreSQL up; waiting …",
        ):
            if not (self.data / "PG_VERSION").exists():
                self._make()
            self._own(self.socket)
            if not self.running():
                self._start()

    def stop(self):
        """Stop the server, unless somebody else still uses it; return whether it is stopped."""
        if not self.running():
            return True
        alone = locks.try_exclusive(self.users)
        if alone is None:
            return False
        with alone:
            self._ctl("stop", "-m", "fast", "-w", "-t", "60")
        return not self.running()

    def force_stop(self):
        """Stop the server even under those who use it."""
        if self.running():
            self._ctl("stop", "-m", "fast", "-w", "-t", "60")

    def _make(self):
        disk.need(layout.state_home(), 1, "a PostgreSQL cluster")
        with step(f"Making the PostgreSQL cluster `{self.name}`"):
            self._own(self.home)
            fresh = self.home / "data.new"
            shutil.rmtree(fresh, ignore_errors=True)
            options = ["--username=postgres", "--auth=trust", "--encoding=UTF8"]
            run(
                [debian.postgres_bin() / "initdb", "-D", fresh, "--locale=C.UTF-8", *options, "-N"],
                "PostgreSQL cannot make its data folder ({last}).",
                user=unprivileged(),
                env={"LC_ALL": "C.UTF-8"},
            )
            settings = SETTINGS.format(socket=self.socket)
            if self.name == "test":
                settings += CARELESS
            with open(fresh / "postgresql.conf", "a", encoding="utf-8") as config:
                config.write(settings)
            fresh.rename(self.data)

    def _start(self):
        version = (self.data / "PG_VERSION").read_text(encoding="utf-8").strip()
        if version != debian.postgres_bin().parent.name:
            raise Trouble(
                f"The databases in {self.home} are of PostgreSQL {version}, installed is "
                f"{debian.postgres_bin().parent.name}: `make clean` removes them, or install "
                f"postgresql-{version}."
            )
        done = self._ctl("start", "-w", "-t", "60", "-l", str(self.log))
        if done.returncode:
            tail = (
                self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
            )
            if "No space left on device" in tail[-2000:]:
                raise OSError(28, "No space left on device")
            raise Trouble(f"PostgreSQL does not start: the reason is at the end of {self.log}.")
        admin = {"PGHOST": str(self.socket), "PGPORT": "5432", "PGUSER": "postgres"}
        exists = psql(Server(admin), "postgres", f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'")
        if not exists:
            psql(Server(admin), "postgres", f"CREATE ROLE {ROLE} LOGIN CREATEDB")

    def _ctl(self, *arguments):
        return attempt(
            [debian.postgres_bin() / "pg_ctl", "-D", self.data, *arguments], user=unprivileged()
        )

    def _own(self, folder):
        """Make ``folder`` if needed and give it to the user that PostgreSQL runs as."""
        folder.mkdir(parents=True, exist_ok=True)
        user = unprivileged()
        if user:
            os.chown(folder, user[1], user[2])
        folder.chmod(0o700)


def unprivileged():
    """Return ``(name, uid, gid)`` of the user that PostgreSQL runs as; None means: as oneself."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return name, entry.pw_uid, entry.pw_gid
    raise Trouble("PostgreSQL refuses to run as root: create a user named `postgres`.")


def connect(name):
    """Return the running :class:`Server` to use: the one PGHOST names, or our cluster ``name``."""
    if os.environ.get("PGHOST"):
        debian.ensure("client")
        return _existing()
    debian.ensure("server")
    cluster = Cluster(name)
    server = cluster.server()
    layout.make_state()
    server.use()
    cluster.start()
    return server


def release(server):
    """Leave the server; stop it if it is ours and nobody else uses it."""
    if server.joined is not None:
        os.close(server.joined)
        server.joined = None
        server.cluster.stop()


def _existing():
    names = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")
    given = {name: os.environ[name] for name in names if os.environ.get(name)}
    given.setdefault("PGPORT", "5432")
    given.setdefault("PGUSER", pwd.getpwuid(os.geteuid()).pw_name)
    server = Server(given)
    place = server.place
    if given["PGUSER"] == "postgres":
        raise Trouble("Odoo refuses the database user `postgres`: name another one with PGUSER.")
    answer = attempt(
        _psql(server, "postgres", "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user"),
        env=given,
    )
    if answer.returncode:
        reason = (answer.stderr.strip().splitlines() or ["no reason given"])[0]
        reason = reason.removeprefix("psql: error: ")
        raise Trouble(
            f"The PostgreSQL at {place} cannot be used ({reason}): check PGHOST, PGPORT, PGUSER "
            "and PGPASSWORD."
        )
    if answer.stdout.strip() != "t":
        raise Trouble(
            f"The user {given['PGUSER']} at {place} may not create databases: grant CREATEDB."
        )
    return server


def psql(server, database, statement):
    """Run one SQL statement and return its rows as text, columns parted by ``|``."""
    return run(
        _psql(server, database, statement),
        f"PostgreSQL refuses in database {database} ({{last}}).",
        env=server.environment,
    ).strip()


def _psql(server, database, statement):
    return [
        "psql",
        "-X",
        "-q",
        "-A",
        "-t",
        "-w",
        "-v",
        "ON_ERROR_STOP=1",
        "-d",
        database,
        "-c",
        statement,
    ]


def wait_for(condition, seconds):
    """Wait until ``condition()`` is true; return whether it became so in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.2)
    return False
