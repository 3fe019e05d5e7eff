"""Who has which news today: one statement over duties, ladders and postings, for any number of people."""

from odoo.tools import SQL

ROLE = "role_"
SHOWN = 5  # duties named under each kind

# Everybody with a login who holds a post with a role today, once for each division he has.
PERSONS = """
    SELECT p.user_id, u.lbc_digest_on AS since, substr(data.name, 6) AS role,
           p.organization_id, o.county_id, o.kind_id, ok.parent_id, rel.lbc_area_id AS area_id
      FROM lbc_posting p
      JOIN res_users u ON u.id = p.user_id AND u.active
      JOIN lbc_post post ON post.id = p.post_id
      JOIN ir_model_data data ON data.module = 'left_behind_children' AND data.model = 'res.groups'
           AND data.res_id = post.role_id AND data.name LIKE 'role\\_%%'
      JOIN lbc_organization o ON o.id = p.organization_id
      JOIN lbc_organization_kind ok ON ok.id = o.kind_id
      LEFT JOIN lbc_area_lbc_posting_rel rel ON rel.lbc_posting_id = p.id
     WHERE p.active AND p.date_from <= %(day)s AND (p.date_to IS NULL OR p.date_to >= %(day)s)
"""

# What was reached since the last digest of anybody: due day and step, or the day on which the duty
# was made when that is later, or on which it came back after it was acknowledged or opened again. Handed
# over it is new to who is responsible, to nobody above.
REACHED = """
    SELECT d.id, d.kind_id, d.due_date, d.user_id, d.organization_id, d.area_id, d.township_id,
           d.county_id, s.whom, k.lead_kind_id, lead.code AS lead_code, k.subject_type,
           GREATEST(d.due_date + s.days, (d.create_date AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date,
                    d.acknowledged_until + 1, d.told_from,
                    CASE WHEN s.whom = 'visitor' THEN d.handed_from END) AS reached_on
      FROM lbc_duty d
      JOIN lbc_duty_kind k ON k.id = d.kind_id
      JOIN (%(steps)s) s ON s.kind_id = d.kind_id AND d.due_date + s.days <= %(day)s
           AND (s.county_id IS NULL OR s.county_id = d.county_id)
      LEFT JOIN lbc_organization_kind lead ON lead.id = k.lead_kind_id
     WHERE d.state = 'open' AND (d.acknowledged_until IS NULL OR d.acknowledged_until < %(day)s)
"""

# Steps of the ladder; where the profile says when to remind, its days take the place of those before the due day.
STEPS = """
    SELECT s.kind_id, s.days, s.whom, NULL::int AS county_id
      FROM lbc_duty_step s JOIN lbc_duty_kind own ON own.id = s.kind_id
     WHERE s.days > 0 OR own.reminder_parameter IS NULL
    UNION ALL
    SELECT r.kind_id, r.days, 'visitor', r.county_id
      FROM unnest(%(kinds)s::int[], %(days)s::int[], %(counties)s::int[]) AS r (kind_id, days, county_id)
"""

NEWS = """
    WITH person AS MATERIALIZED (%(persons)s),
         reached AS MATERIALIZED (
             SELECT * FROM (%(reached)s) r
               WHERE reached_on <= %(day)s AND reached_on > (
                     SELECT coalesce(min(coalesce(since, '-infinity')), '-infinity') FROM person)),
         told AS (%(told)s)
    SELECT user_id, kind_id, count(*), count(*) FILTER (WHERE due_date < %(day)s),
           (array_agg(id ORDER BY due_date, id))[1:%(shown)s]
      FROM told GROUP BY user_id, kind_id
"""

TOLD = """
    SELECT p.user_id, r.id, r.kind_id, r.due_date FROM reached r JOIN person p ON %(whose)s
     WHERE r.reached_on > coalesce(p.since, '-infinity')
"""

# The same answers as `res.users._lbc_work_domain`, by postings instead of the acting post. Each is
# a join by equality: one condition with OR would compare every duty with every person.
NOBODY = "r.whom = 'visitor' AND r.user_id IS NULL AND r.organization_id IS NULL"
WHOSE = (
    "r.whom <> 'visitor' AND p.role = r.whom AND p.area_id = r.township_id",
    "r.whom <> 'visitor' AND p.role = r.whom AND p.area_id = r.county_id",
    "r.whom = 'visitor' AND p.user_id = r.user_id",
    "r.whom = 'visitor' AND r.user_id IS NULL AND p.organization_id = r.organization_id",
    f"""{NOBODY} AND p.role = 'village' AND p.area_id = r.area_id
        AND coalesce(r.lead_code, 'village_committee') = 'village_committee'
        AND (r.lead_code IS NOT NULL OR r.subject_type IN ('child', 'household', 'village'))""",
    f"""{NOBODY} AND p.role = 'township' AND p.area_id = r.township_id
        AND coalesce(r.lead_code, 'township') = 'township'
        AND (r.lead_code IS NOT NULL OR r.subject_type = 'township')""",
    f"""{NOBODY} AND p.role NOT IN ('village', 'township') AND p.county_id = r.county_id
        AND p.kind_id = r.lead_kind_id""",
    f"""{NOBODY} AND p.role NOT IN ('village', 'township') AND p.county_id = r.county_id
        AND p.parent_id = r.lead_kind_id""",
)


def news(day, zone, reminders=()):
    """Return SQL of (user, kind, duties, of these overdue, first duties' ids): one row for user and kind.

    :param reminders: [(kind id, county id, days)], see `lbc.duty.kind._reminders`
    """
    values = {"day": SQL("%s::date", day), "tz": zone}
    kinds, counties, days = map(list, zip(*reminders, strict=True)) if reminders else ([], [], [])
    steps = SQL(STEPS, kinds=kinds, days=days, counties=counties)
    return SQL(
        NEWS,
        persons=SQL(PERSONS, **values),
        reached=SQL(REACHED, steps=steps, **values),
        told=SQL(" UNION ").join(SQL(TOLD, whose=SQL(whose)) for whose in WHOSE),
        shown=SHOWN,
        **values,
    )


def persons(day):
    """Return SQL of the ids of all who may be told anything."""
    return SQL("SELECT DISTINCT user_id FROM (%s) p", SQL(PERSONS, day=SQL("%s::date", day)))
