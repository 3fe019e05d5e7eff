"""Counting what passed and what failed, across all kinds of checks."""

import sys
import threading

from ..machine.steps import say


class Tally:
    """How many checks passed, and the names of those that failed; checks may run beside each other."""

    def __init__(self):
        """Begin with nothing counted."""
        self.passed = 0
        self.failed = []
        self._lock = threading.Lock()

    def check(self, name, problems):
        """Count one check: it passed when ``problems`` (a list of sentences) is empty."""
        if not problems:
            self.add(1, [])
            return
        self.add(0, [name])
        for problem in problems:
            print(f"    {problem}", file=sys.stderr, flush=True)

    def add(self, passed, failed):
        """Count ``passed`` checks and the names in ``failed``."""
        with self._lock:
            self.passed += passed
            self.failed += failed
        for name in failed:
            say(f"FAILED {name}")

    def finish(self):
        """Print the names of what failed and the closing line; return the exit code."""
        if self.failed:
            print("\nFailed:", flush=True)
            for name in self.failed:
                print(f"  {name}", flush=True)
        print(f"\n{self.passed} passed, {len(self.failed)} failed", flush=True)
        return 1 if self.failed else 0
