"""A district as large as a province's children: all in 23 townships of one county, with families and health."""

from .database import bare_tables, tidy

TOWNSHIPS = 23
TABLES = ("lbc_household", "lbc_guardian", "lbc_child", "lbc_episode", "lbc_guardianship")
TABLES += ("lbc_migration", "lbc_health")
_LOG = "1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'"
_LOG_COLUMNS = "create_uid, write_uid, create_date, write_date"

_PLACES = """
    CREATE TEMPORARY TABLE place AS
    SELECT row_number() OVER (ORDER BY v.id) - 1 AS k, v.id, v.township_id, v.county_id
      FROM lbc_area v WHERE v.level = 'village' AND v.township_id = ANY(%(townships)s)
"""
_MOVE = """
    UPDATE {table} SET area_id = p.id, township_id = p.township_id, county_id = p.county_id
      FROM place p WHERE p.k = (hashint4({house})::bigint & 2147483647) % (SELECT count(*) FROM place)
"""
# Parents of a household: the carer's number and one or two millions more.
_PARENTS = f"""
    INSERT INTO lbc_guardian (
        id, file_number, name, name_masked, name_initials, display_name, id_number_masked, id_status,
        sex, birth_date, phone, phone_masked, state, is_away, away_since, work_place,
        area_id, township_id, county_id, {_LOG_COLUMNS})
    SELECT g.id + n * 1000000, 'JF' || n || lpad(g.id::text, 7, '0'), g.name, g.name_masked,
           g.name_initials, 'JF' || n || lpad(g.id::text, 7, '0') || ' ' || g.name_masked, '',
           'missing', CASE n WHEN 1 THEN 'male' ELSE 'female' END, CURRENT_DATE - 12000, g.phone,
           g.phone_masked, 'normal', true, '2024-02-10', '广东省东莞市',
           g.area_id, g.township_id, g.county_id, {_LOG}
      FROM lbc_guardian g CROSS JOIN generate_series(1, 2) n
"""
_CHILDREN = """
    UPDATE lbc_child SET father_id = carer_id + 1000000, mother_id = carer_id + 2000000,
           address = household_id || '号', school_name = '中心小学', grade_class = '三年级1班',
           education_stage = 'primary', boarding = 'no', verified_on = '2026-09-10'
"""
_LINES = f"""
    INSERT INTO lbc_guardianship (child_id, guardian_id, role, relation, date_from,
           area_id, township_id, county_id, {_LOG_COLUMNS})
    SELECT c.id, c.carer_id + n * 1000000, (ARRAY['carer', 'father', 'mother'])[n + 1],
           (ARRAY['grandmother', 'father', 'mother'])[n + 1], '2024-02-10',
           c.area_id, c.township_id, c.county_id, {_LOG}
      FROM lbc_child c CROSS JOIN generate_series(0, 2) n
"""
_AWAY = f"""
    INSERT INTO lbc_migration (guardian_id, date_from, place, cross_county,
           area_id, township_id, county_id, {_LOG_COLUMNS})
    SELECT id, away_since, work_place, 'yes', area_id, township_id, county_id, {_LOG}
      FROM lbc_guardian WHERE is_away
"""
_EPISODES = f"""
    INSERT INTO lbc_episode (child_id, state, entry_kind, date_entry, date_exit, reason,
           area_id, township_id, county_id, {_LOG_COLUMNS})
    SELECT id, state, 'new', LEAST(date_entry, '2026-01-01'),
           CASE WHEN state = 'exited' THEN '2026-02-01'::date END, 'both_away',
           area_id, township_id, county_id, {_LOG}
      FROM lbc_child ORDER BY id
"""
_HEALTH = f"""
    INSERT INTO lbc_health (child_id, date, condition, area_id, township_id, county_id, {_LOG_COLUMNS})
    SELECT id, '2026-03-01', 'healthy', area_id, township_id, county_id, {_LOG}
      FROM lbc_child WHERE id % 3 = 0
"""


def settle(env):
    """Let all children live in the largest 23 townships of the county with most; commits.

    :return: (county, its townships with children)
    """
    env.cr.execute(
        "SELECT county_id, (array_agg(id ORDER BY id))[1:%s] FROM lbc_area "
        "WHERE level = 'township' GROUP BY county_id ORDER BY count(*) DESC, county_id LIMIT 1",
        [TOWNSHIPS],
    )
    county_id, townships = env.cr.fetchone()
    if len(townships) < TOWNSHIPS:
        raise AssertionError("No county of the province has as many townships.")
    with bare_tables(env, *TABLES):
        env.cr.execute(_PLACES, {"townships": townships})
        env.cr.execute(_MOVE.format(table="lbc_household", house="lbc_household.id"))
        env.cr.execute(_MOVE.format(table="lbc_guardian", house="lbc_guardian.id"))
        env.cr.execute(_MOVE.format(table="lbc_child", house="lbc_child.household_id"))
        for statement in (_PARENTS, _CHILDREN, _LINES, _AWAY, _EPISODES, _HEALTH):
            env.cr.execute(statement)
    env.cr.execute("DROP TABLE place")
    env.invalidate_all()
    env.cr.commit()
    tidy(env, *TABLES)
    return env["lbc.area"].browse(county_id), env["lbc.area"].browse(townships)
