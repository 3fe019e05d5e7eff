"""What was reported is noted in the sealed journal as well: versions, steps, exceptions and receipts (idea 6).

Digests inside the report cannot tell that its last version was taken away with all that belongs to it, or was computed
anew. The journal is sealed by a chain of its own, whose code leaves the database every day (idea 7).
"""

from odoo import models

from ...lib import digest


class ProofMixin(models.AbstractModel):
    _name = "lbc.proof.mixin"
    _description = "Noted in the Sealed Journal"
    _proof_told = ()  # fields that the journal tells in clear
    _proof_covers = ()  # further fields that its digest covers
    _proof_moment = None  # field that says when it was noted

    def _note_proof(self):
        """Leave in the journal what these records say."""
        if self:
            changes = {one.id: one._proof() for one in self.sudo()}  # noted, not shown
            self.env["lbc.journal"]._note("report", self._name, self.ids, changes=changes)

    def _proof(self):
        """Return {name: [None, value]} of what the journal keeps of this record."""
        submission = self._proof_submission()
        said = {"quarter_id": submission.quarter_id.id, "submission_id": submission.id}
        said |= {name: self._proof_value(name) for name in self._proof_told}
        said["digest"] = self._proof_digest()
        return {
            name: [None, value if value is None or isinstance(value, int) else str(value)]
            for name, value in said.items()
        }

    def _proof_digest(self):
        """Return the digest (str) of what this record says."""
        names = (*self._proof_told, *self._proof_covers)
        return digest.sha256([self._name, self.id, *map(self._proof_value, names)])

    def _proof_value(self, name):
        value = self[name]
        return value.id or None if self._fields[name].type == "many2one" else value or None

    def _proof_submission(self):
        return (
            self.submission_id if "submission_id" in self._fields else self.version_id.submission_id
        )
