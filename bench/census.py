"""Importing a census of synthetic rows, as the civil affairs officer of a county does.

Numerator: `lbc.census.import.action_import` of a fresh workbook, that is judging every row, keeping
it on its line and writing the families; reading the workbook (openpyxl) is taken
out and reported apart. Denominators: psycopg2's `execute_values` of the finished rows, ready as
Python tuples, into the same tables with all their indexes and constraints; and Odoo's own `load()`
of the same rows (`census_load`), of which a part is enough to know its rate. Everything is rolled
back and vacuumed between rounds.
"""

from .census_load import Load
from .census_ways import LINES, PAGE_SIZE, Census, insert, undone
from .measure import ROUNDS, Timing, take_turns
from .tables import report, table, verdict

AT_LEAST_LOAD, AT_MOST_BARE = 8, 4
LOADED = 1000  # children


def run(env, size, name, promised):
    """Measure a census of `size` rows in the county that has the most villages.

    :param promised: whether ratios are promised for this size
    """
    census = Census(env, size)
    rows = census.rows()
    load = Load(env, rows, LOADED)
    ways = {
        "import": census.import_at_once,
        "in two steps": census.import_in_two_steps,
        "bare": lambda: undone(env, lambda: insert(env, rows)),
        "load()": lambda: undone(env, load.run),
    }
    times = take_turns(ways)
    counts = {one: len(tuples) for one, (_columns, tuples) in rows.items()}
    text = (
        f"{size:,} rows in a workbook of {len(census.content) // 1024:,} kB, one county, imported by "
        f"its civil affairs officer; {ROUNDS} rounds. Reading the workbook is not in it. *In two steps* "
        "is the check, which keeps every row with its findings, and the import after it, which "
        "judges the rows again. *bare* is "
        f"psycopg2's `execute_values`, page_size {PAGE_SIZE}, of finished tuples into the same "
        "tables, without the children's references to their episodes, for which it would need a "
        "second statement. *load()* wrote the families of "
        f"{load.children:,} children as superuser and with tracking off. The lines of the census, "
        "which load() does not write, do not count for the import's rate against it."
    )
    written = ", ".join(f"{one} {count:,}" for one, count in counts.items())
    report(
        env,
        name,
        "Importing a census",
        [
            text,
            _table(times, counts, load.count, promised),
            f"Rows written: {written}.",
            "Parts of the import:",
            table(
                ["part", "least s", "median s", "CPU s"],
                # the first was the warm-up
                [[part, *_seconds(Timing(took[1:]))] for part, took in census.parts.items()],
            ),
        ],
    )


def _table(times, counts, loaded, promised):
    """Return the table of the three ways with the two ratios that are promised."""
    written = sum(counts.values())
    bare, load = times["bare"], times["load()"]

    def compare(way):
        to_bare, *bare_walls = times[way].over(bare)
        # the rate is rows by time, so the ratio of times stands below the line
        to_load, *load_walls = (
            (written - counts[LINES]) / loaded / ratio for ratio in times[way].over(load)
        )
        return [
            *(way, *_cells(times[way], written)),
            verdict(to_bare, AT_MOST_BARE if promised else None),
            *(f"{ratio:.2f}" for ratio in bare_walls),
            verdict(to_load, AT_LEAST_LOAD if promised else None, at_least=True),
            *(f"{ratio:.2f}" for ratio in load_walls),
        ]

    return table(
        [
            *("way", "rows", "least s", "median s", "CPU s", "rows/s"),
            *("× time of bare", "(least)", "(median)", "× rate of load()", "(least)", "(median)"),
        ],
        [
            compare("import"),
            compare("in two steps"),
            ["bare", *_cells(bare, written), "1", "1", "1", "", "", ""],
            ["load()", *_cells(load, loaded), "", "", "", "1", "1", "1"],
        ],
    )


def _cells(timing, rows):
    return f"{rows:,}", *_seconds(timing), f"{rows / timing.least:,.0f}"


def _seconds(timing):
    return (f"{seconds:.2f}" for seconds in (timing.least, timing.median, timing.cpu))
