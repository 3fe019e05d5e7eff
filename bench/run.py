"""`make bench`: measure what is promised about speed, print the tables and keep them in results/.

Runs in Odoo's shell on a database of its own. Words (ARGS) choose what is measured: census, visits,
page; all without words. SIZE=10000, 100000 or 1000000 measures everything at that size, so that
growth shows; without it each has the size for which a ratio is promised.
"""

import os
import sys

from bench import census, list_page, population, province, visits

PROMISED = {"census": (10_000,), "visits": (100_000,), "page": (100_000, 1_000_000)}


def main(env, words):
    """Measure what the words name, from small to large populations."""
    unknown = set(words) - set(PROMISED)
    if unknown:
        names = ", ".join(PROMISED)
        sys.exit(f"error: nothing is called {', '.join(sorted(unknown))}; there is {names}.")
    size = int(os.environ.get("SIZE") or 0)
    sizes = {name: (size,) if size else PROMISED[name] for name in words or PROMISED}
    suffix = f"-{size}" if size else ""
    province.build(env)
    for count in sizes.get("census", ()):
        census.run(env, count, f"census{suffix}", count in PROMISED["census"])
    page = list_page.Results(not size or size in PROMISED["page"])
    officers = {}
    for count in sorted({*sizes.get("visits", ()), *sizes.get("page", ())}):
        population.grow(env, count)
        if count in sizes.get("visits", ()):
            visits.run(env, count, f"visits{suffix}", count in PROMISED["visits"])
        if count in sizes.get("page", ()):
            officers = officers or province.appoint(env, population.largest_village(env), "page")
            visits.keep(env)
            page.add(env, count, officers)
    if "page" in sizes:
        page.report(env, f"page{suffix}")


main(env, sys.argv[1:])  # noqa: F821 - Odoo's shell gives `env`
