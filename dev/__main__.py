"""``python3 -m dev COMMAND``: what the Makefile calls."""

import importlib
import sys

from .machine import errors

COMMANDS = ("run", "test", "lint", "terms", "shell", "bench", "stop", "clean", "lock", "fetch")


def main(arguments):
    """Run the command named first; it gets the remaining arguments."""
    if not arguments or arguments[0] not in COMMANDS:
        raise errors.Trouble(f"Name one of the commands {', '.join(COMMANDS)}.")
    errors.catch_signals()
    command = importlib.import_module(f"dev.commands.{arguments[0]}")
    return command.main(arguments[1:])


errors.guard(main, sys.argv[1:])
