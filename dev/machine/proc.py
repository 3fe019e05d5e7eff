"""Running other programs."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess

from .errors import Trouble, explain

PR_SET_PDEATHSIG = 1


def run(command, otherwise=None, *, env=None, cwd=None, user=None, stdin=None):
    """Run ``command`` quietly and return its standard output.

    :param command: the program and its arguments.
    :param otherwise: the sentence to raise when it fails for an unknown reason.
    :param env: variables to add to the environment.
    :param user: ``(name, uid, gid)`` to run as, or None for the present user.
    :param stdin: text to feed to it.
    :raise Trouble: when it cannot be run or does not exit with 0.
    """
    done = attempt(command, env=env, cwd=cwd, user=user, stdin=stdin)
    if done.returncode:
        output = done.stdout + done.stderr
        last = next((line for line in reversed(output.splitlines()) if line.strip()), "no output")
        sentence = otherwise or f"`{command[0]}` failed: {last.strip()}"
        raise Trouble(explain(output, sentence.replace("{last}", last.strip())))
    return done.stdout


def attempt(command, *, env=None, cwd=None, user=None, stdin=None):
    """Run ``command`` quietly and return the completed process, whatever its exit code.

    :raise Trouble: when the program does not exist.
    """
    try:
        return subprocess.run(
            [str(part) for part in command],
            env={**os.environ, **(env or {})},
            cwd=cwd or ("/" if user else None),
            input=stdin if stdin is not None else "",
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            **as_user(user),
        )
    except FileNotFoundError as error:
        raise Trouble(f"The program `{error.filename}` is missing on this machine.") from error


@contextlib.contextmanager
def background(command, *, stdin=subprocess.DEVNULL, **options):
    """Run ``command`` beside the block and wait for its end; when the block fails, end it.

    :return: the process, or None when ``command`` is None.
    """
    if command is None:
        yield None
        return
    process = subprocess.Popen(
        [str(part) for part in command],
        stdin=stdin,
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509 (there are no threads here)
        **options,
    )
    try:
        yield process
        process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise


def die_with_parent():
    """In a new process: have the kernel end it when ours is killed and cannot do that."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def as_user(user):
    """Return the arguments that make :mod:`subprocess` run as ``user`` (None: as oneself)."""
    if not user:
        return {}
    _name, uid, gid = user
    return {"user": uid, "group": gid, "extra_groups": [], "umask": 0o077}


def has(program):
    """Tell whether ``program`` is on the PATH."""
    return shutil.which(program) is not None
