"""Free space, asked before it is needed."""

import shutil

from .errors import Trouble

GIGABYTE = 10**9


def need(folder, gigabytes, what):
    """Raise :class:`Trouble` unless the disk of ``folder`` has so many gigabytes free."""
    place = folder
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free / GIGABYTE
    if free < gigabytes:
        raise Trouble(
            f"The disk of {place} is too full: {what} needs {gigabytes:g} GB and {free:.1f} GB are "
            "free; free some space and start again."
        )
