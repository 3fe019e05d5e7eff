"""Who signs a letter of responsibility, when and how: on the screen, on paper, the family also from afar (B-4.3b)."""

from datetime import date

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from .letter import FIRST_MONTH

PARTIES = ("school", "village", "guardian")
EARLY_MONTHS = 2  # a letter is signed in the summer before its school year at the earliest


class Letter(models.Model):
    _inherit = "lbc.letter"

    def _sign(self, party, day, image=None, scan=None, remote_note=None):
        """Enter the signature of one party; with the third the letter is in force.

        The school signs for itself; village, township and civil affairs enter what was signed on
        paper or before their eyes.

        :param party: `school`, `village` or `guardian`
        :param day: date of the signature; one drawn on the screen is of today
        :param image: base64 of a signature on screen; `scan`: of the signed paper, once a letter
        :param remote_note: how the family signed from afar: channel, time, witness
        :raises AccessError: not this role's to enter
        :raises UserError: signed already, another day than can be, or nothing that shows it
        """
        self._check_signer(party)
        self._require_state("state", "to_sign", "partly_signed")
        for letter in self.sudo():  # steps write the signatures; the checks are above
            letter._check_signature(party, day, image, scan, remote_note)
            letter._freeze_text()
            values = {
                f"{party}_signed_on": day,
                f"{party}_signature": image,
                f"{party}_user_id": self.env.uid,
            }
            if remote_note:
                values |= {"guardian_remote": True, "guardian_remote_note": remote_note}
            if scan:
                values["scan"] = scan
            letter.write(values)
            letter._settle()
        self._prove_duties()

    def _check_signature(self, party, day, image, scan, remote_note):
        """Refuse a signature of a day that cannot be, or that nothing shows; as `_sign`."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        if self[f"{party}_signed_on"]:
            raise UserError(self.env._("This party has signed already."))
        if remote_note and party != "guardian":
            raise UserError(
                self.env._("Only the family signs remotely. School and village sign themselves.")
            )
        if scan and self.scan:
            raise UserError(
                self.env._("The scan of this letter is there already and stays as it is.")
            )
        if not (image or scan or self.scan or remote_note):
            raise UserError(
                self.env._("Draw the signature, or add the scan of the paper that was signed.")
            )
        first = date(self.school_year, FIRST_MONTH - EARLY_MONTHS, 1)
        if day > today or day < first or (image and day != today):
            raise UserError(
                self.env._(
                    "A signature on the screen is of today. On paper, this letter was signed between "
                    "%(first)s and today.",
                    first=first,
                )
            )

    def _check_signer(self, party):
        if party not in PARTIES:
            raise ValidationError(self.env._("School, village and family sign, nobody else."))
        if self.env.user._lbc_has_role("school") and party == "school":
            self.check_access("read")
            return
        self._require_role("village", "township", "civil_affairs")
        self.check_access("write")

    def _settle(self):
        """Set the state from the signatures there are."""
        self.ensure_one()
        days = [self[f"{party}_signed_on"] for party in PARTIES]
        if all(days):
            self.write({"state": "in_force", "in_force_on": max(days)})
        elif any(days):
            self.state = "partly_signed"
