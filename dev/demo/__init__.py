"""The demonstration district: Banan as it could be, every person and every event made up.

`LOGINS` is the table that `make run` prints; `load` fills an empty database through the same
wizards and steps that people use, as the users whose work it is, on the days on which they would
have done it. It belongs to no add-on data: a district's own database never meets it.
"""

from .logins import LOGINS

__all__ = ["LOGINS", "load"]


def load(env, size):
    """Load the demonstration district into a database that has the add-on and no district yet.

    :param env: environment of the superuser; nothing is committed here
    :param size: `"district"` (all of Banan, 2,400 census rows) or `"quick"` (three townships with
        twelve villages of it)
    :raises UserError: the district is already there, or the census does not give the counts that
        it must
    """
    from .district import District  # needs Odoo, which a reader of `LOGINS` has not loaded

    District(env, size).load()
