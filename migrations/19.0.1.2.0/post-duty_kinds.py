"""Kinds of duty learn how often, and what proves them; who helps becomes ordered lines."""


def migrate(cr, version):
    """Fill the new columns of the kinds that were shipped, and keep who helps."""
    # The data file is loaded once (noupdate), so that districts keep their changes.
    cr.execute(
        """
        UPDATE lbc_duty_kind SET density = 'risk', evidence_date = 'lbc.visit:date'
         WHERE code IN ('monthly_visit', 'monthly_visit_child')
        """
    )
    cr.execute("SELECT to_regclass('lbc_duty_kind_lbc_organization_kind_rel')")
    if cr.fetchone()[0]:
        cr.execute(
            """
            INSERT INTO lbc_duty_kind_helper
                   (kind_id, organization_kind_id, sequence, create_uid, write_uid,
                    create_date, write_date)
            SELECT r.lbc_duty_kind_id, r.lbc_organization_kind_id,
                   row_number() OVER (PARTITION BY r.lbc_duty_kind_id ORDER BY k.sequence, k.id),
                   1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
              FROM lbc_duty_kind_lbc_organization_kind_rel r
              JOIN lbc_organization_kind k ON k.id = r.lbc_organization_kind_id
            ON CONFLICT DO NOTHING
            """
        )
