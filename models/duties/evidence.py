"""Records that prove duties (architecture, idea 2): a room's model inherits `lbc.duty.evidence`.

It calls `_prove_duties` when records are filed and `_withdraw_evidence` when they are taken back;
which duties these are follows from the kinds of duty alone.
"""

from odoo import api, models
from odoo.fields import Domain

from .duty_evidence_sql import evidence_rows


class DutyEvidence(models.AbstractModel):
    _name = "lbc.duty.evidence"
    _description = "Evidence of Duties"

    # Date fields an administrator may choose from; the first is taken unless he does.
    _evidence_dates = ("date",)
    # Subject type: stored path from the evidence to the subject; leave out what it cannot prove.
    _evidence_subjects = {
        "child": "child_ids",
        "household": "household_id",
        "village": "area_id",
        "township": "township_id",
        "organization": "organization_id",
    }
    # Fields with a data group that conditions of kinds may nevertheless ask for.
    _evidence_filter_fields = ()

    @api.model
    def _evidence_filed(self):
        """Return the `Domain` of records that count at all; rooms say which states these are."""
        return Domain("state", "=", "submitted")

    @api.model
    def _evidence_kinds(self):
        """Return the kinds of duty (sudo, also archived) that records of this model may prove."""
        kinds = self.env["lbc.duty.kind"].sudo().with_context(active_test=False)
        kinds = kinds.search([("evidence_model", "=", self._name)])
        return kinds.filtered(lambda kind: kind.subject_type in self._evidence_subjects)

    def _prove_duties(self):
        """Resolve what these records prove: at most one open duty per kind, subject and record.

        It is that whose window holds the day of the evidence; where none does, the latest earlier
        one that is still open, which is then done late. Records that do not count prove nothing.

        :return: the duties resolved (`lbc.duty`, sudo)
        """
        duties = self.env["lbc.duty"].sudo()  # read-only for every role: only evidence changes them
        self.env.flush_all()
        for kind in self._evidence_kinds() if self else ():
            rows = evidence_rows(kind, Domain("id", "in", self.ids))
            duties |= duties._prove(kind, rows)
        return duties

    def _withdraw_evidence(self):
        """Open again what these records had proved, and let the remaining ones prove anew.

        Call it when the records no longer count. What one had fulfilled, another one may fulfil now;
        they are taken in the order of time.
        """
        duties = self.env["lbc.duty"].sudo()
        self.env.flush_all()
        opened = duties._take_back(self)
        for kind in opened.kind_id:
            of_kind = opened.filtered(lambda duty, kind=kind: duty.kind_id == kind)
            of_kind._prove_anew(kind)
        opened._settle()
        return opened
