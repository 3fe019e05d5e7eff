"""`verify`: finds and names what was done to the journal behind the triggers' back (architecture, idea 7).

Found from the database itself: triggers switched off, rows altered, gone or slipped in, seals altered or gone. Found by
a check code kept outside (mail, paper): the whole chain computed anew.
"""

from odoo import api, models
from odoo.tools import SQL

from ...lib import seal
from .append_only import strangers, switched_off
from .journal_seal import lists_digest, row_digest

NAMED = 20  # ids in one sentence; the number says how many there are


class JournalSeal(models.Model):
    _inherit = "lbc.journal.seal"

    @api.model
    def _verify(self, expected=None):
        """Return the findings, [(kind, sentence)]; an empty list is a sound journal.

        :param expected: {date: check code as typed from the mail or the report of that day}
        """
        self.env.cr.flush()
        seals = self.sudo().search([("number", ">", 0)], order="number")
        purged_to = max(seals.mapped("purged_to"), default=0)
        return [
            *self._find_triggers(),
            *self._find_breaks(seals),
            *self._find_rows(purged_to),
            *self._find_batches(purged_to),
            *self._find_slipped_in(),
            *self._find_other_times(purged_to),
            *self._find_cut_off(seals),
            *self._find_not_purged(purged_to),
            *self._find_stored_codes(seals),
            *self._find_other_codes(seals._as_seals(), expected or {}),
        ]

    def _find_triggers(self):
        for table, trigger in switched_off(self.env):
            yield (
                "trigger",
                self.env._(
                    "The trigger %(trigger)s of the table %(table)s is missing, switched off, "
                    "weakened or emptied: rows can be changed.",
                    trigger=trigger,
                    table=table,
                ),
            )
        for table, name in strangers(self.env):
            text = self.env._(
                "The table %(table)s has a trigger or rule %(name)s that is not the system's: it may "
                "swallow or change rows.",
                table=table,
                name=name,
            )
            yield ("trigger", text)

    def _find_breaks(self, seals):
        """Name each seal that is gone, does not follow the one before, or was changed."""
        for number, what in seal.breaks(seals._as_seals()):
            if what == "missing":
                yield ("seal", self.env._("Seal %(number)s is gone.", number=number))
            elif what == "previous":
                text = self.env._(
                    "The chain is broken at seal %(number)s: it does not follow the seal before it.",
                    number=number,
                )
                yield ("seal", text)
            else:
                text = self.env._("Seal %(number)s was altered.", number=number)
                yield ("seal", text)

    def _find_rows(self, purged_to):
        """Name the rows that are no longer what was sealed, seal by seal, in one statement."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT number, gone, array_agg(id ORDER BY id)
                  FROM (SELECT sealed.number, listed.id, entry.id IS NULL AS gone
                          FROM lbc_journal_seal sealed
                    CROSS JOIN LATERAL unnest(sealed.row_ids) WITH ORDINALITY AS listed (id, place)
                     LEFT JOIN lbc_journal entry ON entry.id = listed.id
                         WHERE sealed.number > %s
                           AND (entry.id IS NULL OR substr(%s, 1, 8)
                                <> substr(sealed.row_digests, (listed.place * 8 - 7)::int, 8))) found
              GROUP BY number, gone ORDER BY number, gone
                """,
                purged_to,
                row_digest(),
            )
        )
        for number, gone, ids in rows:
            if gone:
                text = self.env._(
                    "%(count)s rows of seal %(number)s are gone: %(ids)s.",
                    count=len(ids),
                    number=number,
                    ids=listed(ids),
                )
                yield ("gone", text)
            else:
                text = self.env._(
                    "%(count)s rows of seal %(number)s were altered: %(ids)s.",
                    count=len(ids),
                    number=number,
                    ids=listed(ids),
                )
                yield ("altered", text)

    def _find_batches(self, purged_to):
        """Name the seals whose list was altered, or whose digest is not that of their rows."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT number, %(lists)s <> lists
                  FROM lbc_journal_seal
                 WHERE %(lists)s <> lists
                    OR number > %(purged_to)s AND digest <> (
                       SELECT encode(sha256(coalesce(string_agg(%(digest)s, ''::bytea
                                     ORDER BY listed.place), ''::bytea)), 'hex')
                         FROM unnest(row_ids) WITH ORDINALITY AS listed (id, place)
                         JOIN lbc_journal entry ON entry.id = listed.id)
                 ORDER BY number
                """,
                lists=lists_digest(),
                digest=row_digest(),
                purged_to=purged_to,
            )
        )
        for number, list_differs in rows:
            if list_differs:
                text = self.env._("The list of rows of seal %(number)s was altered.", number=number)
            else:
                text = self.env._(
                    "Seal %(number)s does not agree with the rows it covers.", number=number
                )
            yield ("batch", text)

    def _find_slipped_in(self):
        """Name the rows that pretend to be older than what was sealed."""
        [[ids]] = self.env.execute_query(
            SQL(
                """
                SELECT array_agg(entry.id ORDER BY entry.id)
                  FROM lbc_journal entry
                  JOIN (SELECT cluster, max(xid_to::xid8) AS xid_to FROM lbc_journal_seal
                         WHERE xid_to IS NOT NULL GROUP BY cluster) sealed USING (cluster)
                 WHERE entry.xid < sealed.xid_to
                   AND entry.id NOT IN (SELECT unnest(row_ids) FROM lbc_journal_seal)
                """
            )
        )
        if ids:
            text = self.env._(
                "%(count)s rows were put in among rows already sealed: %(ids)s.",
                count=len(ids),
                ids=listed(ids),
            )
            yield ("inserted", text)

    def _find_not_purged(self, purged_to):
        """Name the rows that a purge should have taken and that are there again."""
        if not purged_to:
            return
        [[ids]] = self.env.execute_query(
            SQL(
                """
                SELECT array_agg(entry.id ORDER BY entry.id)
                  FROM lbc_journal_seal sealed, unnest(sealed.row_ids) listed (id)
                  JOIN lbc_journal entry ON entry.id = listed.id
                 WHERE sealed.number <= %s
                """,
                purged_to,
            )
        )
        if ids:
            text = self.env._(
                "%(count)s rows were purged and are there again: %(ids)s.",
                count=len(ids),
                ids=listed(ids),
            )
            yield ("inserted", text)

    def _find_stored_codes(self, seals):
        """Name the seals whose stored check code, which people see, is not that of their head."""
        for one, made in zip(seals, seals._as_seals(), strict=True):
            if one.check_code != seal.check_code(seal.head(made)):
                text = self.env._(
                    "The check code of seal %(number)s was altered.", number=one.number
                )
                yield ("seal", text)

    def _find_other_codes(self, seals, expected):
        """Compare the codes kept outside with the last seal of their days."""
        for day, typed in sorted(expected.items()):
            # Not as stored, which no head covers: as the head computed anew says.
            found = [seal.head(one) for one in seals if one.day == str(day)][-1:]
            code = found and seal.check_code(found[0])
            if code and seal.clean_code(typed or "") == code:
                continue
            text = self.env._(
                "%(day)s ended with the check code %(found)s, not with %(typed)s: the chain was "
                "computed anew, or the code was mistyped.",
                day=day,
                found=code or "–",
                typed=typed,
            )
            yield ("code", text)


class Journal(models.Model):
    _inherit = "lbc.journal"

    @api.model
    def _verify(self, expected=None):
        """Return the findings, see `lbc.journal.seal._verify`."""
        return self.env["lbc.journal.seal"]._verify(expected)


def listed(ids):
    """Return the first ids as text."""
    more = ", …" if len(ids) > NAMED else ""
    return ", ".join(map(str, ids[:NAMED])) + more
