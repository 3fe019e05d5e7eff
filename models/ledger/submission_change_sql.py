"""Computing what changed, in one statement a version (§C.3 R1): the rule is that of `lib.ledger_changes`.

Day, basis and who entered it come from the times on the ledger, the guardianships and the work away from home.
"""

from odoo import models
from odoo.tools import SQL

from ...lib import ledger_changes
from .snapshot import FROZEN, MASKED, masked_name

_BY_CODE = {column.code: column for column in FROZEN}
_MASKED = {column.code for column in MASKED}
# Of a correction every word counts, not only what the official form asks for; what changes by itself corrects nothing.
ALL = {code: ledger_changes.KIND_OF.get(code, ledger_changes.OTHER) for code in _BY_CODE}
ALL = {code: kind for code, kind in ALL.items() if code not in ("township", "risk", "last_visit")}
_KEPT = ("file_number", "label")

# Facts of a line; each looks only at the lines that it explains.
_FACTS = """
    LEFT JOIN LATERAL (
        SELECT e.date_entry AS day, e.basis, e.write_uid AS uid,
               CASE WHEN e.entry_kind = 'return' THEN 'return' ELSE e.reason END AS ground
          FROM lbc_episode e
         WHERE e.child_id = line.child_ref AND {on_ledger}
           AND (line.kind IN ('joined', 'moved_in') OR line."column" = 'village')
         ORDER BY e.id DESC LIMIT 1) entry ON true
    LEFT JOIN LATERAL (
        SELECT e.date_exit AS day, e.write_uid AS uid,
               COALESCE(e.exit_basis, (SELECT n.basis FROM lbc_episode n
                         WHERE n.child_id = e.child_id AND n.previous_id = e.id LIMIT 1),
                        e.remark) AS basis,
               CASE WHEN e.state = 'void' THEN 'void' ELSE e.exit_reason END AS ground
          FROM lbc_episode e
         WHERE e.child_id = line.child_ref AND e.state IN ('exited', 'void')
           AND line.kind IN ('left', 'moved_out')
         ORDER BY e.id DESC LIMIT 1) gone ON true
    LEFT JOIN LATERAL (
        SELECT g.date_from AS day, g.basis, g.write_uid AS uid FROM lbc_guardianship g
         WHERE g.child_id = line.child_ref AND line.kind = 'guardian'
           AND g.role = split_part(line."column", '_', 1)
           AND (g.date_from IS NULL OR g.date_from <= {day})
         ORDER BY g.date_to IS NULL DESC, g.id DESC LIMIT 1) care ON true
    LEFT JOIN LATERAL (
        SELECT CASE WHEN line.after_clear IS NULL THEN m.date_to ELSE m.date_from END AS day,
               m.verified_by AS basis, m.write_uid AS uid
          FROM lbc_guardianship g JOIN lbc_migration m ON m.guardian_id = g.guardian_id
         WHERE g.child_id = line.child_ref AND line.kind = 'work'
           AND g.role = split_part(line."column", '_', 1) AND g.date_to IS NULL
         ORDER BY m.date_from DESC NULLS LAST, m.id DESC LIMIT 1) away ON true
    LEFT JOIN lbc_child child ON child.id = line.child_ref AND line.kind IN ('address', 'school', 'other')
    LEFT JOIN lbc_area from_area ON from_area.id = line.from_area_id AND line.kind IN ('moved_in', 'moved_out')
    LEFT JOIN res_users actor ON actor.id =
        COALESCE(entry.uid, gone.uid, care.uid, away.uid, child.write_uid)
    LEFT JOIN res_partner person ON person.id = actor.partner_id
"""
CORRECTED = (
    "户籍信息更正"  # §C.6 case 16: what the identity card says changes only with the register
)


class SubmissionVersion(models.Model):
    _inherit = "lbc.submission.version"

    def _find_changes(self, compared, against="quarter"):
        """Write the frozen changes from the rows of other versions to those of this one.

        :param compared: `lbc.submission.version`s whose rows are the earlier ones
        :param against: `quarter`, or `version` for the visible difference of a correction
        """
        self.ensure_one()
        columns = ledger_changes.KIND_OF if against == "quarter" else ALL
        places = self.submission_id._places()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH pair AS MATERIALIZED (
                    SELECT differs.o_child_ref, differs.n_child_ref,
                           differs.o_place_id, differs.n_place_id, %(pair)s
                      FROM (SELECT old.id AS o_id, old.child_ref AS o_child_ref, old.place_id AS o_place_id,
                                   new.id AS n_id, new.child_ref AS n_child_ref, new.place_id AS n_place_id
                              FROM (SELECT s.id, s.child_ref, COALESCE(then_id, s.area_id) AS place_id,
                                           %(hash)s AS hash
                                      FROM lbc_snapshot s
                                      LEFT JOIN unnest(%(past)s::int[], %(then)s::int[])
                                             AS place(past_id, then_id) ON past_id = s.area_id
                                     WHERE s.version_id = ANY(%(compared)s)) old
                              FULL JOIN (SELECT s.id, s.child_ref, s.area_id AS place_id, %(hash)s AS hash
                                           FROM lbc_snapshot s WHERE s.version_id = %(version)s) new
                                ON new.child_ref = old.child_ref
                             WHERE old.hash IS DISTINCT FROM new.hash
                                OR old.place_id IS DISTINCT FROM new.place_id) differs
                      LEFT JOIN lbc_snapshot old ON old.id = differs.o_id
                      LEFT JOIN lbc_snapshot new ON new.id = differs.n_id
                ), line AS (%(lines)s)
                INSERT INTO lbc_submission_change (
                    version_id, against, sequence, child_ref, file_number, label,
                    area_id, township_id, county_id, from_area_id, to_area_id, kind, ground, "column",
                    data_group, before_clear, after_clear, before_masked, after_masked,
                    day, basis, entered_by)
                SELECT %(version)s, %(against)s, row_number() OVER (
                           ORDER BY line.file_number, line.child_ref, line.position),
                       line.child_ref, line.file_number, line.label,
                       line.area_id, %(township)s, %(county)s, line.from_area_id, line.to_area_id,
                       line.kind, %(ground)s, line."column", line.data_group,
                       line.before_clear, line.after_clear, line.before_masked, line.after_masked,
                       %(day)s, %(basis)s, person.name
                  FROM line %(facts)s
                """,
                **_compare_parts(columns, places),
                **self._fact_parts(),
                lines=self._lines(columns, self._elsewhere(compared, places, against)),
                version=self.id,
                against=against,
                compared=compared.ids,
                township=self.township_id.id,
                county=self.county_id.id,
            )
        )
        self.env["lbc.submission.change"].invalidate_model()

    def _fact_parts(self):
        """Return the parts of the statement that say when, why and by whom."""
        on_ledger = self.submission_id._on_ledger_then(SQL.identifier("e"))
        before, after = _FACTS.split("{on_ledger}")
        after, last = after.split("{day}")
        merged = SQL(
            "line.kind IN ('moved_in', 'moved_out') AND from_area.valid_to <= %s", self.cutoff
        )
        day = SQL("COALESCE(entry.day, gone.day, care.day, away.day)")
        basis = SQL("COALESCE(entry.basis, gone.basis, care.basis, away.basis)")
        return {
            "facts": SQL(
                "%s%s%s%s%s", SQL(before), on_ledger, SQL(after), SQL("%s", self.cutoff), SQL(last)
            ),
            "day": SQL("CASE WHEN %s THEN from_area.valid_to ELSE %s END", merged, day),
            "basis": SQL(
                'CASE WHEN %s THEN NULL WHEN line."column" IN %s THEN %s ELSE %s END',
                merged,
                ledger_changes.IDENTITY,
                CORRECTED,
                basis,
            ),
            "ground": SQL(
                "CASE WHEN %s THEN 'merged' WHEN line.kind IN ('joined', 'left', 'moved_in', "
                "'moved_out') THEN COALESCE(entry.ground, gone.ground) END",
                merged,
            ),
        }

    def _lines(self, columns, elsewhere):
        """Return SQL of the lines, by the rule of `lib.ledger_changes.compare`.

        :param elsewhere: SQL of where who came was before, and of where who went is now
        """
        return SQL(
            """
            SELECT n_child_ref AS child_ref, n_file_number AS file_number, n_label AS label,
                   n_place_id AS area_id, there.area_id AS from_area_id, n_place_id AS to_area_id,
                   0 AS position,
                   CASE WHEN there.area_id IS NULL THEN 'joined' ELSE 'moved_in' END AS kind,
                   NULL AS "column", NULL AS data_group, NULL AS before_clear, NULL AS after_clear,
                   NULL AS before_masked, NULL AS after_masked
              FROM pair LEFT JOIN LATERAL (%(was)s) there ON true
             WHERE o_child_ref IS NULL
             UNION ALL
            SELECT o_child_ref, o_file_number, o_label, o_place_id, o_place_id, there.area_id, 0,
                   CASE WHEN there.area_id IS NULL THEN 'left' ELSE 'moved_out' END,
                   NULL, NULL, NULL, NULL, NULL, NULL
              FROM pair LEFT JOIN LATERAL (%(goes)s) there ON true
             WHERE n_child_ref IS NULL
             UNION ALL
            SELECT n_child_ref, n_file_number, n_label, n_place_id,
                   CASE WHEN one."column" = 'village' THEN o_place_id END,
                   CASE WHEN one."column" = 'village' THEN n_place_id END, one.position,
                   one.kind, one."column", one.data_group, one.before, one.after,
                   one.before_masked, one.after_masked
              FROM pair
             CROSS JOIN LATERAL (VALUES %(cells)s) AS one(
                   position, kind, "column", data_group, before, after, before_masked, after_masked)
             WHERE o_child_ref = n_child_ref
               AND CASE WHEN one."column" = 'village' THEN o_place_id <> n_place_id
                        ELSE one.before IS DISTINCT FROM one.after END
            """,
            was=elsewhere[0],
            goes=elsewhere[1],
            cells=SQL(", ").join(
                _cell(position, code, kind)
                for position, (code, kind) in enumerate(columns.items(), 1)
            ),
        )

    def _elsewhere(self, compared, places, against):
        """Return SQL of where the child of a line was before, and is now, in another unit of the county."""
        nowhere = SQL("SELECT NULL::int AS area_id WHERE false")
        submission = self.submission_id
        earlier = max(compared.mapped("cutoff"), default=None) or submission._earlier_cutoff()
        if against != "quarter":
            return nowhere, nowhere
        own = [past for past, _then in places]
        before = submission._others_on(earlier) - compared.submission_id
        now = submission._others_on(self.cutoff)
        came = self._stands_in(before, SQL("n_child_ref"), earlier, own) if earlier else nowhere
        return came, self._stands_in(now, SQL("o_child_ref"), self.cutoff, own)

    def _stands_in(self, others, child, day, own):
        """Return SQL of the village (area_id) in which other units have the child on a day.

        Whoever has reported as of the day is asked by its rows, whoever has not by the ledger.

        :param others: submissions of those who have
        :param child: SQL of the child's id
        :param own: ids of the unit's own divisions
        """
        submission = self.submission_id
        return SQL(
            """
            SELECT found.area_id FROM (
                SELECT s.area_id FROM lbc_snapshot s
                 WHERE s.child_ref = %(child)s AND s.version_id = ANY(%(versions)s)
                 UNION ALL
                SELECT e.area_id FROM lbc_episode e JOIN lbc_area a ON a.id = e.area_id
                 WHERE e.child_id = %(child)s AND %(on_ledger)s AND a.county_id = %(county)s
                   AND e.area_id <> ALL(%(own)s) AND a.township_id <> ALL(%(reporting)s)
                   AND NOT EXISTS (SELECT 1 FROM lbc_episode later WHERE later.child_id = e.child_id
                                      AND later.id > e.id AND %(later)s)) found LIMIT 1
            """,
            child=child,
            versions=others.current_version_id.ids,
            on_ledger=submission._on_ledger_then(SQL.identifier("e"), day),
            later=submission._on_ledger_then(SQL.identifier("later"), day),
            county=self.county_id.id,
            own=own,
            reporting=others.township_id._with_predecessors().ids,
        )


def _compare_parts(columns, places):
    """Return the parts of the statement that name columns and places."""
    past, then = zip(*places, strict=True) if places else ((), ())
    masked = (masked_name(_BY_CODE[code]) for code in columns if code in _MASKED)
    names = [*_KEPT, *columns, *masked]
    pair = [
        SQL("%s AS %s", SQL.identifier(side, name), SQL.identifier(f"{letter}{name}"))
        for side, letter in (("old", "o_"), ("new", "n_"))
        for name in names
    ]
    compared = [SQL.identifier("s", one) for one in columns if one != ledger_changes.VILLAGE]
    return {
        "pair": SQL(", ").join(pair),
        # 64 bits of the compared values: only what differs there is looked at word by word
        "hash": SQL("hash_record_extended(ROW(%s), 0)", SQL(", ").join(compared)),
        "past": list(past),
        "then": list(then),
    }


def _cell(position, code, kind):
    """Return SQL of one line of the compared columns: where it stands, what it is, before and after."""
    column = _BY_CODE[code]
    seen = masked_name(column) if code in _MASKED else (None if column.group else code)
    masked = [
        SQL("%s::text", SQL.identifier(f"{side}{seen}")) if seen else SQL("NULL::text")
        for side in ("o_", "n_")
    ]
    clear = [SQL("%s::text", SQL.identifier(f"{side}{code}")) for side in ("o_", "n_")]
    return SQL(
        "(%s, %s, %s, %s, %s)",
        position,
        kind,
        code,
        column.group,
        SQL(", ").join([*clear, *masked]),
    )


class Submission(models.Model):
    _inherit = "lbc.submission"

    def _earlier_cutoff(self):
        """Return the county's last cut-off (date or False) before this one of which there are reports."""
        return self.search(
            [
                ("county_id", "=", self.county_id.id),
                ("township_id", "!=", False),
                ("current_version_id", "!=", False),
                ("cutoff", "<", self.cutoff),
            ],
            order="cutoff desc",
            limit=1,
        ).cutoff

    def _others_on(self, day):
        """Return the submissions of the county's other townships that reported as of a day (date or False)."""
        return self.search(
            [
                ("county_id", "=", self.county_id.id),
                ("township_id", "not in", [False, self.township_id.id]),
                ("current_version_id", "!=", False),
                ("cutoff", "=", day),
            ]
        )
