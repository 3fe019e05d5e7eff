"""How frozen rows were hashed before there were versions (`scheme` 1): the codes that were printed stay good.

The order of the columns is part of the digest, so it is written down here as it was, and never follows the list.
"""

from odoo import api, models
from odoo.tools import SQL

from ...lib import digest, ledger_chain

_KEYS = ("child_ref", "file_number", "area_id", "date_entry")
_FIRST = (
    *("township", "village", "name", "sex", "ethnicity", "id_number", "birth_date"),
    *("hukou_kind", "address", "health", "disability_kind", "disability_level", "education"),
    *("school", "grade_class", "boarding", "father_name", "father_id_number"),
    *("father_phone", "father_work_place", "father_away_since", "father_condition"),
    *("mother_name", "mother_id_number", "mother_phone", "mother_work_place"),
    *("mother_away_since", "mother_condition", "care_reason", "carer_name"),
    *("carer_relation", "carer_id_number", "carer_phone", "care_quality"),
)
_MASKED = (
    *("name_masked", "id_number_masked", "address_masked", "father_name_masked"),
    *("father_id_number_masked", "father_phone_masked", "mother_name_masked"),
    *("mother_id_number_masked", "mother_phone_masked", "carer_name_masked"),
    *("carer_id_number_masked", "carer_phone_masked"),
)
_AGREED = ("agreement_signed", "agreement_from", "agreement_to")
_LAST = ("paired_teacher", "risk", "last_visit")
# as of 19.0.1.1.0, and since the room of guardianship has agreements of its own (19.0.1.3.0)
ORDERS = (
    (*_KEYS, *_FIRST, "aid", "note", *_AGREED, *_LAST, *_MASKED),
    (*_KEYS, *_FIRST, *_AGREED, "aid", "note", *_LAST, *_MASKED),
)


class SubmissionVersion(models.Model):
    _inherit = "lbc.submission.version"

    @api.model
    def _seal_old(self):
        """Chain and seal what was submitted before there were versions; its log begins with that (upgrade)."""
        for version in self.search([("digest", "=", False)], order="id"):
            version.write(
                {
                    "previous_digest": version.previous_id.digest,
                    "on_time_until": version._on_time_until(),
                }
            )
            version.digest = ledger_chain.old_head(version._content())
            version.flush_recordset()
            version._note_proof()
            self.env["lbc.submission.step"].create(
                {
                    "submission_id": version.submission_id.id,
                    "version_id": version.id,
                    "kind": "submitted",
                    "done_at": version.submitted_at,
                    "done_by": version.submitted_by.id,
                }
            )

    def _old_rows_digest(self):
        """Return the digest (str) of the rows as it was made then: the one that was sealed, if any order gives it."""
        found = [self._old_digest_of(names) for names in ORDERS]
        return self.rows_digest if self.rows_digest in found else found[0]

    def _old_digest_of(self, names):
        """Return the SHA-256 of the rows; empty values are left out."""
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM lbc_snapshot WHERE version_id = %s ORDER BY child_ref",
                SQL(", ").join(map(SQL.identifier, names)),
                self.id,
            )
        )
        return digest.sha256_rows(
            [[name, value] for name, value in zip(names, row, strict=True) if value is not None]
            for row in rows
        )
