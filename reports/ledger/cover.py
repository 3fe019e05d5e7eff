"""The cover that is printed and sealed (domain.md §C.1.2): numbers, files, and the check code.

Made without assets of the server, so that the PDF engine never has to ask it while a report is being made.
"""

from markupsafe import Markup

TITLE = "农村留守儿童信息季报"
CONTENT = {
    "changes": "信息变更情况",
    "full": "信息台账（全量）",
    "both": "信息变更情况和信息台账（全量）",
}
_PAGE = Markup(
    """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"/><title>{title}</title><style>
body {{ font-family: SimSun, "Noto Serif CJK SC", "Noto Sans CJK SC", serif; font-size: 12pt; margin: 12mm; }}
h1 {{ text-align: center; font-size: 24pt; letter-spacing: 3pt; margin: 10mm 0 4mm; }}
h2 {{ text-align: center; font-size: 15pt; font-weight: normal; margin: 0 0 10mm; }}
table {{ width: 100%; border-collapse: collapse; margin-bottom: 8mm; }}
td, th {{ border: 1px solid #000; padding: 2mm 3mm; text-align: left; }}
th {{ width: 22%; background: #f2f2f2; font-weight: normal; }}
td.n {{ text-align: right; }}
td.text {{ white-space: pre-line; }}
.code {{ text-align: center; font-size: 22pt; letter-spacing: 4pt; border: 2px solid #000; padding: 4mm; }}
.hint {{ font-size: 9.5pt; }}
.hash {{ font-family: monospace; font-size: 7.5pt; word-break: break-all; }}
.seal {{ margin-top: 14mm; text-align: right; line-height: 3; }}
</style></head><body>
<h1>{title}</h1><h2>{quarter}</h2>
<table>{facts}</table>{numbers}{statement}{files}
<p>校验码（由上报的全部数据计算得出，请与系统及各接收单位回执核对）：</p>
<div class="code">{code}</div>
<p class="hint">数据或数字有任何改动，校验码即不同。截止日之后发生的变化计入下一季度。</p>
<div class="seal">单位负责人（签字）：　　　　　　　　　　　<br/>填报单位（盖章）：　　　　　　　　　　　<br/>
　　　　年　　　月　　　日</div>
</body></html>"""
)
_NUMBERS = (
    ("期初人数", "opening_count"),
    ("新增", "joined_count"),
    ("调入", "moved_in_count"),
    ("退出", "left_count"),
    ("调出", "moved_out_count"),
    ("信息变更", "changed_count"),
    ("期末人数", "closing_count"),
    ("本季度未核实", "unverified_count"),
)


def write(version, unit, quarter, content, moments, files=()):
    """Return the page (str).

    :param version: `lbc.submission.version`, superuser
    :param unit: name (str) of who reports
    :param quarter: `lbc.quarter`
    :param content: key of `CONTENT`
    :param moments: (first submitted, this version submitted), texts in the district's time
    :param files: [(name, number of rows or None, SHA-256)] of the documents that belong to the report
    """
    first, this = moments
    correction = f"更正{version.number - 1}" if version.number > 1 else "首次上报"
    facts = [
        ("填报单位", unit),
        ("数据截至", f"{version.cutoff.year}年{version.cutoff.month}月{version.cutoff.day}日"),
        ("版本", f"第{version.number}版（{correction}）"),
        ("首次上报时间", first),
        ("本版上报时间", this),
    ]
    if version.township_id:
        facts.insert(2, ("上报内容", CONTENT[content]))
    if version.reason:
        facts.append(("更正原因", version.reason))
    return _PAGE.format(
        title=TITLE,
        quarter=f"{quarter.year}年第{quarter.number}季度",
        facts=Markup().join(
            Markup("<tr><th>{}</th><td>{}</td></tr>").format(*fact) for fact in facts
        ),
        numbers=_numbers(version) if version.township_id else "",
        statement=_statement(version.statement),
        files=_files(files),
        code=version.check_code or "",
    )


def _numbers(version):
    cells = [
        Markup('<th>{}</th><td class="n">{}</td>').format(label, version[name])
        for label, name in _NUMBERS
    ]
    rows = (
        Markup("<tr>{}</tr>").format(Markup().join(cells[at : at + 2]))
        for at in range(0, len(cells), 2)
    )
    return Markup("<table>{}</table>").format(Markup().join(rows))


def _statement(text):
    if not text:
        return ""
    return Markup('<table><tr><th>工作与核实情况</th><td class="text">{}</td></tr></table>').format(
        text
    )


def _files(files):
    if not files:
        return ""
    rows = Markup().join(
        Markup('<tr><td>{}</td><td class="n">{}</td><td class="hash">{}</td></tr>').format(
            name, "" if rows is None else f"{rows}行", digest
        )
        for name, rows, digest in files
    )
    return Markup("<table>{}</table>").format(rows)
