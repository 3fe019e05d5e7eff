"""TCP ports."""

import errno
import socket

from .errors import Trouble


def is_free(port, interface="127.0.0.1"):
    """Tell whether a server could listen on ``port`` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((interface, port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Trouble(
                    f"Port {port} is reserved for root: give PORT a number above 1023."
                ) from error
            if error.errno == errno.EADDRNOTAVAIL:
                raise Trouble(f"BIND={interface} is no address of this machine.") from error
            return False
    return True


def free_port():
    """Return a port that nobody listens on, chosen by the system."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def next_free(port, interface="127.0.0.1", tries=100):
    """Return the first free port from ``port`` upwards.

    :raise Trouble: when none of ``tries`` ports is free.
    """
    for candidate in range(port, port + tries):
        if is_free(candidate, interface):
            return candidate
    raise Trouble(
        f"The ports {port} to {port + tries - 1} are all taken: name a free one with PORT=…."
    )
