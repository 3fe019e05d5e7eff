"""The access matrix as a document: data groups by departments, for the page and for paper (§C.2).

An official document, so its fixed texts are Chinese; the names of data and departments are the
district's own.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...lib import matrix

# What stands for a scope in the narrow columns; the legend spells it out.
SCOPE_MARKS = {
    "villages": "村",
    "townships": "镇",
    "county": "区",
    "organization": "本",
    "assigned": "派",
    "case": "案",
}
MOST_DEPARTMENTS = 60  # the whole matrix is some twenty
LEGEND = [
    ("A", "仅看公布的汇总数据"),
    ("M", "脱敏查看"),
    ("R", "查看"),
    ("W", "查看并修改"),
    ("✓", "可使用该功能"),
    ("!", "逐件申请，经他人审批后限时可见"),
    ("村", "本人负责的村（居）"),
    ("镇", "本人负责的镇（街道）"),
    ("区", "全区（县）"),
    ("本", "本单位"),
    ("派", "分派给本单位或本人的儿童"),
    ("案", "本单位参与的个案"),
]


class AccessMatrixReport(models.AbstractModel):
    _name = "report.left_behind_children.access_matrix"
    _description = "Access Matrix"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return what the template shows: always the whole matrix, whatever was selected.

        :raises AccessError: neither the data officer nor a reader of the journal
        """
        user = self.env.user
        groups = ("group_departments", "group_audit_read")
        if not any(user.has_group(f"left_behind_children.{group}") for group in groups):
            raise AccessError(
                self.env._("Only the data protection officer and auditors print the matrix.")
            )
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        lang = "zh_CN" if "zh_CN" in installed else user.lang
        departments = self.env["lbc.department"].with_context(lang=lang)
        departments = departments.search([], order="sequence, id", limit=MOST_DEPARTMENTS)
        acting = departments.filtered("role_id")
        data_rows, function_rows = self._rows(acting)
        return {
            "departments": acting,
            "silent": departments - acting,
            "data_rows": data_rows,
            "function_rows": function_rows,
            "legend": LEGEND,
            "county": user._lbc_counties()[:1].name or "",
            "printed_on": fields.Date.context_today(self),
            "printed_by": user.name,
            "changes": len(acting.right_ids.filtered("is_changed")),
        }

    @api.model
    def _rows(self, departments):
        """Return (rows of data groups, rows of functions) of the departments (recordset).

        Each row is a dict with code, label and cells: a list of (text, kind, changed) in the order
        of the departments.
        """
        rights = departments.right_ids
        subjects = dict(rights._fields["subject"]._description_selection(rights.env))
        by_place = {(right.subject, right.department_id): right for right in rights}
        first = rights.sorted(lambda right: (right.sequence, right.id))
        order = {right.subject: right for right in reversed(first)}
        rows = {False: [], True: []}
        for subject, any_right in sorted(order.items(), key=lambda item: item[1].sequence):
            own = (by_place.get((subject, department)) for department in departments)
            rows[any_right.is_function].append(
                {
                    "code": any_right.code or "",
                    "label": subjects.get(subject, subject),
                    "cells": [_cell_text(right) for right in own],
                }
            )
        return rows[False], rows[True]


def _cell_text(right):
    """Return (text, kind of access, whether changed here) of one cell."""
    if not right or right.access == matrix.NONE:
        return "", matrix.NONE, bool(right and right.is_changed)
    if right.access == matrix.USE:
        return "✓", matrix.USE, right.is_changed
    letter = next(letter for letter, access in matrix.LETTERS.items() if access == right.access)
    text = letter + SCOPE_MARKS.get(right.scope, "") + ("!" if right.approval else "")
    return text, right.access, right.is_changed
