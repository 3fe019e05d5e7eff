"""Comparing reports with what the sealed journal noted of them, in both directions (idea 6)."""

import json
from collections import defaultdict

from odoo import models
from odoo.tools import SQL

MODELS = (
    *("lbc.submission.version", "lbc.submission.step"),
    *("lbc.submission.exception", "lbc.submission.copy"),
)


class Submission(models.Model):
    _inherit = "lbc.submission"

    def _proof_differences(self, quarters=()):
        """Return what differs (list of str) between these reports and what the journal says of them.

        :param quarters: ids of quarters of which a report that is gone counts as well
        """
        noted, there = self._noted_proofs(quarters), self._proofs()
        purged = self._purged_until()
        found = []
        for key in sorted(noted.keys() | there.keys()):
            record, rows = there.get(key), noted.get(key)
            if record is None:
                found.append(self._gone(key, rows[0]))
            elif not rows:
                if not purged or record[record._proof_moment] > purged:
                    text = self.env._(
                        "%(what)s is not in the journal: the system never made it.",
                        what=self._proof_name(record),
                    )
                    found.append(text)
            elif {row["digest"] for row in rows} != {record._proof_digest()}:
                text = self.env._(
                    "%(what)s is not what the journal says was made then.",
                    what=self._proof_name(record),
                )
                found.append(text)
        return found

    def _proofs(self):
        """Return {(model, id): record} of all that the journal must know of these reports."""
        versions = self.version_ids.filtered("digest")
        records = [*versions, *self.step_ids, *self.exception_ids]
        records += self.version_ids.copy_ids.filtered("received_at")
        return {(one._name, one.id): one for one in records}

    def _noted_proofs(self, quarters):
        """Return {(model, id): [{name: value}]} of what the journal knows of these reports."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT entry.model, one.key::int, one.value::text
                  FROM lbc_journal entry CROSS JOIN LATERAL jsonb_each(entry.changes) one
                 WHERE entry.action = 'report' AND entry.model = ANY(%(models)s)
                   AND ((one.value #>> '{submission_id,1}')::int = ANY(%(submissions)s)
                        OR entry.model = 'lbc.submission.version'
                       AND (one.value #>> '{quarter_id,1}')::int = ANY(%(quarters)s)
                       AND NOT EXISTS (SELECT 1 FROM lbc_submission s
                            WHERE s.id = (one.value #>> '{submission_id,1}')::int))
                 ORDER BY entry.id
                """,
                models=list(MODELS),
                submissions=self.ids,
                quarters=list(quarters),
            )
        )
        noted = defaultdict(list)
        for model, record_id, text in rows:
            said = {name: new for name, (_old, new) in json.loads(text).items()}
            noted[model, record_id].append(said)
        return dict(noted)

    def _gone(self, key, said):
        """Return words for a record that the journal knows and that is no longer there."""
        model, record_id = key
        submission = self.filtered(lambda one: one.id == said["submission_id"])
        if model == "lbc.submission.version":
            return self.env._(
                "%(submission)s: version %(number)s (%(code)s) is gone.",
                submission=submission.display_name or said["unit_key"],
                number=said["number"],
                code=said["check_code"],
            )
        return self.env._(
            "%(submission)s: %(what)s is gone.",
            submission=submission.display_name or "–",
            what=f"{self._model_name(model)} {record_id}",
        )

    def _proof_name(self, record):
        submission = record._proof_submission().display_name
        if record._name == "lbc.submission.version":
            return record.display_name
        return f"{submission}: {self._model_name(record._name)} {record.id}"

    def _model_name(self, model):
        return self.env["ir.model"]._get(model).name

    def _purged_until(self):
        """Return the moment (datetime or None) up to which the journal's rows were purged."""
        seals = self.env["lbc.journal.seal"].sudo()  # when, and nothing of what was seen
        purged = seals.search([("number", "=", seals._purged_to() or -1)], limit=1)
        return purged.sealed_at or None
