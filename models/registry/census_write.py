"""The second step of a census import: all good rows, in one transaction (architecture, idea 5)."""

from odoo import models
from odoo.tools import SQL

from ...lib import census_plan
from .census_records import Writer


class CensusImport(models.Model):
    _inherit = "lbc.census.import"

    def _write_rows(self, rows):
        """Write all rows without errors and keep with each row what became of it."""
        good = [row for row in rows if row.status != "error"]
        plan = census_plan.make_plan(good, self._known(good))
        new = [row for row in good if not row.existing]
        changes = self._update_known(good, plan)
        writer = Writer(self, plan, new)
        writer.make(self._teller("writing", len(new)))
        self._update_families(good, plan, changes)
        self._finish(rows, writer.children, changes)
        writer.bulk.analyze()

    def _finish(self, rows, children, changes):
        """Write the result of every row, the counts and the workbook of refused rows."""
        results = {row.number: _result(row, changes) for row in rows}
        speaker = self._speaker()
        lines = []
        for row in rows:
            verdict = speaker.verdict(row)
            result = results[row.number]
            if result == "updated":
                comma = self.env._("%(one)s, %(other)s", one="", other="")
                labels = comma.join(changes[row.number])
                said = self.env._("Changed: %(fields)s.", fields=labels)
                verdict["message"] = "\n".join(filter(None, (verdict["message"], said)))
            # A refused row says nothing of its child, not even to rooms that read it later.
            child = None if result == "rejected" else row.existing or children.get(row.number)
            lines.append((row.number, child, result, *verdict.values()))
        self._update_lines(lines)
        counts = {f"{name}_count": 0 for name in ("created", "updated", "unchanged", "rejected")}
        for result in results.values():
            counts[f"{result}_count"] += 1
        self._step({"state": "done", **counts, **self._report(rows)})
        known = [row.existing for row in rows if row.existing and row.status != "error"]
        self.env["lbc.child"].sudo().browse(known)._seen_by_census(self.as_of)

    def _update_lines(self, lines):
        """Write (row, child, result, status, problem, message) to the lines of this census, where it differs."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE lbc_census_line line
                   SET child_id = w.child_id, result = w.result, status = w.status,
                       problem = w.problem, message = w.message
                  FROM unnest(%s::int[], %s::int[], %s::text[], %s::text[], %s::text[], %s::text[])
                       AS w (row, child_id, result, status, problem, message)
                 WHERE line.import_id = %s AND line.row = w.row
                """,
                *map(list, zip(*lines, strict=True)),
                self.id,
            )
            if lines
            else SQL("SELECT 1")
        )
        self.env["lbc.census.line"].invalidate_model()


def _result(row, changes):
    """Return what became of a row: a key of `census_line.RESULTS`."""
    if row.status == "error":
        return "rejected"
    if not row.existing:
        return "created"
    return "updated" if changes.get(row.number) else "unchanged"
