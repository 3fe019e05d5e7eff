"""The guardian of every day as one statement, for any children and days (the rule: `lib.guardian_day`).

All who could answer for a child on a day are gathered as claims (`_CLAIMS`), tested in the same pass for being there
and able (`_TESTED`), and folded into one row per child and day: the first claim that stands, else the ground of the
gap.
"""

from odoo.tools import SQL

from ...lib import guardian_day as rule
from .vocabulary import CONFIRMED

# Rank of the source (see `lib.guardian_day.RANK`), guardian, agreement, organisation, and whether an age under 18 is
# excused. A row without a rank is no claim but a fact of which the ground of a gap may speak: `fact` is a bit of FACTS,
# `past` orders the agreements that are over by their last day. Numbers, because they are folded several times faster
# than words and arrays.
FACTS = {"suspended": 1, "nobody_named": 2, "interim": 4}
_CLAIMS = """
    SELECT a.child_id, a.day, a.county_id,
           CASE g.role WHEN 'father' THEN %(father)s WHEN 'mother' THEN %(mother)s
                WHEN 'carer' THEN %(carer)s ELSE %(legal_guardian)s END AS rank,
           g.guardian_id, NULL::int AS agreement_id, NULL::int AS organization_id,
           COALESCE(g.capacity_evidence, '') <> '' AS excused, 0 AS fact, NULL::int AS past
      FROM asked a JOIN lbc_guardianship g ON g.child_id = a.child_id
     WHERE g.role <> 'relative' AND (g.date_from IS NULL OR g.date_from <= a.day)
       AND (g.date_to IS NULL OR g.date_to >= a.day)
    UNION ALL
    SELECT a.child_id, a.day, a.county_id,
           CASE WHEN l.date_to >= a.day THEN %(agreement)s END,
           CASE WHEN l.date_to >= a.day THEN w.carer_id END,
           CASE WHEN l.date_to >= a.day THEN w.id END, NULL,
           COALESCE(w.capacity_evidence, '') <> '', 0,
           CASE WHEN l.date_to < a.day THEN 2 * (l.date_to - DATE '1900-01-01')
                + (l.state = 'ended' OR l.ended_on IS NOT NULL)::int END
      FROM asked a JOIN lbc_agreement_line l ON l.child_id = a.child_id
      JOIN lbc_agreement w ON w.id = l.agreement_id
     WHERE l.state IN %(confirmed)s AND l.date_from <= a.day
    UNION ALL
    SELECT a.child_id, a.day, a.county_id,
           CASE i.kind WHEN 'institution' THEN %(institution)s WHEN 'person' THEN %(interim)s END,
           i.carer_id, i.agreement_id, i.organization_id, false,
           CASE i.kind WHEN 'none' THEN %(nobody_named)s ELSE %(interim_runs)s END
           | CASE i.cause WHEN 'suspension' THEN %(suspended)s ELSE 0 END, NULL
      FROM asked a JOIN lbc_agreement_interim i ON i.child_id = a.child_id
     WHERE i.date_from <= a.day AND (i.date_to IS NULL OR i.date_to >= a.day)
"""

# Several losses or spells of one person multiply his rows, which changes nothing: with one loss no row is able, and a
# row with a long stay at home is there whatever the others say.
_TESTED = """
    SELECT c.*, p.agreement_required AS required,
           o.state = 'normal' OR o.state_since > c.day AS is_well,
           k.id IS NULL AND (c.excused OR o.birth_date IS NULL
               OR o.birth_date + INTERVAL '18 years' <= c.day) AS is_able,
           m.id IS NULL OR h.id IS NOT NULL AS is_there
      FROM claim c
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
    SELECT t.*, (t.rank = %(institution)s OR t.is_well AND t.is_able AND t.is_there) IS TRUE AS stands
      FROM tested t
"""

# `chosen`: rank and guardian of the first claim that stands, in one number; a suspension runs for the child, so that it
# reaches what renews the agreement too. Of agreements that hold, and of interim care, there is at most one for a child
# and day.
_FOLDED = """
    SELECT x.*, CASE WHEN x.facts & %(suspended)s > 0 THEN x.other ELSE x.best END AS chosen FROM (
    SELECT child_id, day,
           min(rank * 4294967296 + COALESCE(guardian_id, 0)) FILTER (WHERE stands) AS best,
           min(rank * 4294967296 + COALESCE(guardian_id, 0))
               FILTER (WHERE stands AND rank <> %(agreement)s) AS other,
           bool_or(rank = %(agreement)s) IS TRUE AS has_agreement,
           max(agreement_id) FILTER (WHERE rank = %(agreement)s) AS agreement_id,
           max(agreement_id) FILTER (WHERE rank IN (%(interim)s, %(institution)s)) AS interim_id,
           max(organization_id) AS organization_id,
           bit_or(fact) AS facts,
           bool_or(rank IN (%(father)s, %(mother)s) AND is_well AND is_there AND NOT is_able
                   OR NOT required) IS TRUE AS paperless,
           bool_or(rank = %(interim)s AND NOT stands) IS TRUE AS interim_unable,
           bool_or(rank = %(agreement)s AND NOT stands) IS TRUE AS carer_unable,
           bool_or(rank = %(carer)s) IS TRUE AS has_carer,
           max(past) AS past
      FROM judged GROUP BY child_id, day) x
"""

_ANSWERS = """
    SELECT a.child_id, a.day,
           COALESCE((%(kinds)s)[f.rank], 'gap') AS kind,
           COALESCE((%(sources)s)[f.rank], CASE
               WHEN f.facts & %(suspended)s > 0 AND f.has_agreement THEN 'suspended'
               WHEN f.carer_unable THEN 'carer_unable'
               WHEN f.interim_unable THEN 'interim_unable'
               WHEN f.facts & %(nobody_named)s > 0 THEN 'nobody_named'
               WHEN f.past %% 2 = 0 THEN 'expired'
               WHEN f.past %% 2 = 1 THEN 'ended'
               WHEN f.has_carer THEN 'no_agreement'
               ELSE 'no_carer' END) AS ground,
           CASE WHEN f.rank > 0 THEN NULLIF(f.chosen & 4294967295, 0)::int END AS guardian_id,
           CASE WHEN f.rank = %(agreement)s THEN f.agreement_id
                WHEN f.rank IN (%(interim)s, %(institution)s) THEN f.interim_id END AS agreement_id,
           CASE WHEN f.rank = %(institution)s THEN f.organization_id END AS organization_id
      FROM asked a
      LEFT JOIN (
           SELECT o.*, CASE WHEN o.chosen >> 32 < %(carer)s OR o.paperless AND o.facts = 0
                            THEN (o.chosen >> 32)::int END AS rank
             FROM folded o) f ON f.child_id = a.child_id AND f.day = a.day
"""


def answers(asked):
    """Return SQL of rows (child_id, day, kind, ground, guardian_id, agreement_id, organization_id), one for each asked.

    :param asked: SQL of distinct rows (child_id, county_id, day)
    """
    # Constants of the code, written out: the planner then knows them.
    ranks = {source: SQL(f"{rank}::bigint") for source, rank in rule.RANK.items()}
    facts = {name: SQL(str(bit)) for name, bit in FACTS.items() if name != "interim"}
    return SQL(
        "WITH asked AS MATERIALIZED (%s), claim AS (%s), tested AS (%s), judged AS (%s), "
        "folded AS (%s) %s",
        asked,
        SQL(
            _CLAIMS,
            **ranks,
            **facts,
            interim_runs=SQL(str(FACTS["interim"])),
            confirmed=CONFIRMED,
        ),
        SQL(_TESTED),
        SQL(_JUDGED, **ranks),
        SQL(_FOLDED, **ranks, **facts),
        SQL(
            _ANSWERS,
            **ranks,
            **facts,
            kinds=[rule.KIND_OF[source] for source in rule.SOURCES],
            sources=list(rule.SOURCES),
        ),
    )
