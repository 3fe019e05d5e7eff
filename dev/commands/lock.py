"""`make lock`: choose the newest allowed versions of the Python packages and lock them by hash."""

import sys
import tempfile
from pathlib import Path

from ..machine import layout, python_env
from ..machine.proc import run
from ..machine.steps import step

OPTIONS = (
    *("--universal", "--python-version", ".".join(map(str, python_env.OLDEST))),
    *("--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"),
    # num2words needs it for its command line only, and it is no wheel
    *("--no-emit-package", "docopt"),
    *("--no-config", "--quiet", "--upgrade"),
)


def main(_arguments):
    """Write requirements.lock and requirements-dev.lock from their .in files."""
    with tempfile.TemporaryDirectory() as folder, step("Locking Python packages"):
        uv = Path(folder) / "bin" / "uv"
        run([sys.executable, "-m", "venv", folder])
        run([Path(folder) / "bin" / "pip", "install", "--quiet", "uv"])
        base = ["pip", "compile", *OPTIONS]
        run([uv, *base, "requirements.in", "-o", "requirements.lock"], cwd=layout.DEV)
        tools = ["requirements-dev.in", "-c", "requirements.lock", "-o", "requirements-dev.lock"]
        run([uv, *base, *tools], cwd=layout.DEV)
