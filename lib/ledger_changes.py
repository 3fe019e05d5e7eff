"""What changed between two reports of a unit (§C.3 R1; domain.md §C.6 cases 1, 2, 5, 11, 16, 18).

Opening + joined + moved in − left − moved out = closing, to the child: who is in the earlier rows and not in the later
ones has left or moved out, who is in the later ones only has joined or moved in; of the others, single columns changed.
`lbc.submission.change` computes the same in one SQL statement; a test holds the two against each other.
"""

from dataclasses import dataclass, field

JOINED, LEFT, MOVED_IN, MOVED_OUT = "joined", "left", "moved_in", "moved_out"
GUARDIAN, WORK, ADDRESS, SCHOOL, OTHER = "guardian", "work", "address", "school", "other"
MEMBERSHIP = (JOINED, LEFT, MOVED_IN, MOVED_OUT)
VILLAGE = "village"  # compared by division: a renamed or merged village moves nobody
# Compared by key where both are registered schools: a renamed one moves nobody.
SCHOOL_ATTENDED, SCHOOL_KEY = "school", "school_key"

# Which column is which change. Left out is what changes by itself, every quarter or every school year (last visit,
# risk, class), and what other documents follow (health, aid, agreements).
KIND_OF = {
    **dict.fromkeys(("name", "sex", "ethnicity", "id_number", "birth_date", "hukou_kind"), OTHER),
    **dict.fromkeys((VILLAGE, "address"), ADDRESS),
    **dict.fromkeys(("education", "school", "boarding"), SCHOOL),
    **dict.fromkeys(("father_name", "father_condition"), GUARDIAN),
    **dict.fromkeys(("father_work_place", "father_away_since"), WORK),
    **dict.fromkeys(("mother_name", "mother_condition"), GUARDIAN),
    **dict.fromkeys(("mother_work_place", "mother_away_since"), WORK),
    **dict.fromkeys(("carer_name", "carer_relation", "carer_id_number"), GUARDIAN),
}


@dataclass(frozen=True)
class Row:
    """A child in a report. place: its village, as of the later report. values: {column: value}."""

    place: object
    values: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One line. before, after: of the column; places of who came, went or moved."""

    child: int
    kind: str
    column: str | None = None
    before: object = None
    after: object = None
    origin: object = None
    target: object = None


def compare(old, new, was_elsewhere=(), is_elsewhere=(), columns=None):
    """Return the `Change`s (list) from the rows `old` to the rows `new`, each {child: Row}, by child and column.

    :param was_elsewhere: {child: place} of children who stood in the earlier report of another unit
    :param is_elsewhere: {child: place} of children who stand in the present one of another unit
    :param columns: {column: kind} that are compared, in order; those of R1 unless given

    >>> old, new = {1: Row("a"), 2: Row("a")}, {2: Row("b"), 3: Row("a")}
    >>> [(one.child, one.kind) for one in compare(old, new, is_elsewhere={1: "z"})]
    [(1, 'moved_out'), (2, 'address'), (3, 'joined')]
    """
    columns = KIND_OF if columns is None else columns
    was_elsewhere, is_elsewhere = dict(was_elsewhere), dict(is_elsewhere)
    changes = []
    for child in sorted(old.keys() | new.keys()):
        if child not in old:
            kind = MOVED_IN if child in was_elsewhere else JOINED
            origin = was_elsewhere.get(child)
            changes.append(Change(child, kind, origin=origin, target=new[child].place))
        elif child not in new:
            kind = MOVED_OUT if child in is_elsewhere else LEFT
            target = is_elsewhere.get(child)
            changes.append(Change(child, kind, origin=old[child].place, target=target))
        else:
            changes += _columns(child, old[child], new[child], columns)
    return changes


def _columns(child, old, new, columns):
    for column, kind in columns.items():
        before, after = old.values.get(column), new.values.get(column)
        if column == VILLAGE:
            if old.place != new.place:
                yield Change(child, kind, column, before, after, old.place, new.place)
        elif column == SCHOOL_ATTENDED:
            keys = old.values.get(SCHOOL_KEY), new.values.get(SCHOOL_KEY)
            if keys[0] != keys[1] if all(keys) else before != after:
                yield Change(child, kind, column, before, after)
        elif before != after:
            yield Change(child, kind, column, before, after)


def numbers(old, changes):
    """Return {opening, joined, moved_in, left, moved_out, changed, closing} of the changes from `old`.

    >>> old = {1: Row("a")}
    >>> numbers(old, compare(old, {1: Row("a"), 2: Row("a")}))["closing"]
    2
    """
    count = {kind: sum(one.kind == kind for one in changes) for kind in MEMBERSHIP}
    came, went = count[JOINED] + count[MOVED_IN], count[LEFT] + count[MOVED_OUT]
    changed = len({one.child for one in changes if one.kind not in MEMBERSHIP})
    return {"opening": len(old), **count, "changed": changed, "closing": len(old) + came - went}


def of_places(old, changes):
    """Return {place: the same numbers}; who moved inside the unit moved out of one place and into the other."""
    found = {}

    def at(place):
        """Return the numbers of a place, to be counted on."""
        return found.setdefault(place, dict.fromkeys(("opening", *MEMBERSHIP, "closing"), 0))

    for row in old.values():
        at(row.place)["opening"] += 1
    for one in changes:
        moves = one.column == VILLAGE
        if one.kind in (JOINED, MOVED_IN) or moves:
            at(one.target)[MOVED_IN if moves else one.kind] += 1
        if one.kind in (LEFT, MOVED_OUT) or moves:
            at(one.origin)[MOVED_OUT if moves else one.kind] += 1
    for row in found.values():
        came, went = row[JOINED] + row[MOVED_IN], row[LEFT] + row[MOVED_OUT]
        row["closing"] = row["opening"] + came - went
    return found
