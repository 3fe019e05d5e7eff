"""Is every term of the add-on translated into Chinese?

Run inside the virtual environment: ``python -m dev.checks.terms TEMPLATE`` prints one problem a
line; with ``--update`` it first brings i18n/ up to date from the template, leaving new terms
empty.
"""

import re
import sys

import polib

from ..machine import layout

LANGUAGE = "zh_CN"
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[#0\- +]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]|%%|\{\w+\}")
HINT = "`make terms` adds what is missing to i18n/, to be translated there"


def folder():
    """Return the folder of the translations."""
    return layout.CHECKOUT / "i18n"


def problems(template, catalogue):
    """Compare Odoo's own export with the Chinese catalogue.

    :param template: entries of the .pot file that Odoo exported.
    :param catalogue: entries of zh_CN.po, or None when there is no such file.
    :return: sentences; empty when every term is translated and nothing is left over.
    """
    wanted = {entry.msgid: entry for entry in template}
    if not wanted:
        return []
    if catalogue is None:
        return [
            f"i18n/{LANGUAGE}.po does not exist, but the add-on has {len(wanted)} terms: {HINT}"
        ]
    found = {entry.msgid: entry for entry in catalogue if not entry.obsolete}
    sentences = [f"not in the catalogue: {_show(text)}" for text in wanted if text not in found]
    for text, entry in found.items():
        if text not in wanted:
            sentences.append(f"left over in the catalogue: {_show(text)}")
        elif not entry.msgstr.strip() or "fuzzy" in entry.flags:
            sentences.append(f"not translated: {_show(text)}")
        elif (
            _placeholders(text) != _placeholders(entry.msgstr)
            and "no-python-format" not in entry.flags
        ):
            sentences.append(f"placeholders differ: {_show(text)} / {_show(entry.msgstr)}")
    sentences += [f"obsolete: {_show(entry.msgid)}" for entry in catalogue if entry.obsolete]
    return [*sentences, HINT] if sentences else []


def _placeholders(text):
    return sorted(mark for mark in PLACEHOLDER.findall(text) if mark != "%%")


def _show(text):
    line = " ".join(text.split())
    return f'"{line[:90]}…"' if len(line) > 90 else f'"{line}"'


def update(template):
    """Write the .pot file and bring zh_CN.po in line with it; translations and headers stay."""
    folder().mkdir(exist_ok=True)
    path = folder() / f"{LANGUAGE}.po"
    old = {entry.msgid: entry for entry in _entries(path)}
    fresh = polib.POFile(wrapwidth=78)
    fresh.metadata = {**_header(template, path), "Language": LANGUAGE}
    for entry in template:
        known = old.get(entry.msgid)
        entry.msgstr = known.msgstr if known else ""
        fresh.append(entry)
    fresh.save(str(path))
    path = folder() / f"{layout.MODULE}.pot"
    for entry in fresh:
        entry.msgstr = ""
    fresh.metadata = _header(template, path)
    fresh.save(str(path))


def _entries(path):
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def _header(template, path):
    """Return the header of the file `path`, or Odoo's own where there is no such file yet."""
    header = _entries(path).metadata or template.metadata
    noise = ("POT-Creation-Date", "PO-Revision-Date")  # would differ every time
    return {name: value for name, value in header.items() if name not in noise}


def main(arguments):
    """Print the problems; see the module's description for the arguments."""
    template = polib.pofile(arguments[0])
    if "--update" in arguments:
        update(polib.pofile(arguments[0]))
    path = folder() / f"{LANGUAGE}.po"
    catalogue = polib.pofile(str(path)) if path.exists() else None
    print("\n".join(problems(template, catalogue)))


if __name__ == "__main__":
    main(sys.argv[1:])
