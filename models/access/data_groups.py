"""The data groups of domain.md §C.2 that protect single fields of records many may see.

Each field declares its data group once, as `groups=data_groups.IDENTITY`: the read group. The
write group has the same name with `write` for `read`; `lbc.access.mixin` checks it.
"""

_MODULE = "left_behind_children"


def _read_group(name):
    return f"{_MODULE}.group_{name}_read"


IDENTITY = _read_group("identity")  # G1
ADDRESS = _read_group("address")  # G2
ADDRESS_MASKED = f"{_MODULE}.group_address_masked"  # its masked companions
PARENT_CONTACT = _read_group("parent_contact")  # G3
PARENT_CONTACT_MASKED = f"{_MODULE}.group_parent_contact_masked"  # its masked companions
HEALTH = _read_group("health")  # G4, own model
ECONOMY = _read_group("economy")  # G6
SCHOOLING = _read_group("schooling")  # G7
GUARDIANSHIP = _read_group("guardianship")  # G8
VISITS = _read_group("visits")  # G9
RISK = _read_group("risk")  # G10

ALL = (IDENTITY, ADDRESS, PARENT_CONTACT, HEALTH, ECONOMY, SCHOOLING, GUARDIANSHIP, VISITS, RISK)
WRITE_OF_READ = {group: group.removesuffix("read") + "write" for group in ALL}

# Fields without a data group are readable by whoever reaches the record; to write them takes:
WRITE_FILE = "left_behind_children.group_registry_write"
# Groups that protect models of their own: psychology G5, reporter G11, case G12, placement G13, court G14.
OWN_MODELS = ("psychology", "reporter", "case", "placement", "court")
_SHORT = {group: group.split("group_")[1].removesuffix("_read") for group in ALL}
_SHORT |= {_read_group(name): name for name in OWN_MODELS}

READ_GROUPS = frozenset((*_SHORT, PARENT_CONTACT_MASKED))
SHORT_NAMES = tuple(_SHORT.values())


def short(groups):
    """Return the short names (frozenset) of the data groups among a field's `groups`, such as `identity`."""
    if not groups:
        return frozenset()
    return frozenset(_SHORT[one] for part in groups.split(",") if (one := part.strip()) in _SHORT)
