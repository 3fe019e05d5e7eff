"""Install, upgrade, uninstall: each must succeed in silence and the last must leave nothing."""

import subprocess

from ..machine import layout, template
from ..machine.odoo_run import program
from ..machine.postgres import psql
from ..machine.steps import step
from . import odoo_tests
from .odoo_log import OdooLog, shorten

UNINSTALL = layout.DEV / "inside" / "uninstall.py"
# What a database consists of, as far as an add-on can add to it.
CONTENTS = """
    SELECT 'column ' || table_name || '.' || column_name FROM information_schema.columns
     WHERE table_schema = 'public'
    UNION ALL SELECT 'relation ' || relname FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'S', 'i')
    UNION ALL SELECT 'function ' || proname FROM pg_proc
     WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'type ' || typname FROM pg_type
     WHERE typnamespace = 'public'::regnamespace AND typtype IN ('d', 'e', 'r')
"""
RECORDS = f"""
    SELECT 'record ' || module || '.' || name FROM ir_model_data WHERE module = '{layout.MODULE}'
    UNION ALL SELECT 'model ' || model FROM ir_model WHERE model LIKE 'lbc.%'
    UNION ALL SELECT 'attachment of ' || res_model FROM ir_attachment WHERE res_model LIKE 'lbc.%'
    UNION ALL SELECT 'parameter ' || key FROM ir_config_parameter
     WHERE key LIKE '{layout.MODULE}.%' OR key LIKE 'lbc.%'
"""


class Cycle:
    """One database that the add-on is installed into, upgraded in and uninstalled from."""

    def __init__(self, odoo, tally, purpose="cycle"):
        """Take a fresh copy of the prepared database."""
        self.odoo = odoo
        self.tally = tally
        self.name = odoo_tests.database(purpose)
        odoo_tests.remove(odoo, self.name)
        template.ensure_copy(odoo, self.name)
        # Uninstalling locks this table or fails at once; autovacuum must not be at it just then.
        psql(odoo.server, self.name, "ALTER TABLE ir_module_module SET (autovacuum_enabled = off)")
        self.before = self._contents()

    def install(self):
        """Install the add-on; return whether it is installed now."""
        return self._change("install", "-i")

    def upgrade(self):
        """Upgrade the add-on to itself; return whether that worked."""
        return self._change("upgrade", "-u")

    def uninstall(self):
        """Uninstall the add-on as an administrator would and look for what it left behind."""
        command = self.odoo.shell_command(self.name)
        if self._silently("uninstall", command, program(UNINSTALL)):
            left = sorted(self._contents() - self.before) + self._records()
            self.tally.check("uninstall leaves nothing behind", [f"left: {what}" for what in left])

    def _change(self, title, switch):
        options = ["--no-http", "--stop-after-init", "--log-level=warn"]
        command = self.odoo.command("-d", self.name, switch, layout.MODULE, *options)
        return self._silently(title, command)

    def _silently(self, title, command, text=""):
        """Run Odoo, count the check, return whether it ended well.

        Its warnings and errors fail the check too: a healthy add-on causes none.
        """
        with step(title):
            done = subprocess.run(
                command,
                env=self.odoo.environment(),
                input=text,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                check=False,
            )
        path = layout.log_dir() / f"{title}.log"
        path.write_text(done.stdout, encoding="utf-8")
        log = OdooLog()
        for line in done.stdout.splitlines():
            log.feed(line)
        problems = [shorten(sentence) for sentence in log.loud]
        if done.returncode:
            problems.append(f"Odoo ended with exit code {done.returncode}; its log is {path}")
        self.tally.check(title, problems)
        return done.returncode == 0

    def _contents(self):
        return set(psql(self.odoo.server, self.name, CONTENTS).splitlines())

    def _records(self):
        return psql(self.odoo.server, self.name, RECORDS).splitlines()


def export_terms(odoo, name):
    """Export the add-on's terms from the database ``name`` with Odoo; return the .pot file."""
    path = layout.log_dir() / f"{layout.MODULE}.pot"
    path.unlink(missing_ok=True)
    subprocess.run(
        odoo.command("i18n", "export", "-d", name, "-l", "pot", "-o", path, layout.MODULE),
        env=odoo.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return path
