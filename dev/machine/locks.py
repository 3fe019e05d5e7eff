"""File locks: the kernel drops them when their holder dies, so none is ever stale."""

import contextlib
import fcntl
import os

from .steps import say


@contextlib.contextmanager
def exclusive(path, waiting):
    """Hold the lock file ``path`` alone; say ``waiting`` when somebody else has it first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a+", encoding="utf-8") as handle:
        if not _try(handle, fcntl.LOCK_EX):
            say(waiting)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle


def try_exclusive(path):
    """Take the lock file ``path`` alone and return its open file, or None when it is held."""
    return _open_and_try(path, fcntl.LOCK_EX)


def share(path):
    """Join the holders of ``path``; programs started or executed from here hold it too.

    :return: the open file descriptor. Keep it open as long as the lock is wanted.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    os.set_inheritable(descriptor, True)
    return descriptor


def _open_and_try(path, kind):
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = open(path, "a+", encoding="utf-8")  # noqa: SIM115 (kept open: it is the lock)
    if _try(handle, kind):
        return handle
    handle.close()
    return None


def _try(handle, kind):
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
