"""Checks of the repository's XML and CSV files.

Run inside the virtual environment: ``python -m dev.checks.files xml|csv`` prints one problem a
line.
"""

import csv
import sys

from lxml import etree

from ..machine import layout

RIGHTS = ["id", "name", "model_id:id", "group_id:id"]
PERMISSIONS = ["perm_read", "perm_write", "perm_create", "perm_unlink"]


def files(suffix):
    """Return the files of the checkout that git knows or could know, ending in ``suffix``."""
    hidden = (path for path in layout.CHECKOUT.rglob(f"*{suffix}"))
    return sorted(
        path
        for path in hidden
        if not any(part.startswith(".") for part in path.relative_to(layout.CHECKOUT).parts)
    )


def xml_problems():
    """Return a sentence for every XML file that is not well formed or repeats an id."""
    problems = []
    for path in files(".xml"):
        try:
            tree = etree.parse(str(path))
        except etree.XMLSyntaxError as error:
            problems.append(f"{_short(path)}: {error.msg}")
            continue
        problems += _repeated(path, tree)
    return problems


def _repeated(path, tree):
    seen = set()
    for node in tree.iterfind(".//record"):
        name = node.get("id")
        forced = node.getparent().get("noupdate")
        if name and (name, forced) in seen:
            yield f"{_short(path)}, line {node.sourceline}: the id {name} is there twice"
        seen.add((name, forced))


def csv_problems():
    """Return a sentence for every CSV file that is broken, and for wrong access rights."""
    problems = []
    for path in files(".csv"):
        try:
            with open(path, encoding="utf-8", newline="") as handle:
                rows = list(csv.reader(handle, strict=True))
        except (UnicodeDecodeError, csv.Error) as error:
            problems.append(f"{_short(path)}: {error}")
            continue
        problems += [f"{_short(path)}{sentence}" for sentence in table_problems(rows)]
        if path.name == "ir.model.access.csv":
            problems += [f"{_short(path)}{sentence}" for sentence in rights_problems(rows)]
    return problems


def table_problems(rows):
    """Return what is wrong with the rows of any table: no header, ragged rows, empty headings."""
    if not rows:
        return [": the file is empty"]
    header = rows[0]
    problems = []
    if len(set(header)) != len(header) or not all(header):
        problems.append(": headings are empty or repeated")
    problems += [
        f", row {number}: {len(row)} columns instead of {len(header)}"
        for number, row in enumerate(rows[1:], start=2)
        if row and len(row) != len(header)
    ]
    return problems


def rights_problems(rows):
    """Return what is wrong with a table of access rights."""
    header = rows[0] if rows else []
    missing = [name for name in (*RIGHTS, *PERMISSIONS) if name not in header]
    if missing:
        return [f": the columns {', '.join(missing)} are missing"]
    problems, seen = [], set()
    for number, row in enumerate(rows[1:], start=2):
        values = dict(zip(header, row, strict=False))
        if values["id"] in seen:
            problems.append(f", row {number}: the id {values['id']} is there twice")
        seen.add(values["id"])
        if not values["group_id:id"].strip():
            problems.append(f", row {number}: no group, so that everybody has this right")
        if any(values[name] not in {"0", "1"} for name in PERMISSIONS):
            problems.append(f", row {number}: a permission is neither 0 nor 1")
    return problems


def _short(path):
    return path.relative_to(layout.CHECKOUT)


if __name__ == "__main__":
    found = {"xml": xml_problems, "csv": csv_problems}[sys.argv[1]]()
    print("\n".join(found))
