"""What only the whole census file shows: numbers that stand twice, one person under two names (§C.6 case 8)."""

from . import census_rows


def read_rows(rows, setting, progress=None):
    """Return the `census_rows.Row`s of [(row number, raw cells)] with everything that is wrong with them.

    progress: called with the number of rows read, every five hundred.
    """
    read = []
    for number, raw in rows:
        read.append(census_rows.read_row(number, raw, setting))
        if progress and not len(read) % 500:
            progress(len(read))
    _find_duplicates(read)
    _find_children_as_adults(read)
    _find_two_names(read)
    return read


def _find_duplicates(rows):
    """Of several rows for one child the first is taken, even where something else is wrong with it.

    Otherwise a slip in the first row would let its copy in, and the first could never follow.
    """
    first = {}
    for row in rows:
        values = row.values
        key = row.id_number or (
            "no_id_reason" in values
            and (values.get("name"), values.get("birth_date"), row.township, row.village)
        )
        if key and first.setdefault(key, row.number) != row.number:
            row.find("duplicate_in_file", "id_number" if row.id_number else "name", row=first[key])


def _find_children_as_adults(rows):
    """Refuse rows that give a parent or carer the number of a child of the file."""
    children = {row.id_number: row.number for row in rows if row.id_number}
    for row in rows:
        for role, adult in row.adults:
            if adult.number in children:
                row.find("adult_number_of_child", f"{role}_id_number", row=children[adult.number])


def _find_two_names(rows):
    """Warn of an adult's number that stands under two names; the first one is kept."""
    first = {}
    for row in rows:
        for role, adult in row.adults:
            if not adult.number:
                continue
            name, number = first.setdefault(adult.number, (adult.name, row.number))
            if name != adult.name:
                row.find("adult_name_differs", f"{role}_name", row=number)
