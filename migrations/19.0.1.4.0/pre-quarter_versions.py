"""What was submitted becomes the first version of its report; its frozen rows belong to it."""

VERSIONS = """
    CREATE TABLE lbc_submission_version (
        id serial PRIMARY KEY, create_uid int, write_uid int, create_date timestamp, write_date timestamp,
        submission_id int, number int, township_id int, county_id int, unit_key varchar, cutoff date,
        submitted_at timestamp, submitted_by int, previous_id int, scheme int,
        opening_count int, joined_count int, left_count int, moved_in_count int, moved_out_count int,
        changed_count int, closing_count int, unverified_count int,
        rows_digest varchar, content_digest varchar, digest varchar)
"""
FIRST = """
    INSERT INTO lbc_submission_version (
        create_uid, write_uid, create_date, write_date, submission_id, number, township_id, county_id,
        unit_key, cutoff, submitted_at, submitted_by, scheme, opening_count, joined_count, left_count,
        moved_in_count, moved_out_count, changed_count, closing_count, unverified_count,
        rows_digest, content_digest)
    SELECT 1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC', s.id, 1, s.township_id, s.county_id,
           a.code, s.cutoff, s.submitted_at, s.submitted_by, 1, s.opening_count, s.joined_count,
           s.left_count, 0, 0, 0, s.child_count, 0, s.digest, s.digest
      FROM lbc_submission s JOIN lbc_area a ON a.id = s.township_id
     WHERE s.state = 'submitted' ORDER BY s.submitted_at, s.id
"""


def migrate(cr, _version):
    """Make the versions, and give the frozen rows theirs: the one change of these rows there ever is."""
    cr.execute(VERSIONS)
    cr.execute(FIRST)
    cr.execute(
        """
        UPDATE lbc_submission_version v SET previous_id = p.previous
          FROM (SELECT id, lag(id) OVER (PARTITION BY township_id ORDER BY id) AS previous
                  FROM lbc_submission_version) p
         WHERE p.id = v.id AND p.previous IS NOT NULL
        """
    )
    cr.execute("ALTER TABLE lbc_snapshot ADD COLUMN version_id int")
    # The triggers refuse every change, whoever asks: they are off for this one statement.
    cr.execute("ALTER TABLE lbc_snapshot DISABLE TRIGGER USER")
    cr.execute(
        "UPDATE lbc_snapshot s SET version_id = v.id FROM lbc_submission_version v "
        "WHERE v.submission_id = s.submission_id"
    )
    cr.execute("ALTER TABLE lbc_snapshot ENABLE TRIGGER USER")
    cr.execute(
        "ALTER TABLE lbc_submission ADD COLUMN current_version_id int, "
        "ADD COLUMN first_submitted_at timestamp"
    )
    cr.execute(
        "UPDATE lbc_submission s SET current_version_id = v.id, first_submitted_at = s.submitted_at "
        "FROM lbc_submission_version v WHERE v.submission_id = s.id"
    )
