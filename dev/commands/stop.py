"""`make stop`: stop everything that this checkout runs."""

from ..machine import layout
from ..machine.errors import Trouble
from ..machine.postgres import Cluster
from ..machine.running import Running
from ..machine.steps import say


def main(_arguments):
    """Stop the server of `make run` and both private PostgreSQL clusters."""
    if layout.state_home().exists():
        stop_all()
    say("Nothing of this checkout runs.")


def stop_all():
    """Stop the server first, the databases after it."""
    if not Running().stop():
        raise Trouble(
            "The server does not stop; its process is named in run.json of the state folder."
        )
    for name in ("run", "test"):
        Cluster(name).force_stop()
