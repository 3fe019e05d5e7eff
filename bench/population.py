"""Children by the hundred thousand, written by SQL with all stored columns as the product has them.

Filled are the tables that the measured pages and statements read: households, one carer each, and
children. Eight children live in four households; 94 of 100 are on the ledger, the others have left
it or wait; villages differ in size by a factor of sixty; numbers of neighbouring files lie in
different villages, which is the worst case for reading one village. Nobody in here is real.
"""

from odoo.tools import SQL

from odoo.addons.left_behind_children.lib import names

from .database import bare_tables, tidy

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英文玲建国志梅子轩浩宇欣怡梓涵雨佳"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_COMPUTED = ("name_masked", "name_initials", "display_name", "id_number_masked", "id_status")
_COMPUTED += ("sex", "birth_date", "township_id", "county_id")
TABLES = ("lbc_household", "lbc_guardian", "lbc_child")


def grow(env, on_ledger):
    """Bring the number of children on the ledger to `on_ledger` (int), then VACUUM; commits."""
    last = _last_number(on_ledger)
    env.cr.execute("SELECT count(*) FROM lbc_child")
    done = env.cr.fetchone()[0]
    parameters = {
        "first": done + 1,
        "last": last,
        "first_house": _house(done) + 1,
        "last_house": _house(last),
        "surnames": list(_SURNAMES),
        "surname_letters": list(map(names.pinyin_initials, _SURNAMES)),
        "given": list(_GIVEN),
        "given_letters": list(map(names.pinyin_initials, _GIVEN)),
    }
    with bare_tables(env, *TABLES):
        for statement in (_TICKETS, _HOUSEHOLDS, _CARERS, _CHILDREN):
            env.cr.execute(statement, parameters)
    for table in TABLES:
        env.cr.execute(
            SQL("SELECT setval(%s, max(id)) FROM %s", f"{table}_id_seq", SQL.identifier(table))
        )
    env.invalidate_all()
    _check(env, last)
    env.cr.commit()
    tidy(env, *TABLES, "lbc_area", "lbc_organization")
    print(f"{on_ledger} children on the ledger, {last} files", flush=True)


def largest_village(env):
    """Return the village (record) with the most children on the ledger."""
    ((village, _count),) = env["lbc.child"]._read_group(
        env["lbc.child"]._on_ledger_domain(),
        ["area_id"],
        ["__count"],
        order="__count desc, area_id",
        limit=1,
    )
    return village


def _last_number(on_ledger):
    """Return how many files it takes to have `on_ledger` children on the ledger: 47 in 50 are."""
    fifties, rest = divmod(on_ledger, 47)
    return fifties * 50 + (rest + 2 if rest else 0)


def _house(child):
    """Return the household of the last of `child` children: one, two, two and three live together."""
    four, rest = divmod(child, 8)
    return four * 4 + (0, 1, 2, 2, 3, 3, 4, 4)[rest]


def _check(env, last):
    """Compare stored columns with what the ORM computes, on some of the rows just written."""
    for model in ("lbc.child", "lbc.guardian"):
        sample = env[model].search([], order="id desc", limit=40)
        written = [[record[name] for name in _COMPUTED] for record in sample]
        for name in _COMPUTED:
            env.add_to_compute(env[model]._fields[name], sample)
        computed = [[record[name] for name in _COMPUTED] for record in sample]
        if written != computed:
            raise AssertionError(f"The SQL of {__name__} no longer writes what {model} computes.")
    if env["lbc.child"].search_count([]) != last:
        raise AssertionError("Other children were here before.")


def _name(number):
    """Return SQL of a join that gives row `number` (SQL) a name, its initials and its mask."""
    return f"""CROSS JOIN LATERAL (
        SELECT (%(surnames)s)[s] || (%(given)s)[g] || CASE WHEN long THEN (%(given)s)[h] ELSE '' END AS name,
               (%(surname_letters)s)[s] || (%(given_letters)s)[g]
               || CASE WHEN long THEN (%(given_letters)s)[h] ELSE '' END AS initials,
               (%(surnames)s)[s] || '*' || CASE WHEN long THEN (%(given)s)[h] ELSE '' END AS masked
          FROM (SELECT {number} * 7 %% {len(_SURNAMES)} + 1 AS s,
                       ({number} * 11 + {number} / {len(_GIVEN)}) %% {len(_GIVEN)} + 1 AS g,
                       ({number} * 5 + 3) %% {len(_GIVEN)} + 1 AS h, {number} %% 3 > 0 AS long) AS pick
    ) AS person"""


def _number(birth, serial):
    """Return SQL of joins that give an identity number of a region that does not exist."""
    total = " + ".join(
        f"{weight} * substr(digits, {at}, 1)::int" for at, weight in enumerate(_WEIGHTS, 1)
    )
    return f"""CROSS JOIN LATERAL (
        SELECT digits || substr('10X98765432', ({total}) %% 11 + 1, 1) AS number
          FROM (SELECT '500199' || to_char({birth}, 'YYYYMMDD') || lpad(({serial})::text, 3, '0') AS digits
               ) AS first
    ) AS card"""


_LOG = "1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'"
_LOG_COLUMNS = "create_uid, write_uid, create_date, write_date"

# Each village holds as many tickets as it is large; a household draws one by its number.
_TICKETS = """
    CREATE TEMPORARY TABLE IF NOT EXISTS bench_ticket AS
    SELECT row_number() OVER (ORDER BY copy, id) - 1 AS ticket, id, township_id, county_id
      FROM (SELECT a.*, row_number() OVER (ORDER BY code) AS k FROM lbc_area a WHERE level = 'village'
           ) AS village
      CROSS JOIN LATERAL generate_series(1, CASE WHEN k %% 200 = 0 THEN 60 ELSE 1 + k %% 7 END) AS copy;
    ANALYZE bench_ticket
"""

_HOUSEHOLDS = f"""
    INSERT INTO lbc_household (id, number, area_id, township_id, county_id, address, {_LOG_COLUMNS})
    SELECT h, 'JT' || lpad(h::text, 7, '0'), t.id, t.township_id, t.county_id, h || '号', {_LOG}
      FROM generate_series(%(first_house)s, %(last_house)s) AS h
      JOIN bench_ticket t
        ON t.ticket = (hashint4(h)::bigint & 2147483647) %% (SELECT count(*) FROM bench_ticket)
     ORDER BY h
"""

_CARERS = f"""
    INSERT INTO lbc_guardian (
        id, file_number, name, name_masked, name_initials, display_name, id_number_masked, id_status,
        sex, birth_date, phone, phone_masked, state, is_away,
        area_id, township_id, county_id, {_LOG_COLUMNS})
    SELECT h.id, file, person.name, person.masked, person.initials, file || ' ' || person.masked, '',
           'missing', CASE WHEN h.id %% 2 = 1 THEN 'male' ELSE 'female' END,
           CURRENT_DATE - 18500 - h.id %% 8000,
           phone, substr(phone, 1, 3) || '****' || substr(phone, 8), 'normal', false,
           h.area_id, h.township_id, h.county_id, {_LOG}
      FROM lbc_household h
      CROSS JOIN LATERAL (SELECT 'JH' || lpad(h.id::text, 7, '0') AS file,
                                 '139' || lpad(h.id::text, 8, '0') AS phone) AS own
      {_name("h.id")}
     WHERE h.id BETWEEN %(first_house)s AND %(last_house)s
     ORDER BY h.id
"""

_CHILDREN = f"""
    INSERT INTO lbc_child (
        id, file_number, name, name_masked, name_initials, display_name, id_number, id_number_masked,
        id_status, sex, birth_date, household_id, carer_id, carer_relation, school_id, state,
        date_entry, eligibility, eligibility_reason, review_on, ethnicity, hukou_kind,
        area_id, township_id, county_id, {_LOG_COLUMNS})
    SELECT i, file, person.name, person.masked, person.initials, file || ' ' || person.masked,
           card.number, substr(card.number, 1, 6) || '********' || substr(card.number, 15), 'valid',
           CASE WHEN serial %% 2 = 1 THEN 'male' ELSE 'female' END, birth,
           h.id, h.id, 'grandmother', school.id,
           CASE i %% 50 WHEN 0 THEN 'exited' WHEN 1 THEN 'exited' WHEN 2 THEN 'to_verify'
                        ELSE 'on_ledger' END,
           birth + 300, 'eligible', 'both_away', (birth + interval '16 years')::date, '01', 'rural',
           h.area_id, h.township_id, h.county_id, {_LOG}
      FROM generate_series(%(first)s, %(last)s) AS i
      JOIN lbc_household h
        ON h.id = (i - 1) / 8 * 4 + (ARRAY[1, 2, 2, 3, 3, 4, 4, 4])[(i - 1) %% 8 + 1]
      LEFT JOIN lbc_organization school ON school.area_id = h.township_id AND i %% 4 > 0
      CROSS JOIN LATERAL (
        SELECT 'LE' || lpad(i::text, 7, '0') AS file, CURRENT_DATE - 400 - i %% 5400 AS birth,
               i / 5400 AS serial) AS own
      {_name("i")}
      {_number("birth", "serial")}
     ORDER BY i
"""
