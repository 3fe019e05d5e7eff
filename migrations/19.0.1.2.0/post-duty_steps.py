"""Kinds of duty that were there before the ladder get the one that new kinds begin with."""

from odoo.addons.left_behind_children.models.duties.duty_step import DEFAULT_LADDER


def migrate(cr, _version):
    """Give every kind without a step the default ladder."""
    cr.execute(
        """
        INSERT INTO lbc_duty_step (kind_id, days, whom, create_uid, write_uid, create_date, write_date)
        SELECT kind.id, step.days, step.whom, 1, 1,
               now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
          FROM lbc_duty_kind kind
         CROSS JOIN unnest(%s::int[], %s::varchar[]) AS step(days, whom)
         WHERE NOT EXISTS (SELECT 1 FROM lbc_duty_step known WHERE known.kind_id = kind.id)
        """,
        [[days for days, _whom in DEFAULT_LADDER], [whom for _days, whom in DEFAULT_LADDER]],
    )
