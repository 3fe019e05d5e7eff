"""The stored dates that set off duties: since when a child has no guardian, and from when to renew (B-3.2c, case 10).

Since when: the answer is asked on every day on which a fact of the child begins or ends; the gap began on the first of
these days after the last one with a guardian. One statement for a child or a district.
"""

from odoo.tools import SQL

from .guardian_of_day import answers

# Days on which the answer may turn, of children without a guardian today, from the entry on the ledger on.
_TURNS = """
    SELECT DISTINCT t.child_id, g.county_id, t.day
      FROM (SELECT child_id, entry AS day FROM gap
            UNION ALL SELECT r.child_id, u.day
              FROM gap JOIN lbc_guardianship r ON r.child_id = gap.child_id
             CROSS JOIN LATERAL (VALUES (r.date_from), (r.date_to + 1)) u (day)
            UNION ALL SELECT l.child_id, u.day
              FROM gap JOIN lbc_agreement_line l ON l.child_id = gap.child_id
             CROSS JOIN LATERAL (VALUES (l.date_from), (l.date_to + 1)) u (day)
            UNION ALL SELECT i.child_id, u.day
              FROM gap JOIN lbc_agreement_interim i ON i.child_id = gap.child_id
             CROSS JOIN LATERAL (VALUES (i.date_from), (i.date_to + 1)) u (day)
            UNION ALL SELECT o.child_id, u.day
              FROM person o JOIN lbc_guardian p ON p.id = o.guardian_id
             CROSS JOIN LATERAL (
                   VALUES (p.state_since), ((p.birth_date + INTERVAL '18 years')::date)) u (day)
            UNION ALL SELECT o.child_id, u.day
              FROM person o JOIN lbc_migration m ON m.guardian_id = o.guardian_id
             CROSS JOIN LATERAL (VALUES (m.date_from), (m.date_to)) u (day)
            UNION ALL SELECT o.child_id, u.day
              FROM person o JOIN lbc_migration m ON m.guardian_id = o.guardian_id
              JOIN lbc_home_stay h ON h.migration_id = m.id
              JOIN gap ON gap.child_id = o.child_id
             CROSS JOIN LATERAL (
                   VALUES (h.date_from + gap.tolerance + 1), (h.date_to + 1)) u (day)
            UNION ALL SELECT o.child_id, u.day
              FROM person o JOIN lbc_capacity k ON k.guardian_id = o.guardian_id
             CROSS JOIN LATERAL (VALUES (k.valid_from), (k.valid_to + 1)) u (day)) t
      JOIN gap g ON g.child_id = t.child_id
     WHERE t.day BETWEEN g.entry AND %(today)s
"""

_UPDATE = """
    WITH chosen AS MATERIALIZED (%(children)s),
    today AS MATERIALIZED (%(now)s),
    gap AS MATERIALIZED (
        SELECT c.child_id, c.county_id, LEAST(COALESCE(c.date_entry, %(today)s), %(today)s) AS entry,
               COALESCE(p.home_tolerance_days, 0) AS tolerance
          FROM today t JOIN chosen c ON c.child_id = t.child_id
          LEFT JOIN lbc_profile p ON p.county_id = c.county_id
         WHERE t.kind = 'gap' AND c.on_ledger),
    person AS MATERIALIZED (
        SELECT g.child_id, r.guardian_id FROM gap g
          JOIN lbc_guardianship r ON r.child_id = g.child_id
        UNION SELECT g.child_id, w.carer_id FROM gap g
          JOIN lbc_agreement_line l ON l.child_id = g.child_id
          JOIN lbc_agreement w ON w.id = l.agreement_id
        UNION SELECT g.child_id, i.carer_id FROM gap g
          JOIN lbc_agreement_interim i ON i.child_id = g.child_id),
    turn AS MATERIALIZED (%(turns)s),
    told AS MATERIALIZED (%(then)s),
    since AS (
        SELECT g.child_id, min(t.day) AS day
          FROM gap g
          LEFT JOIN (SELECT child_id, max(day) AS day FROM told WHERE kind <> 'gap'
                      GROUP BY child_id) last ON last.child_id = g.child_id
          JOIN told t ON t.child_id = g.child_id AND t.day > COALESCE(last.day, '-infinity')
         GROUP BY g.child_id),
    held AS (
        SELECT c.child_id, max(l.date_to) AS day
          FROM chosen c JOIN lbc_agreement_line l ON l.child_id = c.child_id
         WHERE c.on_ledger AND l.state IN ('in_force', 'renewed')
         GROUP BY c.child_id),
    fresh AS (
        SELECT c.child_id, s.day AS gap_since, h.day AS agreement_until,
               CASE WHEN t.kind IS DISTINCT FROM 'parent' THEN h.day - w.days END AS warn_on
          FROM chosen c
          LEFT JOIN today t ON t.child_id = c.child_id
          LEFT JOIN since s ON s.child_id = c.child_id
          LEFT JOIN held h ON h.child_id = c.child_id
          LEFT JOIN (VALUES %(warn)s) AS w (county_id, days) ON w.county_id = c.county_id)
    UPDATE lbc_child child
       SET gap_since = f.gap_since, agreement_until = f.agreement_until,
           agreement_warn_on = f.warn_on
      FROM fresh f
     WHERE child.id = f.child_id
       AND (child.gap_since, child.agreement_until, child.agreement_warn_on)
           IS DISTINCT FROM (f.gap_since, f.agreement_until, f.warn_on)
"""


def update(children, warn_days, today):
    """Return SQL that writes `gap_since`, `agreement_until` and `agreement_warn_on` where they differ.

    :param children: `Query` over `lbc.child`
    :param warn_days: {county id: days before the end of an agreement on which it is announced}
    :param today: date
    """
    chosen = children.select(
        SQL("lbc_child.id AS child_id"),
        SQL("lbc_child.county_id"),
        SQL("lbc_child.date_entry"),
        SQL("lbc_child.state IN ('on_ledger', 'transferring', 'exit_pending') AS on_ledger"),
    )
    now = answers(
        SQL("SELECT child_id, county_id, %s::date AS day FROM chosen WHERE on_ledger", today)
    )
    rows = [SQL("(%s, %s)", county, days) for county, days in warn_days.items()]
    return SQL(
        _UPDATE,
        children=chosen,
        now=now,
        today=SQL("%s::date", today),
        turns=SQL(_TURNS, today=SQL("%s::date", today)),
        then=answers(SQL("SELECT child_id, county_id, day FROM turn")),
        warn=SQL(", ").join(rows or [SQL("(NULL::int, NULL::int)")]),
    )
