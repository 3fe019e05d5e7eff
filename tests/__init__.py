"""One file a behaviour; a room's tests lie in the folder of its name."""

from .registry import test_ledger_states
