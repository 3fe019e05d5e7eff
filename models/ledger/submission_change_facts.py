"""When, why and by whom something changed (§C.3 R1): what stands beside each line of `submission_change_sql`.

From the times on the ledger, the guardianships, the work away from home and the earlier values that the register keeps
(`lbc.past`).
"""

from odoo import models
from odoo.tools import SQL

from .snapshot import BESIDE, FROZEN

# Facts of a line; each looks only at the lines that it explains, and at nothing after the cut-off. Who did it is
# whoever made the record, not whoever wrote it last.
_FACTS = r"""
    LEFT JOIN LATERAL (
        SELECT e.date_entry AS day, e.basis, e.create_uid AS uid,
               CASE WHEN e.entry_kind = 'return' THEN 'return' ELSE e.reason END AS ground
          FROM lbc_episode e
         WHERE e.child_id = line.child_ref
           AND (%(on_ledger)s OR (e.exit_reason = 'moved_inside' AND e.date_entry <= %(day)s))
           AND (line.kind IN ('joined', 'moved_in') OR line."column" IN ('village', 'date_entry'))
         ORDER BY e.area_id = ANY(%(own)s) DESC, e.id DESC LIMIT 1) entry ON true
    LEFT JOIN LATERAL (
        SELECT CASE WHEN e.state = 'void' THEN e.voided_on ELSE e.date_exit END AS day,
               e.write_uid AS uid,
               CASE WHEN e.state = 'void' THEN e.remark ELSE
                    COALESCE(e.exit_basis, (SELECT n.basis FROM lbc_episode n
                              WHERE n.child_id = e.child_id AND n.previous_id = e.id LIMIT 1),
                             e.remark) END AS basis,
               CASE WHEN e.state = 'void' THEN 'void' ELSE e.exit_reason END AS ground
          FROM lbc_episode e
         WHERE e.child_id = line.child_ref AND line.kind IN ('left', 'moved_out')
           AND (e.state = 'void' OR (e.state = 'exited' AND e.date_exit <= %(day)s))
         ORDER BY e.id DESC LIMIT 1) gone ON true
    LEFT JOIN (VALUES %(known)s) AS known("column", role, names) ON known."column" = line."column"
    LEFT JOIN LATERAL (
        SELECT g.guardian_id, CASE WHEN NOT over.over THEN g.basis END AS basis,
               over.over OR COALESCE(g.date_from > %(since)s, false) AS is_other,
               NOT over.over AND g.create_date > %(made)s AS is_told,
               CASE WHEN over.over THEN g.date_to ELSE g.date_from END AS day,
               CASE WHEN over.over THEN g.write_uid ELSE g.create_uid END AS uid
          FROM lbc_guardianship g
         CROSS JOIN LATERAL (SELECT COALESCE(g.date_to <= %(day)s, false) AS over) over
         WHERE g.child_id = line.child_ref AND g.role = known.role
           AND (g.date_from IS NULL OR g.date_from <= %(day)s)
         ORDER BY over.over, g.date_from DESC NULLS LAST, g.id DESC LIMIT 1) person ON true
    LEFT JOIN LATERAL (
        SELECT person.day, person.basis, person.uid WHERE person.is_other AND line.kind <> 'work'
        ) care ON true
    LEFT JOIN LATERAL (
        SELECT p.day, p.user_id AS uid,
               CASE WHEN p.is_correction
                    THEN concat_ws('：', CASE WHEN COALESCE(p.before, '') = '' THEN %(added)s
                                             ELSE %(corrected)s END, p.basis)
                    ELSE p.basis END AS basis
          FROM lbc_past p
         WHERE p.model = CASE WHEN known.role IS NULL THEN 'lbc.child' ELSE 'lbc.guardian' END
           AND p.res_id = CASE WHEN known.role IS NULL THEN line.child_ref ELSE person.guardian_id END
           AND p.field = ANY(known.names) AND care.uid IS NULL
           AND (p.day > %(since)s OR p.recorded_at > %(made)s)
           AND CASE WHEN p.is_correction
                    THEN COALESCE((SELECT e.day FROM lbc_past e WHERE e.model = p.model
                                      AND e.res_id = p.res_id AND e.field = p.field AND e.id < p.id
                                      AND NOT e.is_correction ORDER BY e.id DESC LIMIT 1) <= %(day)s, true)
                    ELSE p.day <= %(day)s END
         ORDER BY p.id DESC LIMIT 1) past ON true
    LEFT JOIN LATERAL (
        SELECT CASE WHEN k.valid_to < %(day)s THEN k.valid_to + 1 ELSE k.valid_from END AS day,
               k.evidence AS basis, k.create_uid AS uid
          FROM lbc_capacity k
         WHERE k.guardian_id = person.guardian_id AND line."column" LIKE '%%\_condition' AND k.passes
           AND care.uid IS NULL AND past.uid IS NULL
           AND (k.valid_from IS NULL OR k.valid_from <= %(day)s)
         ORDER BY COALESCE(k.valid_to < %(day)s, false), k.valid_from DESC NULLS LAST, k.id DESC
         LIMIT 1) capacity ON true
    LEFT JOIN LATERAL (
        SELECT CASE WHEN line.after_clear IS NULL THEN m.date_to ELSE m.date_from END AS day,
               CASE m.verified_by %(verified)s END AS basis,
               CASE WHEN line.after_clear IS NULL THEN m.write_uid ELSE m.create_uid END AS uid
          FROM lbc_migration m
         WHERE m.guardian_id = person.guardian_id AND line.kind = 'work'
           AND (m.date_from IS NULL OR m.date_from <= %(day)s)
           AND COALESCE(m.date_to <= %(day)s, false) = (line.after_clear IS NULL)
         ORDER BY m.date_from DESC NULLS LAST, m.id DESC LIMIT 1) away ON true
    LEFT JOIN LATERAL (
        SELECT person.day, person.basis, person.uid WHERE person.is_told AND line.kind = 'guardian'
           AND COALESCE(care.uid, past.uid, capacity.uid) IS NULL) told ON true
    LEFT JOIN lbc_area from_area ON from_area.id = line.from_area_id AND line.kind IN ('moved_in', 'moved_out')
    LEFT JOIN res_users actor ON actor.id =
        COALESCE(entry.uid, gone.uid, care.uid, past.uid, capacity.uid, away.uid, told.uid)
    LEFT JOIN res_partner person_name ON person_name.id = actor.partner_id
"""
ADDED, CORRECTED = "补录", "更正录入错误"
_VERIFIED = {
    **{"declared": "家庭申报", "village": "村（居）核实", "employer": "用人单位核实"},
    "document": "查验凭证",
}
_ROLES = ("father", "mother", "carer")


class SubmissionVersion(models.Model):
    _inherit = "lbc.submission.version"

    def _fact_parts(self, compared, places):
        """Return the parts of the statement that say when, why and by whom.

        :param compared: versions since which something changed
        :param places: the unit's divisions, as `lbc.submission._places` returns them
        """
        merged = SQL(
            "line.kind IN ('moved_in', 'moved_out') AND from_area.valid_to <= %s", self.cutoff
        )
        sources = ("entry", "gone", "care", "past", "capacity", "away", "told")
        day, basis = (
            SQL("COALESCE(%s)", SQL(", ").join(SQL.identifier(one, name) for one in sources))
            for name in ("day", "basis")
        )
        return {
            "facts": SQL(
                _FACTS,
                on_ledger=self.submission_id._on_ledger_then(SQL.identifier("e"), self.cutoff),
                own=[past for past, _then in places],
                day=SQL("%s::date", self.cutoff),
                since=SQL("%s::date", max(compared.mapped("cutoff"), default="-infinity")),
                made=SQL(
                    "%s::timestamp", max(compared.mapped("submitted_at"), default="-infinity")
                ),
                known=SQL(", ").join(map(_known, (*FROZEN, *BESIDE))),
                added=ADDED,
                corrected=CORRECTED,
                verified=SQL(" ").join(
                    SQL("WHEN %s THEN %s", code, word) for code, word in _VERIFIED.items()
                ),
            ),
            "day": SQL("CASE WHEN %s THEN from_area.valid_to ELSE %s END", merged, day),
            "basis": SQL("CASE WHEN NOT COALESCE(%s, false) THEN %s END", merged, basis),
            "ground": SQL(
                "CASE WHEN %s THEN 'merged' WHEN line.kind IN ('joined', 'left', 'moved_in', "
                "'moved_out') THEN COALESCE(entry.ground, gone.ground) END",
                merged,
            ),
        }


def _known(column):
    """Return SQL of where the earlier values of a column are kept: its code, whose, and their names."""
    role = next((one for one in _ROLES if column.code.startswith(f"{one}_")), None)
    names = column.past or (column.code,)
    return SQL("(%s, %s::text, %s::text[])", column.code, role, list(names))
