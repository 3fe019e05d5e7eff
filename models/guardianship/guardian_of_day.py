"""The guardian of every day as one statement, for any children and days (the rule: `lib.guardian_day`).

All who could answer for a child on a day are gathered as claims (`_CLAIMS`), tested in the same pass for being there
and able (`_TESTED`), and folded into one row per child and day: the first claim that stands, else the ground of the
gap.
"""

from odoo.tools import SQL

from ...lib import guardian_day as rule
from .vocabulary import CONFIRMED

# source, guardian, agreement, organisation, and whether an age under 18 is excused. A row without a source is no claim
# but a fact of which the ground of a gap may speak; `past` orders the agreements that are over by their last day.
_CLAIMS = """
    SELECT a.child_id, a.day, a.county_id, g.role AS source, g.guardian_id,
           NULL::int AS agreement_id, NULL::int AS organization_id,
           COALESCE(g.capacity_evidence, '') <> '' AS excused, NULL::text AS fact, NULL::int AS past
      FROM asked a JOIN lbc_guardianship g ON g.child_id = a.child_id
     WHERE g.role <> 'relative' AND (g.date_from IS NULL OR g.date_from <= a.day)
       AND (g.date_to IS NULL OR g.date_to >= a.day)
    UNION ALL
    SELECT a.child_id, a.day, a.county_id,
           CASE WHEN l.date_to >= a.day AND s.id IS NULL THEN 'agreement' END,
           CASE WHEN l.date_to >= a.day AND s.id IS NULL THEN w.carer_id END,
           w.id, NULL, COALESCE(w.capacity_evidence, '') <> '',
           CASE WHEN l.date_to >= a.day AND s.id IS NOT NULL THEN 'suspended' END,
           CASE WHEN l.date_to < a.day THEN 2 * (l.date_to - DATE '1900-01-01')
                + (l.state = 'ended' OR l.ended_on IS NOT NULL)::int END
      FROM asked a JOIN lbc_agreement_line l ON l.child_id = a.child_id
      JOIN lbc_agreement w ON w.id = l.agreement_id
      LEFT JOIN lbc_agreement_interim s ON s.agreement_id = w.id AND s.child_id = l.child_id
       AND s.cause = 'suspension' AND s.date_from <= a.day
       AND (s.date_to IS NULL OR s.date_to >= a.day)
     WHERE l.state IN %(confirmed)s AND l.date_from <= a.day
    UNION ALL
    SELECT a.child_id, a.day, a.county_id,
           CASE i.kind WHEN 'institution' THEN 'institution' WHEN 'person' THEN 'interim' END,
           i.carer_id, i.agreement_id, i.organization_id, false,
           CASE i.kind WHEN 'none' THEN 'nobody_named' ELSE 'interim' END, NULL
      FROM asked a JOIN lbc_agreement_interim i ON i.child_id = a.child_id
     WHERE i.date_from <= a.day AND (i.date_to IS NULL OR i.date_to >= a.day)
"""

# Several losses or spells of one person multiply his rows, which changes nothing: with one loss no row is able, and a
# row with a long stay at home is there whatever the others say.
_TESTED = """
    SELECT c.*, p.agreement_required AS required, r.rank,
           o.state = 'normal' OR o.state_since > c.day AS is_well,
           k.id IS NULL AND (c.excused OR o.birth_date IS NULL
               OR o.birth_date + INTERVAL '18 years' <= c.day) AS is_able,
           m.id IS NULL OR h.id IS NOT NULL AS is_there
      FROM claim c
      LEFT JOIN (VALUES %(ranks)s) AS r (source, rank) ON r.source = c.source
      LEFT JOIN lbc_profile p ON p.county_id = c.county_id
      LEFT JOIN lbc_guardian o ON o.id = c.guardian_id
      LEFT JOIN lbc_capacity k ON k.guardian_id = c.guardian_id AND k.passes
       AND (k.valid_from IS NULL OR k.valid_from <= c.day)
       AND (k.valid_to IS NULL OR k.valid_to >= c.day)
       AND CASE k.reason WHEN 'severe_illness' THEN p.incapacity_illness
                WHEN 'severe_disability' THEN p.incapacity_disability
                ELSE p.incapacity_other END
      LEFT JOIN lbc_migration m ON m.guardian_id = c.guardian_id
       AND (m.date_from IS NULL OR m.date_from <= c.day)
       AND (m.date_to IS NULL OR m.date_to > c.day)
       AND (p.out_scope <> 'cross_county' OR m.cross_county IS DISTINCT FROM 'no')
      LEFT JOIN lbc_home_stay h ON h.migration_id = m.id
       AND h.date_from + p.home_tolerance_days < c.day
       AND (h.date_to IS NULL OR h.date_to >= c.day)
"""

_JUDGED = """
    SELECT t.*, t.source = 'institution' OR (t.is_well AND t.is_able AND t.is_there) AS stands
      FROM tested t
"""

_FOLDED = """
    SELECT child_id, day,
           min(ARRAY[rank, guardian_id, agreement_id, organization_id])
               FILTER (WHERE stands AND source <> 'carer') AS first,
           min(ARRAY[rank, guardian_id, agreement_id, organization_id])
               FILTER (WHERE stands AND source = 'carer') AS carer,
           bool_or(source IN ('father', 'mother') AND is_well AND is_there AND NOT is_able)
               IS TRUE AS beside,
           bool_and(required) IS FALSE AS free,
           bool_or(fact = 'suspended') IS TRUE AS suspended,
           bool_or(fact = 'nobody_named') IS TRUE AS nobody_named,
           bool_or(fact = 'interim') IS TRUE AS interim,
           bool_or(source = 'interim' AND stands IS NOT TRUE) IS TRUE AS interim_unable,
           bool_or(source = 'agreement' AND stands IS NOT TRUE) IS TRUE AS carer_unable,
           bool_or(source = 'carer') IS TRUE AS has_carer,
           max(past) AS past
      FROM judged GROUP BY child_id, day
"""

_ANSWERS = """
    SELECT a.child_id, a.day,
           COALESCE((%(kinds)s)[f.chosen[1]], 'gap') AS kind,
           COALESCE((%(sources)s)[f.chosen[1]], CASE
               WHEN f.suspended THEN 'suspended'
               WHEN f.carer_unable THEN 'carer_unable'
               WHEN f.interim_unable THEN 'interim_unable'
               WHEN f.nobody_named THEN 'nobody_named'
               WHEN f.past %% 2 = 0 THEN 'expired'
               WHEN f.past %% 2 = 1 THEN 'ended'
               WHEN f.has_carer THEN 'no_agreement'
               ELSE 'no_carer' END) AS ground,
           f.chosen[2] AS guardian_id, f.chosen[3] AS agreement_id, f.chosen[4] AS organization_id
      FROM asked a
      LEFT JOIN (
           SELECT o.*, COALESCE(o.first, CASE WHEN (o.free OR o.beside) AND NOT (
                      o.suspended OR o.nobody_named OR o.interim) THEN o.carer END) AS chosen
             FROM folded o) f ON f.child_id = a.child_id AND f.day = a.day
"""


def answers(asked):
    """Return SQL of rows (child_id, day, kind, ground, guardian_id, agreement_id, organization_id), one for each asked.

    :param asked: SQL of distinct rows (child_id, county_id, day)
    """
    ranks = SQL(", ").join(SQL("(%s, %s)", source, rank) for source, rank in rule.RANK.items())
    return SQL(
        "WITH asked AS MATERIALIZED (%s), claim AS (%s), tested AS (%s), judged AS (%s), "
        "folded AS (%s) %s",
        asked,
        SQL(_CLAIMS, confirmed=CONFIRMED),
        SQL(_TESTED, ranks=ranks),
        SQL(_JUDGED),
        SQL(_FOLDED),
        SQL(
            _ANSWERS,
            kinds=[rule.KIND_OF[source] for source in rule.SOURCES],
            sources=list(rule.SOURCES),
        ),
    )
