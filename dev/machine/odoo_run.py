"""Running Odoo: its configuration, its command line, its environment."""

import contextlib
import os
import subprocess
import tempfile

from . import debian, layout, locks, odoo_tree, postgres, python_env, template
from .errors import Trouble, explain
from .ports import free_port
from .proc import background

# Nobody listens at port 1: no mail of a demonstration or a test ever leaves this machine.
SERVER_OPTIONS = """[options]
addons_path = {addons}
data_dir = {data}
db_host = {host}
db_port = {port}
db_user = {user}
{password}db_maxconn = 40
list_db = False
admin_passwd = {admin}
http_interface = 127.0.0.1
proxy_mode = False
smtp_server = localhost
smtp_port = 1
workers = 0
max_cron_threads = 1
without_demo = True
limit_time_real = 1200
limit_time_cpu = 1200
"""


class Odoo:
    """An Odoo ready to be run against one server."""

    def __init__(self, cluster, *purposes):
        """Bring up whatever is missing: Debian packages, Odoo, its Python, PostgreSQL.

        :param cluster: name of our cluster when no PGHOST is given.
        :param purposes: what else is wanted of Debian, see :data:`debian.PACKAGES`.
        """
        self.using = locks.share(odoo_tree.users_lock())
        with background(odoo_tree.prefetch(), cwd=layout.CHECKOUT):
            debian.ensure_all(*purposes)
            self.venv = python_env.find()
            self.tree = odoo_tree.find()
        if not self.tree.given:
            python_env.put_on_path(self.venv, self.tree)
        self.server = postgres.connect(cluster)
        self.cluster = cluster
        self.python = self.venv / "bin" / "python"
        self.data_dir = layout.make_state() / f"odoo-{cluster}"
        self.data_dir.mkdir(exist_ok=True)
        self.data_dir.chmod(0o700)
        self.config = self._write_config()

    def _write_config(self):
        path = self.data_dir / "odoo.conf"
        given = self.server.environment
        addons = [*self.tree.addons_paths, layout.link_addon()]
        text = SERVER_OPTIONS.format(
            addons=",".join(str(folder) for folder in addons),
            data=self.data_dir,
            host=given["PGHOST"],
            port=given["PGPORT"],
            user=given["PGUSER"],
            password=_password(given.get("PGPASSWORD")),
            admin=os.urandom(12).hex(),
        )
        fresh = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            handle.write(text)
        fresh.replace(path)
        return path

    def environment(self):
        """Return the environment for Odoo: its configuration, its Python, its language."""
        values = {
            **os.environ,
            **self.server.environment,
            "ODOO_RC": str(self.config),
            "LC_ALL": "C.UTF-8",
            "FC_LANG": "zh-cn",  # of the forms of a character, PDF and browser take the Chinese
            # compiled modules are kept, outside the checkout, so that the next start is faster
            "PYTHONPYCACHEPREFIX": str(layout.cache_home() / "bytecode"),
            "PATH": f"{self.venv / 'bin'}:{os.environ.get('PATH', os.defpath)}",
        }
        for name in ("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"):
            values.pop(name, None)
        if self.tree.given:
            values["PYTHONPATH"] = str(self.tree.python_path)
        return values

    def command(self, *arguments):
        """Return the command line that runs Odoo with ``arguments``."""
        return [str(self.python), "-m", "odoo", *(str(part) for part in arguments)]

    def execute(self, arguments):
        """Become Odoo with ``arguments``: never returns."""
        command = self.command(*with_port(arguments))
        os.execve(command[0], command, self.environment())  # noqa: S606

    def shell_command(self, database):
        """Return the command line of Odoo's shell that reads a program from its input."""
        return self.command("shell", "-d", database, "--no-http", "--log-level=warn")

    def script(self, database, path, *arguments, show=False):
        """Run the Python file ``path`` in Odoo's shell on ``database``.

        The script is given ``env`` and, as ``sys.argv[1:]``, ``arguments``; it may import from
        the checkout.

        :param show: let the person see what it prints.
        :raise Trouble: when it fails; what it wrote is kept in a log.
        """
        log = layout.log_dir() / f"{path.stem}.log"
        with open(log, "w", encoding="utf-8") as errors:
            done = subprocess.run(
                self.shell_command(database),
                input=program(path, arguments),
                env=self.environment(),
                cwd=layout.CHECKOUT,
                stdout=None if show else errors,
                stderr=errors,
                text=True,
                check=False,
            )
        if done.returncode:
            output = log.read_text(encoding="utf-8", errors="replace")
            last = (output.strip().splitlines() or ["it wrote nothing"])[-1]
            reason = f"{path.name} failed on {database} ({last}); all of it is in {log}."
            raise Trouble(explain(output, reason))

    @contextlib.contextmanager
    def script_beside(self, database, path):
        """Run the Python file ``path`` in Odoo's shell beside a ``with`` block; see :meth:`script`.

        What it does must be a mere help: whether it succeeds is not looked at.
        """
        with tempfile.TemporaryFile("w+", encoding="utf-8") as text:
            text.write(program(path))
            text.seek(0)
            log = layout.log_dir() / f"{path.stem}.log"
            with open(log, "w", encoding="utf-8") as output:
                command = self.shell_command(database)
                outputs = {"stdout": output, "stderr": output}
                with background(command, stdin=text, env=self.environment(), **outputs) as process:
                    yield process


def _password(given):
    """Return the configuration's line for a password; none is written when there is none."""
    return f"db_password = {given.replace('%', '%%')}\n" if given else ""


def program(path, arguments=()):
    """Return the text to feed to Odoo's shell so that it runs the file ``path``."""
    return (
        "import sys\n"
        f"sys.path.insert(0, {str(layout.CHECKOUT)!r})\n"
        f"sys.argv = {[str(path), *map(str, arguments)]!r}\n"
        f"with open({str(path)!r}, encoding='utf-8') as handle:\n"
        "    text = handle.read()\n"
        f"exec(compile(text, {str(path)!r}, 'exec'), globals())\n"
    )


def with_port(arguments):
    """Give a server command a free port, so that several can run side by side."""
    is_server = not arguments or arguments[0].startswith("-") or arguments[0] == "server"
    has_port = any(part.startswith(("--http-port", "-p", "--no-http")) for part in arguments)
    if is_server and not has_port:
        return [*arguments, f"--http-port={free_port()}"]
    return list(arguments)


def prepare_database(odoo, arguments):
    """Copy the prepared base database when a new one is asked for with ``-d NAME -i …``."""
    name = option(arguments, "-d", "--database")
    if name and option(arguments, "-i", "--init"):
        template.ensure_copy(odoo, name)


def option(arguments, short, long):
    """Return the value of an option in ``arguments``, or None."""
    for place, part in enumerate(arguments):
        if part in (short, long):
            return arguments[place + 1] if place + 1 < len(arguments) else None
        if part.startswith(f"{long}="):
            return part.partition("=")[2]
    return None
