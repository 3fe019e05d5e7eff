"""The Odoo server as a child process: started, waited for, stopped in order."""

import signal
import subprocess
import time
import urllib.error
import urllib.request

from . import layout
from .errors import NO_SPACE, Trouble, disk_full
from .proc import die_with_parent

PATIENCE = 180


class Service:
    """A running Odoo server and its log."""

    def __init__(self, odoo, database, interface, port):
        """Start the server; it has its own session, so that Ctrl-C reaches only our process.

        Threads, not worker processes: one process serves pages, websockets and scheduled jobs.
        """
        self.port = port
        self.host = "127.0.0.1" if interface in {"0.0.0.0", "::"} else interface
        self.log = layout.log_dir() / "server.log"
        self.begin = self.log.stat().st_size if self.log.exists() else 0
        command = odoo.command(
            *("-d", database),
            f"--db-filter=^{database}$",
            f"--http-interface={interface}",
            f"--http-port={port}",
            "--workers=0",
            f"--logfile={self.log}",
        )
        self.process = subprocess.Popen(
            command,
            env=odoo.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 (there are no threads here)
        )

    def wait_until_ready(self):
        """Return when the login page answers.

        :raise Trouble: when the server ends before that, or takes too long.
        """
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise Trouble(self._why_it_ended())
            if self._answers():
                return
            time.sleep(0.3)
        raise Trouble(f"Odoo does not answer after {PATIENCE} s; its log is {self.log}.")

    def _answers(self):
        try:
            address = f"http://{self.host}:{self.port}/web/login"
            with urllib.request.urlopen(address, timeout=60) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def watch(self):
        """Wait until the server ends, which it does not do by itself.

        :raise Trouble: saying how it ended.
        """
        self.process.wait()
        raise Trouble(self._why_it_ended())

    def _why_it_ended(self):
        code = self.process.returncode
        with open(self.log, encoding="utf-8", errors="replace") as handle:
            handle.seek(self.begin)
            written = handle.read()
        if NO_SPACE in written:
            return disk_full()
        if "Address already in use" in written:
            return f"Port {self.port} is taken by another program: choose another with PORT=…."
        how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
        return f"Odoo {how}; nothing that was saved is lost, start again; its log is {self.log}."

    def stop(self):
        """End the server: politely first, by force if it takes more than twenty seconds."""
        for wish, seconds in ((signal.SIGINT, 10), (signal.SIGINT, 10), (signal.SIGKILL, 10)):
            if self.process.poll() is not None:
                return
            self.process.send_signal(wish)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                continue
