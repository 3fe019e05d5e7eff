"""The data groups of an export: their short names, and which need a second person (domain.md §C.2)."""

from . import rights

_PREFIX = "left_behind_children.group_"
# G3–G5 and G11–G14: no export without a second person's approval.
SECOND_PERSON = frozenset(
    ("parent_contact", "health", "psychology", "reporter", "case", "placement", "court")
)


def of_field(field):
    """Return the short names (set of str) of the data groups that protect a field (its `groups=`)."""
    names = set()
    for group in (field.groups or "").split(","):
        name = group.strip().removeprefix(_PREFIX).removesuffix("_read").removesuffix("_write")
        if group.strip().startswith(_PREFIX) and name in rights.DATA:
            names.add(name)
    return names


def joined(names):
    """Return short names of data groups as they are stored: in the matrix's order, with commas."""
    return ",".join(name for name in rights.DATA if name in names)


def split(text):
    """Return the stored short names as a set."""
    return set(filter(None, (text or "").split(",")))
