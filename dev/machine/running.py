"""Who serves this checkout: one `make run` at a time, and where it can be reached."""

import json
import os
import signal

from . import layout, locks
from .postgres import wait_for


class Running:
    """The mark of the one `make run` of this checkout; it vanishes when that process dies."""

    def __init__(self):
        """Nothing is claimed yet."""
        self.lock = layout.make_state() / "run.lock"
        self.note = layout.state_home() / "run.json"
        self.handle = None

    def claim(self):
        """Become the one that serves; return False when another process does already."""
        self.handle = locks.try_exclusive(self.lock)
        if self.handle is None:
            return False
        self.note.unlink(missing_ok=True)
        return True

    def write(self, **facts):
        """Write down what others should know: ``url``, ``database``, ``ready``."""
        text = json.dumps({"pid": os.getpid(), **facts})
        fresh = self.note.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self.note)

    def read(self):
        """Return what the serving process wrote down, or an empty dictionary."""
        try:
            return json.loads(self.note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    def leave(self):
        """Stop being the one that serves."""
        self.note.unlink(missing_ok=True)
        self.handle.close()

    def stop(self, seconds=60):
        """Ask the serving process to stop; return False if it is still there after ``seconds``."""
        handle = locks.try_exclusive(self.lock)
        if handle is not None:
            handle.close()
            return True
        process = self.read().get("pid")
        if process:
            os.kill(process, signal.SIGTERM)
        return wait_for(self._is_free, seconds)

    def _is_free(self):
        handle = locks.try_exclusive(self.lock)
        if handle is None:
            return False
        handle.close()
        return True
