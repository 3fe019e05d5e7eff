"""The one place where a failure becomes one clear sentence and an exit code."""

import errno
import os
import signal
import sys
import traceback

NO_SPACE = "No space left on device"
NO_NETWORK = (
    "Temporary failure in name resolution",
    "Could not resolve",
    "Temporary failure resolving",
    "Failed to establish a new connection",
    "Network is unreachable",
    "Could not connect to",
    "Connection timed out",
    "Cannot initiate the connection",
    "No address associated with hostname",
    "Unable to connect to",
)


class Trouble(Exception):
    """What went wrong and what to do about it, in one sentence for the person at the terminal."""


class Interrupted(Exception):
    """The person pressed Ctrl-C, closed the terminal or sent SIGTERM."""


def explain(output, otherwise):
    """Turn the output of a failed program into one sentence.

    :param output: what the program wrote (text).
    :param otherwise: the sentence when the output shows none of the known causes.
    :return: the sentence.
    """
    if NO_SPACE in output:
        return disk_full()
    if any(mark in output for mark in NO_NETWORK):
        return (
            "The network cannot be reached: connect this machine (or set http_proxy and "
            "https_proxy), then start again; nothing that was already downloaded is lost."
        )
    return otherwise


def disk_full():
    """Return the sentence for a full disk."""
    return (
        "The disk is full: free some space (`make clean` removes this checkout's databases, "
        "`make distclean` the downloads too) and start again."
    )


def catch_signals():
    """Make SIGTERM and SIGHUP end the program in the same orderly way as Ctrl-C.

    Under nohup SIGHUP stays ignored; in the background of a script Ctrl-C works all the same.
    """

    def stop(_signum, _frame):
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, stop)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, stop)


def guard(main, *args):
    """Run ``main(*args)`` and leave the process with its exit code.

    A :class:`Trouble` prints its sentence and leaves with 1, Ctrl-C with 130; a bug prints
    its traceback and leaves with 70.
    """
    try:
        code = main(*args) or 0
    except Trouble as trouble:
        code = fail(str(trouble))
    except (KeyboardInterrupt, Interrupted):
        print("\nStopped.", file=sys.stderr)
        code = 130
    except BrokenPipeError:
        code = 141
    except OSError as error:
        code = fail(sentence_of(error))
        if os.environ.get("LBC_DEBUG"):
            traceback.print_exc()
    except Exception:
        traceback.print_exc()
        fail("This is a mistake in dev/; the lines above say where.")
        code = 70
    sys.stdout.flush()
    sys.exit(code)


def sentence_of(error):
    """Return the sentence for an :class:`OSError` that nobody handled."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return disk_full()
    if error.errno in {errno.EACCES, errno.EPERM}:
        return (
            f"No permission for {error.filename}: it probably belongs to another user; run as "
            "that user, or remove it."
        )
    return f"The operating system refused: {error}."


def fail(sentence):
    """Print one sentence on standard error and return the exit code 1."""
    print(f"error: {sentence}", file=sys.stderr)
    return 1
