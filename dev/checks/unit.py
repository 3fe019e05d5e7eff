"""Tests that need no database: `lib/tests` and `dev/tests`, run by unittest."""

import re
import subprocess

from ..machine import layout

RAN = re.compile(r"^Ran (\d+) tests?", re.MULTILINE)
SKIPPED = re.compile(r"skipped=(\d+)")
NAMED = re.compile(r"^(?:FAIL|ERROR|UNEXPECTED SUCCESS): (.+)$", re.MULTILINE)


def run(python, folder, tally):
    """Run the tests of ``folder`` (relative to the checkout) and count them.

    :param python: the interpreter to use.
    """
    if not (layout.CHECKOUT / folder).is_dir():
        tally.check(f"{folder}: no tests", [f"{folder} does not exist"])
        return
    done = subprocess.run(
        [python, "-m", "unittest", "discover", "-t", ".", "-s", folder],
        cwd=layout.CHECKOUT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    passed, failed = count(done.stderr, done.returncode)
    if failed:
        print(done.stdout + done.stderr, flush=True)
    tally.add(passed, [f"{folder}: {name}" for name in failed])


def count(output, code):
    """Read unittest's output.

    :return: how many tests passed and the names of those that did not. A test with several
        failed sub-tests counts once; a skipped one is neither.
    """
    ran = RAN.search(output)
    if not ran:
        return 0, ["the tests did not run"]
    names = [re.sub(r" \[.*| \(\w+=.*", "", name) for name in NAMED.findall(output)]
    failed = list(dict.fromkeys(names))
    if code and not failed:
        failed = ["the tests ended abnormally"]
    skipped = SKIPPED.search(output)
    passed = int(ran[1]) - len(failed) - (int(skipped[1]) if skipped else 0)
    return max(passed, 0), failed
