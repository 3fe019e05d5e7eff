"""The list of guardians of a village: who answers for each child today (B-4.1a)."""

from odoo import api, fields, models

from .documents import GROUPS, note_print


class GuardianListDocument(models.AbstractModel):
    _name = "report.left_behind_children.guardian_list_document"
    _description = "List of Guardians"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the rows of each village of the chosen children.

        :raises AccessError: a child is not the caller's to read
        :raises UserError: he does not read all that stands in it
        """
        children = self.env["lbc.child"].browse(docids)
        by_village = children._guardian_rows()
        note_print(children, GROUPS)
        today = fields.Date.context_today(self)
        return {
            "docs": [
                {
                    "village": village,
                    "place": children._place_words(village),
                    "rows": rows,
                    "gaps": sum(row["is_gap"] for row in rows),
                }
                for village, rows in by_village.items()
            ],
            "day": f"{today.year}年{today.month}月{today.day}日",
            "printed_by": self.env.user.name,
        }
