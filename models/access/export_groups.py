"""The data groups of an export: their short names, their labels, and which need a second person (domain.md §C.2)."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)
_PREFIX = "left_behind_children.group_"

LABELS = {
    "identity": _lt("Identity"),
    "address": _lt("Address and Household"),
    "parent_contact": _lt("Parents' Contact"),
    "health": _lt("Health"),
    "psychology": _lt("Psychology"),
    "economy": _lt("Economy and Aid"),
    "schooling": _lt("Schooling"),
    "guardianship": _lt("Carers and Agreements"),
    "visits": _lt("Visits and Contact"),
    "risk": _lt("Risk and Categories"),
    "reporter": _lt("Reporter's Identity"),
    "case": _lt("Case Facts"),
    "placement": _lt("Placement"),
    "court": _lt("Court"),
    "activity": _lt("Activities and Services"),
    "oversight": _lt("Inspection"),
    "audit": _lt("Journal and Exports"),
}
# G3–G5 and G11–G14: no export without a second person's approval.
SECOND_PERSON = frozenset(
    ("parent_contact", "health", "psychology", "reporter", "case", "placement", "court")
)


def of_field(field):
    """Return the short names (set of str) of the data groups that protect a field (its `groups=`)."""
    names = set()
    for group in (field.groups or "").split(","):
        name = group.strip().removeprefix(_PREFIX).removesuffix("_read").removesuffix("_write")
        if group.strip().startswith(_PREFIX) and name in LABELS:
            names.add(name)
    return names


def joined(names):
    """Return short names of data groups as they are stored: in the matrix's order, with commas."""
    return ",".join(name for name in LABELS if name in names)


def split(text):
    """Return the stored short names as a set."""
    return set(filter(None, (text or "").split(",")))
