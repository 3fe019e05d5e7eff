"""What stands behind the lists of a report: each village's numbers, who was not verified, what was explained.

Everything comes from frozen rows, and from the explanations as they stood when the report was made.
"""

from odoo.tools import SQL

from ...lib import ledger_changes
from ...lib.periods import Quarter
from ..sheet import Sheet
from .frozen_rows import stream

VILLAGES, UNVERIFIED, EXPLAINED = "分村（居）", "未核实名单", "矛盾项说明"
NOBODY, NOTHING, TOTAL = "无未核实的儿童。", "无经说明的矛盾项。", "合计"
INSIDE = "注：调入、调出含本镇街各村（居）之间的变动{inside}人；镇街之间的调入、调出见“变更数据”。"
MOVEMENTS = (
    ("opening", "期初人数"),
    ("joined", "新增"),
    ("moved_in", "调入"),
    ("left", "退出"),
    ("moved_out", "调出"),
    ("closing", "期末人数"),
    ("unverified", "本季度未核实"),
)
# Which column a rule looks at: its explanation goes to who gets that column in clear. None: a step, no column.
COLUMN_OF_RULE = {
    "both_home": "father_condition",
    "one_capable": "father_condition",
    "too_old": "birth_date",
    "no_birth_date": "birth_date",
    "carer_missing": "carer_name",
    "carer_gone": "carer_relation",
    "carer_incapable": "carer_relation",
    "no_address": "address",
    "no_id_number": "id_number",
    "doubtful_id_number": "id_number",
    "same_id_number": "id_number",
    "no_school": "school",
    "exit_waiting": None,
    "move_waiting": None,
    "village_waiting": None,
}


def write_villages(book, version, areas, found, lines, day, watermark):
    """Write the numbers of each village and their sum.

    :param areas: [(id, name)] of the villages, in order
    :param found: {village id: {name of `MOVEMENTS`: number}}
    """
    headings = ("村（居）", *(heading for _name, heading in MOVEMENTS))
    paths = tuple((heading,) for heading in headings)
    widths = (24, *(12 for _one in MOVEMENTS))
    sheet = Sheet(VILLAGES, paths, widths, 1, day, watermark, book)
    sheet.begin(VILLAGES, lines)
    rows = [found.get(area_id) or {} for area_id, _name in areas]
    for (_id, name), row in zip(areas, rows, strict=True):
        sheet.add([name, *(row.get(one, 0) for one, _heading in MOVEMENTS)])
    sums = {one: sum(row.get(one, 0) for row in rows) for one, _heading in MOVEMENTS}
    sheet.add([TOTAL, *sums.values()])
    sheet.finish([INSIDE.format(inside=sums["moved_in"] - version.moved_in_count)])


def write_unverified(book, version, given, lines, day, watermark):
    """Write the list of who was not verified in the quarter; returns the number (int) of its lines."""
    headings = (("序号", 5), ("档案号", 16), ("姓名", 12), ("村（居）", 20), ("上次核实", 14))
    query = SQL(
        """
        SELECT %s, %s, %s, cur.verified_on
          FROM lbc_snapshot cur LEFT JOIN lbc_area village ON village.id = cur.area_id
         WHERE cur.version_id = %s AND (cur.verified_on IS NULL OR cur.verified_on < %s)
         ORDER BY village.code, cur.file_number, cur.child_ref
        """,
        _of("cur", given.field("file_number")),
        _of("cur", given.field("name")),
        SQL("village.name") if given.field("village") else SQL("NULL"),
        version.id,
        Quarter.of(version.cutoff).start,
    )
    return _write_list(
        book, UNVERIFIED, headings, stream(version.env.cr, query), NOBODY, lines, day, watermark
    )


def write_explained(book, version, given, lines, day, watermark):
    """Write the contradictions that the township explained; returns the number (int) of its lines."""
    headings = (("序号", 5), ("矛盾项", 40), ("村（居）", 20), ("档案号", 16))
    headings += (("说明", 50), ("说明人", 12), ("说明时间", 20))
    finding = version.env["lbc.submission.finding"].with_context(lang="zh_CN")
    words = dict(finding._fields["rule"]._description_selection(finding.env))
    found = version.env.execute_query(
        SQL(
            """
            SELECT f.rule, %s, %s, f.note, person.name, f.explained_at
              FROM lbc_submission_finding f
              LEFT JOIN lbc_snapshot cur ON cur.version_id = %s AND cur.child_ref = f.child_ref
              LEFT JOIN lbc_area village ON village.id = f.area_id
              LEFT JOIN res_users actor ON actor.id = f.explained_by
              LEFT JOIN res_partner person ON person.id = actor.partner_id
             WHERE f.submission_id = %s AND f.state = 'explained' AND f.rule IN %s
             ORDER BY f.rule, village.code, cur.file_number, f.id
            """,
            SQL("village.name") if given.field("village") else SQL("NULL"),
            _of("cur", given.field("file_number")),
            version.id,
            version.submission_id.id,
            _told_rules(given, words) or ("",),
        )
    )
    rows = (
        (words.get(rule, rule), *cells, version._local(moment) if moment else "")
        for rule, *cells, moment in found
    )
    return _write_list(book, EXPLAINED, headings, rows, NOTHING, lines, day, watermark)


def _told_rules(given, words):
    """Return the rules (tuple of codes) whose explanations are given; those are free words about the family."""
    if not given.tells_of_care:
        return ()
    return tuple(
        rule
        for rule in words
        if (column := COLUMN_OF_RULE.get(rule, "note")) is None or given.is_clear(column)
    )


def _of(alias, name):
    return SQL.identifier(alias, name) if name else SQL("NULL")


def _write_list(book, name, headings, rows, nothing, lines, day, watermark):
    paths = tuple((heading,) for heading, _width in headings)
    widths = tuple(width for _heading, width in headings)
    sheet = Sheet(name, paths, widths, 3, day, watermark, book)
    sheet.begin(name, lines)
    number = 0
    for number, row in enumerate(rows, 1):
        sheet.add_plain([number, *row])
    sheet.finish([] if number else [nothing])
    return number


def movements(versions, places):
    """Return SQL of (version, village, the numbers of `MOVEMENTS` in order), as `lib.ledger_changes.of_places`.

    :param versions: `lbc.submission.version`s, superuser
    :param places: {version id: [(division, the one responsible for it then)]}
    """
    compared = [
        (one.id, earlier) for one in versions for earlier, _digest in one.compared_refs or ()
    ]
    starts = [(one.id, Quarter.of(one.cutoff).start) for one in versions]
    triples = [(one, past, then) for one, pairs in places.items() for past, then in pairs]
    return SQL(
        """
        WITH place AS (SELECT * FROM unnest(%s::int[], %s::int[], %s::int[]) AS p(version_id, past_id, then_id)),
             compared AS (SELECT * FROM unnest(%s::int[], %s::int[]) AS c(version_id, earlier_id)),
             made AS (SELECT * FROM unnest(%s::int[], %s::date[]) AS v(version_id, start))
        SELECT version_id, area_id, sum(opening), sum(joined), sum(moved_in), sum(gone), sum(moved_out),
               sum(closing), sum(unverified)
          FROM (SELECT c.version_id, COALESCE(place.then_id, s.area_id) AS area_id, 1 AS opening, 0 AS joined,
                       0 AS moved_in, 0 AS gone, 0 AS moved_out, 0 AS closing, 0 AS unverified
                  FROM compared c JOIN lbc_snapshot s ON s.version_id = c.earlier_id
                  LEFT JOIN place ON place.version_id = c.version_id AND place.past_id = s.area_id
                 UNION ALL
                SELECT made.version_id, s.area_id, 0, 0, 0, 0, 0, 1,
                       (s.verified_on IS NULL OR s.verified_on < made.start)::int
                  FROM made JOIN lbc_snapshot s ON s.version_id = made.version_id
                 UNION ALL
                SELECT made.version_id, side.area_id, 0, (side.came AND l.kind = 'joined')::int,
                       (side.came AND l.kind <> 'joined')::int, (NOT side.came AND l.kind = 'left')::int,
                       (NOT side.came AND l.kind <> 'left')::int, 0, 0
                  FROM made JOIN lbc_submission_change l ON l.version_id = made.version_id AND l.against = 'quarter'
                 CROSS JOIN LATERAL (VALUES (l.to_area_id, true), (l.from_area_id, false)) AS side(area_id, came)
                 WHERE CASE WHEN l."column" IS NOT NULL THEN l."column" = %s
                            WHEN side.came THEN l.kind IN %s ELSE l.kind IN %s END) line
         GROUP BY version_id, area_id
        """,
        *_arrays(triples, 3),
        *_arrays(compared, 2),
        *_arrays(starts, 2),
        ledger_changes.VILLAGE,
        (ledger_changes.JOINED, ledger_changes.MOVED_IN),
        (ledger_changes.LEFT, ledger_changes.MOVED_OUT),
    )


def _arrays(rows, width):
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[]] * width
