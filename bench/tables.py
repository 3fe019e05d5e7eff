"""The tables in which results are printed and kept."""

import os
from pathlib import Path

import odoo.release

RESULTS = Path(__file__).parent / "results"


def verdict(ratio, limit, at_least=False):
    """Return a ratio's cell, and whether it keeps the limit that is promised for the size (or None)."""
    if limit is None:
        return f"{ratio:.2f}"
    kept = ratio >= limit if at_least else ratio <= limit
    return f"**{ratio:.2f}** ({'≥' if at_least else '≤'} {limit:g}: {'kept' if kept else 'MISSED'})"


def milliseconds(timing):
    """Return a Timing's cell: CPU, and in brackets least / median on the wall."""
    values = (1000 * seconds for seconds in (timing.cpu, timing.least, timing.median))
    return "{:.1f} ({:.1f} / {:.1f})".format(*values)


def table(headings, rows):
    """Return a Markdown table of texts; columns of numbers stand to the right."""
    numeric = [
        all(row[at][:1].isdigit() or not row[at] for row in rows) for at in range(len(headings))
    ]
    rule = ["---:" if number else "---" for number in numeric]
    return "\n".join("| " + " | ".join(line) + " |" for line in (headings, rule, *rows))


def report(env, name, title, parts):
    """Print a result and keep it as ``bench/results/<name>.md``."""
    text = "\n\n".join([f"# {title}", *parts, _conditions(env)]) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text(text, encoding="utf-8")
    print(f"\n{text}", flush=True)


def _conditions(env):
    env.cr.execute(
        "SELECT current_setting('server_version'), current_setting('fsync'), "
        "current_setting('shared_buffers'), current_setting('work_mem')"
    )
    version, fsync, buffers, work_mem = env.cr.fetchone()
    return (
        f"Odoo {odoo.release.version}, PostgreSQL {version.split()[0]} (fsync {fsync}, "
        f"shared_buffers {buffers}, work_mem {work_mem}), {os.cpu_count()} cores. The ways took "
        "turns on the same database after a warm-up. Least and median are times on the wall; CPU "
        "is the time that the processor worked in Odoo and PostgreSQL together, by which ratios "
        "are judged, because other work on the machine hardly changes it."
    )
