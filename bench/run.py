"""`make bench`: measure what is promised about speed, print the tables and keep them in results/.

Runs in Odoo's shell on a database of its own. Words (ARGS) choose what is measured: census, duties,
page, guardian, access, journal; these without words. The word quarter measures in a province of its own, and then the
workbook, which the word workbook measures by itself. SIZE=10000, 100000 or 1000000 measures everything at that size, so
that growth shows; without it each has the size for which a ratio is promised.
"""

import os
import sys

from bench import (
    access,
    census,
    duties,
    guardian,
    journal,
    journal_rows,
    list_page,
    population,
    province,
    quarter,
    quarter_district,
    quarter_workbook,
)

PROMISED = {"census": (10_000,), "duties": (100_000, 1_000_000), "page": (100_000, 1_000_000)}
PROMISED |= {"quarter": (100_000,)}  # alone in its province: all children live in one county
PROMISED |= {"workbook": (100_000,)}
PROMISED |= {"access": (100_000, 1_000_000), "journal": (100_000, 1_000_000)}
PROMISED |= {"guardian": (100_000,)}
ALONE = ("quarter", "workbook")
# Read on one population, size by size: (results, posts of the officers).
READS = {
    "page": (list_page.Results, province.POSTS),
    "access": (access.Results, access.POSTS),
    "journal": (journal.Results, journal.POSTS),
}


def main(env, words):
    """Measure what the words name, from small to large populations."""
    unknown = set(words) - set(PROMISED)
    if unknown:
        names = ", ".join(PROMISED)
        sys.exit(f"error: nothing is called {', '.join(sorted(unknown))}; there is {names}.")
    size = int(os.environ.get("SIZE") or 0)
    names = words or [name for name in PROMISED if name not in ALONE]
    sizes = {name: (size,) if size else PROMISED[name] for name in names}
    suffix = f"-{size}" if size else ""
    province.build(env)
    for count in sizes.pop("quarter", ()):
        quarter.run(env, count, f"quarter{suffix}", count in PROMISED["quarter"])
        quarter_workbook.run(env, f"quarter-workbook{suffix}", count in PROMISED["workbook"])
        sizes.pop("workbook", None)
    for count in sizes.pop("workbook", ()):
        population.grow(env, count)
        quarter_district.settle(env)
        quarter_workbook.run(env, f"quarter-workbook{suffix}", count in PROMISED["workbook"])
    for count in sizes.get("census", ()):
        census.run(env, count, f"census{suffix}", count in PROMISED["census"])
    reads = {
        name: READS[name][0](not size or size in PROMISED[name]) for name in READS if name in sizes
    }
    months = duties.Results(not size or size in PROMISED["duties"])
    for count in sorted({count for name in sizes if name != "census" for count in sizes[name]}):
        population.grow(env, count)
        if count in sizes.get("duties", ()):
            months.add(env, count)
        if count in sizes.get("guardian", ()):
            guardian.run(env, count, f"guardian{suffix}", count in PROMISED["guardian"])
        _read(env, count, {name: reads[name] for name in reads if count in sizes[name]})
    if "duties" in sizes:
        months.report(env, f"duties{suffix}")
    for name, results in reads.items():
        results.report(env, f"{name}{suffix}")
    if "journal" in reads:
        journal_rows.run(env, f"journal-rows{suffix}")


def _read(env, count, reads):
    """Measure the pages of a population with officers who have read nothing yet."""
    if not reads:
        return
    duties.keep(env)
    village = population.largest_village(env)
    for name, results in reads.items():
        results.add(env, count, province.appoint(env, village, f"{name}_{count}", READS[name][1]))


main(env, sys.argv[1:])  # noqa: F821 - Odoo's shell gives `env`
