"""Reading what Odoo's tests write: how many ran, which failed, which were skipped and why."""

import re

RECORD = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (?P<level>[A-Z]+) \S+ (?P<rest>.*)$")
RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading database")
STARTING = re.compile(r"Starting (\w+\.\w+)")
NAMED = re.compile(r"(?:FAIL|ERROR): (?:Subtest )?(\w+ \([\w.]+\)|[\w.]+)")
SKIPPED = re.compile(r"skipped? (\w+\.\w+)\s*:?\s*(.*)", re.IGNORECASE)
TESTER = re.compile(r"^(odoo\.addons\.\S+\.tests\.\S+|odoo\.tests\S*)")
NEEDED = re.compile(r"chrom|browser|websocket", re.IGNORECASE)


WIDEST, LONGEST = 400, 80


def shorten(line):
    """Return ``line`` in a length that a terminal can show."""
    return line if len(line) <= WIDEST else f"{line[:WIDEST]}…\n"


class OdooLog:
    """The state of reading a log, line by line."""

    def __init__(self):
        """Begin with nothing read."""
        self.ran = 0
        self.failures = 0
        self.finished = False
        self.current = ""
        self.started = set()
        self.failed = {}
        self.named = 0
        self.skipped = {}
        self.loud = []
        self._level = ""
        self._lines = 0

    def feed(self, line):
        """Take one line; return True when it belongs to something a person should see now."""
        record = RECORD.match(line)
        if not record:
            self._lines += 1
            return self._level in {"ERROR", "CRITICAL"} and self._lines < LONGEST
        self._level, self._lines = record["level"], 0
        rest = record["rest"]
        logger, _, message = rest.partition(": ")
        self._read_result(message)
        started = STARTING.match(message)
        if started:
            self.current = started[1]
            self.started.add(started[1])
        named = NAMED.match(message)
        if named and self._level == "ERROR":
            self.failed[named[1]] = True
            self.named += 1
        skipped = SKIPPED.match(message)
        if skipped and TESTER.match(logger):
            self.skipped[skipped[1]] = skipped[2]
        if self._level in {"WARNING", "ERROR", "CRITICAL"}:
            self.loud.append(f"{self._level.lower()} of {rest}")
        return self._level in {"ERROR", "CRITICAL"}

    def _read_result(self, message):
        result = RESULT.search(message)
        if result:
            failed, errors, ran = (int(number) for number in result.groups())
            self.ran, self.failures, self.finished = ran, failed + errors, True

    def outcome(self, code):
        """Return how many tests passed and the names of those that did not.

        :param code: Odoo's exit code.
        """
        broken = list(self.failed)
        broken += [name for name, why in self.skipped.items() if NEEDED.search(why)]
        broken += [f"a failure without a name ({n})" for n in range(self.named, self.failures)]
        if not self.finished:
            broken.append(f"Odoo's tests did not finish (last seen: {self.current or 'none'})")
        elif code and not broken:
            broken.append(f"Odoo ended with exit code {code}")
        passed = self.started - set(broken) - set(self.skipped)
        return len(passed), broken
