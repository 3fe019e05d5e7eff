"""The list of children without a valid guardian, against one grouped scan of the same tables (B-4.1a).

Numerator: the rows (child, village, ground, since when) of every child of all counties for whom nobody answers today.
Denominator: one statement that reads each of the same tables once, counts by child what belongs to the child, and adds
up by village; it judges nobody.
"""

from odoo.tools import SQL

from .database import tidy
from .measure import Stopwatch, take_turns
from .tables import milliseconds, report, table, verdict

LIMIT = 3
LIST, SCAN, DATES = "gap list", "scan", "dates"

# Fathers and mothers away, one in ten back home, one in fifty of them dead; a household's carer takes all its children.
_PARENTS = """
    INSERT INTO lbc_guardian (name, name_masked, display_name, state, state_since, is_away,
                              area_id, township_id, county_id)
    SELECT role, role, role, CASE WHEN mod(h.id, 50) = 0 THEN 'dead' ELSE 'normal' END,
           CASE WHEN mod(h.id, 50) = 0 THEN CURRENT_DATE - 100 END, true,
           h.area_id, h.township_id, h.county_id
      FROM lbc_household h CROSS JOIN (VALUES ('father'), ('mother')) AS r (role)
     WHERE NOT EXISTS (SELECT FROM lbc_guardianship)
     ORDER BY h.id
"""
_RELATIONS = """
    INSERT INTO lbc_guardianship (child_id, guardian_id, role, area_id, township_id, county_id)
    SELECT c.id, p.id, p.role, c.area_id, c.township_id, c.county_id
      FROM lbc_child c JOIN (
           SELECT g.id, g.name AS role, (row_number() OVER (PARTITION BY g.name ORDER BY g.id)) AS house
             FROM lbc_guardian g WHERE g.name IN ('father', 'mother')) p
        ON p.house = c.household_id
    UNION ALL
    SELECT c.id, c.carer_id, 'carer', c.area_id, c.township_id, c.county_id FROM lbc_child c
"""
_WORK = """
    INSERT INTO lbc_migration (guardian_id, date_from, date_to, cross_county,
                               area_id, township_id, county_id)
    SELECT id, CURRENT_DATE - 600, CASE WHEN mod(id, 10) = 0 THEN CURRENT_DATE - 30 END, 'yes',
           area_id, township_id, county_id
      FROM lbc_guardian WHERE name IN ('father', 'mother')
"""
_LOSSES = """
    INSERT INTO lbc_capacity (guardian_id, reason, passes, valid_from, area_id, township_id, county_id)
    SELECT id, 'severe_illness', true, CURRENT_DATE - 50, area_id, township_id, county_id
      FROM lbc_guardian WHERE mod(id, 40) = 0
"""
# Every fourth who works away came home for some days, a third of these have not left again.
_STAYS = """
    INSERT INTO lbc_home_stay (migration_id, date_from, date_to)
    SELECT id, CURRENT_DATE - 120, CASE WHEN mod(id, 12) > 0 THEN CURRENT_DATE - 110 END
      FROM lbc_migration WHERE mod(id, 4) = 0
"""
# Four in five households have an agreement, renewed once or twice; one in seven has run out, one in thirty is
# suspended, one in thirty ended.
_AGREEMENTS = """
    INSERT INTO lbc_agreement (id, name, state, origin, carer_id, date_from, date_to, confirmed_on,
                               area_id, township_id, county_id)
    SELECT h.id * 3 + turn, 'XY' || h.id,
           CASE WHEN turn < 2 THEN 'renewed' WHEN mod(h.id, 30) = 1 THEN 'suspended'
                WHEN mod(h.id, 30) = 2 THEN 'ended' ELSE 'in_force' END, 'census',
           h.id, CURRENT_DATE - 965 + 365 * turn,
           CURRENT_DATE - 601 + 365 * turn - CASE
               WHEN turn = 2 AND (mod(h.id, 7) = 0 OR mod(h.id, 30) = 2) THEN 200 ELSE 0 END,
           CURRENT_DATE - 965 + 365 * turn, h.area_id, h.township_id, h.county_id
      FROM lbc_household h CROSS JOIN (VALUES (0), (1), (2)) AS t (turn)
     WHERE mod(h.id, 5) > 0 AND (turn > 0 OR mod(h.id, 2) = 0)
"""
_LINES = """
    INSERT INTO lbc_agreement_line (agreement_id, child_id, state, date_from, date_to,
                                    area_id, township_id, county_id)
    SELECT w.id, c.id, w.state, w.date_from, w.date_to, c.area_id, c.township_id, c.county_id
      FROM lbc_agreement w JOIN lbc_child c ON c.household_id = w.carer_id
"""
# For every second of those whose agreement is suspended or ended somebody is named.
_INTERIM = """
    INSERT INTO lbc_agreement_interim (agreement_id, child_id, cause, kind, carer_id, date_from,
                                       area_id, township_id, county_id)
    SELECT l.agreement_id, l.child_id, CASE l.state WHEN 'suspended' THEN 'suspension' ELSE 'end' END,
           CASE WHEN mod(l.child_id, 2) = 0 THEN 'person' ELSE 'none' END,
           CASE WHEN mod(l.child_id, 2) = 0 THEN w.carer_id + 1 END,
           CASE l.state WHEN 'suspended' THEN CURRENT_DATE - 20 ELSE l.date_to + 1 END,
           l.area_id, l.township_id, l.county_id
      FROM lbc_agreement_line l JOIN lbc_agreement w ON w.id = l.agreement_id
     WHERE l.state IN ('suspended', 'ended')
"""
_FILL = (_PARENTS, _RELATIONS, _WORK, _STAYS, _LOSSES, _AGREEMENTS, _LINES, _INTERIM)
TABLES = ("lbc_guardian", "lbc_guardianship", "lbc_migration", "lbc_capacity")
TABLES += ("lbc_agreement", "lbc_agreement_line", "lbc_agreement_interim", "lbc_home_stay")

# Every table is read once and counted by what it belongs to, so that no row is met twice.
_SCAN = """
    SELECT c.area_id, count(*), sum(g.relations), sum(g.well), sum(g.spells), sum(g.stays),
           sum(g.losses), sum(l.agreements), sum(l.carers), sum(i.interims),
           max(p.home_tolerance_days)
      FROM lbc_child c
      LEFT JOIN lbc_profile p ON p.county_id = c.county_id
      LEFT JOIN (
           SELECT g.child_id, count(*) AS relations, count(o.state) AS well, sum(m.spells) AS spells,
                  sum(m.stays) AS stays, sum(k.losses) AS losses
             FROM lbc_guardianship g
             JOIN lbc_guardian o ON o.id = g.guardian_id
             LEFT JOIN (SELECT m.guardian_id, count(*) AS spells, sum(s.stays) AS stays
                          FROM lbc_migration m
                          LEFT JOIN (SELECT migration_id, count(*) AS stays FROM lbc_home_stay
                                      GROUP BY migration_id) s ON s.migration_id = m.id
                         GROUP BY m.guardian_id) m ON m.guardian_id = o.id
             LEFT JOIN (SELECT guardian_id, count(*) AS losses FROM lbc_capacity
                         GROUP BY guardian_id) k ON k.guardian_id = o.id
            GROUP BY g.child_id) g ON g.child_id = c.id
      LEFT JOIN (
           SELECT l.child_id, count(*) AS agreements, count(w.carer_id) AS carers
             FROM lbc_agreement_line l JOIN lbc_agreement w ON w.id = l.agreement_id
            GROUP BY l.child_id) l ON l.child_id = c.id
      LEFT JOIN (SELECT child_id, count(*) AS interims FROM lbc_agreement_interim
                  GROUP BY child_id) i ON i.child_id = c.id
     WHERE c.state IN ('on_ledger', 'transferring', 'exit_pending')
     GROUP BY c.area_id
"""


def run(env, size, name, promised):
    """Give the children families and agreements, measure the list and the scan, and report."""
    families(env)
    ways = {LIST: lambda: _gaps(env), SCAN: lambda: _scan(env), DATES: lambda: _dates(env)}
    timings = take_turns(ways)
    env.cr.execute("SELECT count(*) FROM lbc_child WHERE gap_since IS NOT NULL")
    (gaps,) = env.cr.fetchone()
    ratio = timings[LIST].over(timings[SCAN])[0]
    row = [f"{size:,}", f"{gaps:,}", milliseconds(timings[LIST]), milliseconds(timings[SCAN])]
    row += [verdict(ratio, LIMIT if promised else None), milliseconds(timings[DATES])]
    headings = [
        "children",
        "without a guardian",
        "gap list",
        "grouped scan",
        "ratio",
        "stored dates",
    ]
    parts = [
        "Milliseconds: CPU, and in brackets least / median on the wall. *Stored dates* is the "
        "nightly statement that also finds since when each gap lasts.",
        table(headings, [row]),
    ]
    report(env, name, "Children without a valid guardian", parts)


def families(env):
    """Write parents, work away, stays, losses of capacity, agreements and interim care, once."""
    env.cr.execute("SELECT count(*) FROM lbc_guardianship")
    if env.cr.fetchone()[0]:
        return
    for statement in _FILL:
        env.cr.execute(statement)
    env.invalidate_all()
    env.cr.commit()
    tidy(env, *TABLES)


def _gaps(env):
    watch = Stopwatch(env.cr)
    env.invalidate_all()
    with watch.running():
        reports = env["lbc.guardian.report"]
        query = reports._search([("kind", "=", "gap")])
        names = ("child_id", "area_id", "ground", "gap_since")
        env.execute_query(query.select(*(SQL.identifier(query.table, one) for one in names)))
    return watch.took


def _scan(env):
    watch = Stopwatch(env.cr)
    with watch.running():
        env.execute_query(SQL(_SCAN))
    return watch.took


def _dates(env):
    watch = Stopwatch(env.cr)
    with watch.running():
        env["lbc.child"]._refresh_guardian_dates_of([])
    env.cr.commit()
    return watch.took
