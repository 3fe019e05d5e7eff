"""The page on which an agreement or a letter is signed, one person after the other (domain.md §B.3).

It shows the words that are signed and whose turn it is; who is not there is passed over, who signs
from afar is marked as such.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib import ages


class DocumentSign(models.TransientModel):
    _name = "lbc.document.sign"
    _description = "Sign on Screen"
    _inherit = ["lbc.wizard.mixin"]

    agreement_id = fields.Many2one("lbc.agreement")
    letter_id = fields.Many2one("lbc.letter")
    passed_over = fields.Char(readonly=True)
    text = fields.Html("What Is Signed", compute="_compute_text", sanitize=False)
    signer = fields.Char("Signs Now", compute="_compute_signer")
    progress = fields.Char("Signatures", compute="_compute_signer")
    is_complete = fields.Boolean("Nobody Left to Sign", compute="_compute_signer")
    signed_on = fields.Date(required=True, default=fields.Date.context_today)
    image = fields.Binary("Signature")
    is_remote = fields.Boolean(
        "Signs Remotely", help="By telephone or video; the document says so."
    )
    remote_note = fields.Char("Channel and Witness", help="Channel, time and who witnessed it.")

    def _document(self):
        """Return the agreement or letter (one record) that is signed here.

        :raises UserError: none was chosen
        """
        self.ensure_one()
        document = self.agreement_id or self.letter_id
        if not document:
            raise UserError(
                self.env._("Open the document first and choose “Sign on Screen” there.")
            )
        return document

    @api.depends("agreement_id", "letter_id")
    def _compute_text(self):
        for wizard in self:
            document = wizard.agreement_id or wizard.letter_id
            if document:
                document._check_document()
            wizard.text = document and document._document_text()

    @api.depends("agreement_id", "letter_id", "passed_over")
    def _compute_signer(self):
        for wizard in self:
            parties = wizard._parties()
            waiting = wizard._waiting(parties)
            wizard.signer = waiting[0][1] if waiting else False
            wizard.is_complete = not waiting
            signed = sum(1 for _key, _label, is_signed in parties if is_signed)
            wizard.progress = f"{signed} / {len(parties)}"

    def _waiting(self, parties):
        """Return the parties who have neither signed nor been passed over."""
        passed = set((self.passed_over or "").split())
        return [one for one in parties if not one[2] and one[0] not in passed]

    def _parties(self):
        """Return who signs, in order: (key, name on the page, whether signed)."""
        self.ensure_one()
        if self.agreement_id:
            return self._parties_of_agreement()
        return self._parties_of_letter() if self.letter_id else []

    def _parties_of_agreement(self):
        agreement, day = self.agreement_id.sudo(), fields.Date.context_today(self)
        known = {
            (one.who, one.guardian_id.id or one.child_id.id or 0) for one in agreement.signature_ids
        }
        parties = [("parent", self.env._("Parent"), one) for one in agreement.parent_ids]
        parties += [("carer", self.env._("Carer"), agreement.carer_id)]
        parties += [
            ("child", self.env._("Child"), one)
            for one in agreement.line_ids.child_id
            if one.birth_date and ages.age_on(one.birth_date, day) >= 8
        ]
        witness = self.env["lbc.guardian"]
        parties += [("witness", self.env._("Village witness"), witness)]
        return [
            (
                f"{who}:{person.id or 0}",
                self._label(who_label, person),
                (who, person.id or 0) in known,
            )
            for who, who_label, person in parties
            if person or who == "witness"
        ]

    def _label(self, who, person):
        """Return “Carer: 王桂芳” for who reads names, else the masked one."""
        if not person:
            return f"{who}: {self.env.user.name}"
        clear = self.env.user.has_group("left_behind_children.group_identity_read")
        return f"{who}: {person.name if clear else person.name_masked}"

    def _parties_of_letter(self):
        letter = self.letter_id.sudo()
        parties = [
            ("guardian", self._label(self.env._("Parent or guardian"), letter.guardian_id)),
            ("school", f"{self.env._('School')}: {letter.school_id.name or ''}"),
            ("village", f"{self.env._('Village')}: {letter.area_id.name}"),
        ]
        if self.env.user._lbc_has_role("school"):  # the school signs for itself only
            parties = [one for one in parties if one[0] == "school"]
        return [(key, label, bool(letter[f"{key}_signed_on"])) for key, label in parties]

    def action_sign(self):
        """Keep the signature of whose turn it is and go on to the next.

        :raises UserError: nothing is drawn, nobody is left, or the document is not out for signing
        """
        document = self._document()
        waiting = self._waiting(self._parties())
        if not waiting:
            raise UserError(self.env._("Nobody is left to sign here."))
        if not self.image and not (self.is_remote and self.remote_note):
            raise UserError(
                self.env._(
                    "Draw the signature first. Who signs from afar is marked so, with the channel "
                    "and the witness."
                )
            )
        key = waiting[0][0]
        if self.agreement_id:
            self._sign_agreement(document, key)
        else:
            document._sign(key, self.signed_on, image=self.image, remote=self.is_remote)
        self.write({"image": False, "is_remote": False, "remote_note": False})
        return self._again()

    def _sign_agreement(self, agreement, key):
        who, _colon, person = key.partition(":")
        values = {
            "agreement_id": agreement.id,
            "who": who,
            "signed_on": self.signed_on,
            "image": self.image,
            "is_remote": self.is_remote,
            "remote_note": self.remote_note,
        }
        if who in ("parent", "carer"):
            values["guardian_id"] = int(person)
        elif who == "child":
            values["child_id"] = int(person)
        self.env["lbc.agreement.signature"].create(values)

    def action_pass_over(self):
        """Go on to the next person; this one signs another day."""
        waiting = self._waiting(self._parties())
        if waiting:
            passed = f"{self.passed_over or ''} {waiting[0][0]}".strip()
            self.sudo().passed_over = passed  # set by this step only
        return self._again()

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign on Screen"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }
