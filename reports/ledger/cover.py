"""What the cover that is printed and sealed says (domain.md §C.1.2): numbers, files, and the check code.

Its words are the template `submission_cover`, which a district may change.
"""

TITLE = "农村留守儿童信息季报"
TEMPLATE = "left_behind_children.submission_cover"
CONTENT = {
    "changes": "信息变更情况",
    "full": "信息台账（全量）",
    "both": "信息变更情况和信息台账（全量）",
}


def values(version, unit, quarter, content, moments, files, counts):
    """Return what the template is filled with (dict).

    :param version: `lbc.submission.version`, superuser
    :param unit: name (str) of who reports
    :param quarter: `lbc.quarter`
    :param content: key of `CONTENT`
    :param moments: (first submitted, this version submitted), texts in the district's time
    :param files: [(name, number of rows or None, SHA-256)] of the documents that belong to the report
    :param counts: names of the version's numbers
    """
    first, this = moments
    rows = bool(version.township_id)
    return {
        "quarter": f"{quarter.year}年第{quarter.number}季度",
        "unit": unit,
        "cutoff": f"{version.cutoff.year}年{version.cutoff.month}月{version.cutoff.day}日",
        "content": CONTENT[content] if rows else "",
        "number": version.number,
        "first_submitted": first,
        "submitted": this,
        "reason": version.reason or "",
        "counts": {name: version[name] for name in counts} if rows else {},
        "statement": version.statement or "",
        "files": files,
        "code": version.check_code or "",
    }
