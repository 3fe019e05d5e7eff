"""Running Odoo: its configuration, its command line, its environment."""

import os
import subprocess

from . import layout, odoo_tree, postgres, python_env, template
from .errors import Trouble
from .ports import free_port

SERVER_OPTIONS = """[options]
addons_path = {addons}
data_dir = {data}
db_host = {host}
db_port = {port}
db_user = {user}
db_password = {password}
db_maxconn = 40
list_db = False
admin_passwd = {admin}
http_interface = 127.0.0.1
proxy_mode = False
workers = 0
max_cron_threads = 1
without_demo = True
limit_time_real = 1200
limit_time_cpu = 1200
"""


class Odoo:
    """An Odoo ready to be run against one server."""

    def __init__(self, cluster):
        """Bring up whatever is missing: Odoo, its Python, PostgreSQL.

        :param cluster: name of our cluster when no PGHOST is given.
        """
        self.tree = odoo_tree.find()
        self.venv = python_env.find(self.tree)
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
            password=given.get("PGPASSWORD") or "False",
            admin=os.urandom(12).hex(),
        )
        fresh = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            handle.write(text)
        fresh.replace(path)
        return path

    def environment(self):
        """Return the environment for Odoo: its configuration, the checkout's own temporary files."""
        values = {
            **os.environ,
            **self.server.environment,
            "ODOO_RC": str(self.config),
            "LC_ALL": "C.UTF-8",
            "PATH": f"{self.venv / 'bin'}:{os.environ.get('PATH', os.defpath)}",
        }
        values.pop("PYTHONHOME", None)
        values.pop("PYTHONPATH", None)
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

    def script(self, database, path, *arguments):
        """Run the Python file ``path`` in Odoo's shell on ``database``; return what it printed.

        The script finds ``env`` and, in ``sys.argv`` after ``--``, ``arguments``.
        """
        command = self.command("shell", "-d", database, "--no-http", "--log-level", "warn")
        code = f"import sys; sys.argv = {[str(path), *map(str, arguments)]!r}\n"
        code += f"exec(compile(open({str(path)!r}).read(), {str(path)!r}, 'exec'))\n"
        done = subprocess.run(
            command,
            input=code,
            env=self.environment(),
            cwd=layout.CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Trouble(f"{path.name} failed on {database}:\n{done.stderr[-4000:]}")
        return done.stdout


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
