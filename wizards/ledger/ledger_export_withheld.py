"""What the official summary table does not tell a role that may not read the data in clear (domain.md §C.2 "A", "M").

Masks and a village's small counts together name a child: one severe illness among three masked names.
"""

from odoo import models

from ...lib import indicators, matrix, summary, suppression

_GROUP_OF_FACT = {table.code: table.group for table in indicators.TABLES}


class LedgerExport(models.TransientModel):
    _inherit = "lbc.ledger.export"

    def _withheld(self, areas, rows, found):
        """Return the cells (set of (area id or None for the whole, position in FIGURES)) left out.

        Tables of a county withhold small numbers (`lib.suppression`). Those of a township or village
        are too small for that: they leave out all columns that the role does not read in clear.

        :param areas: `lbc.area` of the document
        :param rows: ids of the areas that have a row
        :param found: {area id: (children, one count for each of FIGURES)}
        """
        blocks = self._protected_blocks()
        if areas[0].level != "county":
            places = (*rows, None)
            return {(place, one) for place in places for block in blocks for one in block.parts}
        profile = self.env["lbc.profile"]._for_county(areas[0].county_id)
        counts = {
            place: {"children": numbers[0], **dict(enumerate(numbers[1:]))}
            for place, numbers in found.items()
        }
        hidden = suppression.suppress(counts, blocks, profile.small_cell_k)
        return {(place, code) for place, code in hidden if code != "children"}

    def _protected_blocks(self):
        """Return the `lib.suppression.Block`s of figures (positions) that the role does not read in clear."""
        positions = {}
        for position, figure in enumerate(summary.FIGURES):
            positions.setdefault(figure.tests[0][0], []).append(position)
        kinds = {fact.code: fact.kind for fact in summary.FACTS}
        blocks = []
        for fact, parts in positions.items():
            if self._reads_in_clear(_GROUP_OF_FACT[fact]):
                continue
            several = kinds[fact] == summary.TERMS
            alone = [suppression.Block("children", (one,), closed=False) for one in parts]
            blocks += alone if several else [suppression.Block("children", tuple(parts))]
        return blocks

    def _reads_in_clear(self, group):
        """Return whether the user's role reads a data group in its whole area without asking (bool)."""
        if self.env.su or group == indicators.STATISTICS:
            return True
        cell = self.env.user._lbc_cell(group)
        wide = cell.scope in matrix.AREA_SCOPES
        return wide and cell.at_least(matrix.READ) and not cell.approval

    def _remarks(self, areas, submissions):
        """Name the townships of the area that have not submitted: their rows are empty, not nought."""
        if not submissions:
            return ()
        missing = (
            self.env["lbc.submission"]
            .search([("quarter_id", "=", self.quarter_id.id), ("first_submitted_at", "=", False)])
            .township_id
        )
        missing = missing.filtered(lambda one: one in areas or one.county_id in areas)
        return ("未上报：" + "、".join(missing.mapped("name")),) if missing else ()
