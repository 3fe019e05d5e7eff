"""The full register of a county as a workbook: 100,000 frozen rows, all columns of the official form (R2).

Numerator: what a download does (`lbc.export._deliver`), as the officer who asked for a reported quarter: rights, rows,
workbook, password and the journal. Denominator: xlsxwriter alone (constant_memory) writing the same cells with the same
formats from rows that lie ready in memory. Memory: how far the worker's peak rises above what it held before (`VmHWM`,
set back through `/proc/self/clear_refs`).
"""

import gc
import io
from datetime import date
from pathlib import Path

import xlsxwriter

from odoo.addons.left_behind_children.lib import columns as column_lists
from odoo.addons.left_behind_children.lib import workbook
from odoo.addons.left_behind_children.reports.sheet import FORMATS

from . import population, province, quarter
from .measure import Stopwatch, take_turns
from .tables import report, table, verdict

TIME, MEMORY = 1.3, 60  # times xlsxwriter alone; megabytes
ROUNDS = 2
POST = {"county": ("county", "civil_affairs_officer")}


def run(env, name, promised):
    """Measure the register of the county in which most children live, as it was reported."""
    village = population.largest_village(env)
    reported = quarter.reported(env, village.county_id)
    user, county = province.appoint(env, village, "workbook", POST)["county"]
    export, wizard = _ask(env(user=user.id), reported)
    listing, submissions = wizard._listing(county), wizard._submissions(county)

    def product():
        return export._deliver()[1]

    product()  # nothing is loaded for the first time while memory is watched
    rise, data = _rise(product)
    rows = list(
        wizard._stream(listing.codes, wizard._source_rows(listing.codes, county, submissions))
    )
    printers = [column_lists.printer(column) or _as_is for column in listing.columns]
    cells = [[one(value) for one, value in zip(printers, row, strict=True)] for row in rows]
    ways = {
        "product": lambda: _timed(env, product),
        "bare": lambda: _timed(env, lambda: _bare(cells)),
    }
    times = take_turns(ways, rounds=ROUNDS, warm_up=0)
    # With the number of the line, which both write.
    _report(env, name, promised, (len(rows), len(listing.columns) + 1), times, rise, len(data))


def _ask(env, reported):
    """Ask for the register of a reported quarter; returns (request, approved, and the page that asked)."""
    asked = {"purpose": "速度测量", "recipient": "速度测量"}
    values = {"document": "register", "source": "quarter", "quarter_id": reported.id}
    wizard = env["lbc.ledger.export"].create({**values, **asked})
    export = env["lbc.export"].browse(wizard.action_export()["res_id"])
    if export.state == "waiting":
        export.sudo()._open()  # the second person
    return export, wizard


def _as_is(value):
    return value


def _bare(cells):
    """Write the cells with nothing but xlsxwriter."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    formats = {name: book.add_format(one) for name, one in FORMATS.items()}
    text, day, number = formats["text"], formats["date"], formats["number"]
    sheet = book.add_worksheet()
    for at, row in enumerate(cells):
        sheet.write_number(at, 0, at + 1, number)
        for column, value in enumerate(row, 1):
            if isinstance(value, str) and value:
                sheet.write_string(at, column, value, text)
            elif isinstance(value, date):
                sheet.write_datetime(at, column, value, day)
            elif value:
                sheet.write_number(at, column, value, number)
            else:
                sheet.write_blank(at, column, None, text)
    book.close()
    return stream.getvalue()


def _timed(env, work):
    watch = Stopwatch(env.cr)
    with watch.running():
        work()
    return watch.took


def _rise(work):
    """Return (megabytes by which the peak of memory rose, result of the work)."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _status("VmRSS")
    result = work()
    return (_status("VmHWM") - before) / 1024, result


def _status(name):
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(f"{name}:")).split()[1])


def _report(env, name, promised, shape, times, rise, size):
    product, bare = times["product"], times["bare"]
    ratio = product.over(bare)[0]
    rows = [
        ["product", f"{product.cpu:.1f}", f"{product.least:.1f} / {product.median:.1f}"],
        ["xlsxwriter alone", f"{bare.cpu:.1f}", f"{bare.least:.1f} / {bare.median:.1f}"],
    ]
    limits = (TIME, MEMORY) if promised else (None, None)
    words = (
        f"{shape[0]} frozen rows × {shape[1]} columns, {size / 2**20:.1f} MB, "
        f"{'with' if workbook.can_encrypt() else 'without'} a password. Time: "
        f"{verdict(ratio, limits[0])}. Peak of memory above what the worker held before: "
        f"{verdict(rise, limits[1])} MB."
    )
    headings = ["way", "CPU (s)", "least / median on the wall (s)"]
    report(env, name, "The full register as a workbook", [table(headings, rows), words])
