"""The page on which an agreement or a letter is signed, one person after the other (domain.md §B.3).

It shows the words that are signed and whose turn it is; who is not there is passed over, who signs
from afar is marked as such.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError


class DocumentSign(models.TransientModel):
    _name = "lbc.document.sign"
    _description = "Sign on Screen"
    _inherit = ["lbc.wizard.mixin"]

    agreement_id = fields.Many2one("lbc.agreement")
    letter_id = fields.Many2one("lbc.letter")
    passed_over = fields.Char(readonly=True)
    text = fields.Html("What Is Signed", compute="_compute_text", sanitize=False)
    signer = fields.Char("Signs Now", compute="_compute_signer")
    progress = fields.Char("Signed So Far", compute="_compute_signer")
    is_complete = fields.Boolean("Nobody Left to Sign", compute="_compute_signer")
    image = fields.Binary("Signature")
    is_on_paper = fields.Boolean("Signed on Paper", help="At the meeting; the scan shows it.")
    signed_on = fields.Date("Signed on the Paper on", default=fields.Date.context_today)
    scan = fields.Binary("Scan of the Paper", help="Or a photo of the signed page; once is enough.")
    scan_filename = fields.Char("File Name")
    has_scan = fields.Boolean(compute="_compute_signer")
    is_family = fields.Boolean("A Parent Signs", compute="_compute_signer")
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
            wizard.is_family = bool(waiting) and waiting[0][0].startswith(("parent", "guardian"))
            signed = sum(1 for _key, _label, is_signed in parties if is_signed)
            wizard.progress = f"{signed} / {len(parties)}"
            wizard.has_scan = wizard._has_scan()

    def _has_scan(self):
        """Return whether the signed paper is with the document already (bool)."""
        document = (self.agreement_id or self.letter_id).sudo().with_context(bin_size=True)
        return bool(document.scan)

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
        agreement = self.agreement_id.sudo()
        known = {
            (one.who, one.guardian_id.id or one.child_id.id or 0) for one in agreement.signature_ids
        }
        parties = [("parent", self.env._("Parent"), one) for one in agreement.parent_ids]
        parties += [("carer", self.env._("Entrusted person"), agreement.carer_id)]
        parties += [
            ("child", self.env._("Child (if it wishes)"), one)
            for one in agreement.line_ids.filtered(lambda line: line._is_to_be_heard()).child_id
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
        clear = self.env.user.has_group("left_behind_children.group_identity_read")
        name = person.name if clear else person.name_masked
        return self._turn(who, name if person else self.env.user.name)

    def _turn(self, who, name):
        return self.env._("%(who)s: %(name)s", who=who, name=name or "")

    def _parties_of_letter(self):
        letter = self.letter_id.sudo()
        parties = [
            ("guardian", self._label(self.env._("Parent or guardian"), letter.guardian_id)),
            ("school", self._turn(self.env._("School"), letter.school_id.name)),
            ("village", self._turn(self.env._("Village"), letter.area_id.name)),
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
        key = waiting[0][0]
        how = self._how()
        if self.agreement_id:
            self._sign_agreement(document, key, how)
        else:
            is_remote = how.pop("is_remote")
            how["remote_note"] = is_remote and how["remote_note"]
            document._sign(key, how.pop("signed_on"), **how)
        # Each signature of an agreement keeps the paper, a letter keeps it once.
        scan = self.agreement_id and self.scan
        self.write({"image": False, "scan": scan, "is_remote": False, "remote_note": False})
        return self._again()

    def _how(self):
        """Return how who signs now does it (dict): drawn today, on paper another day, or from afar.

        :raises UserError: nothing of it shows the signature
        """
        shown = (self.scan or self._has_scan()) if self.is_on_paper else self.image
        if not shown and not (self.is_remote and self.remote_note):
            raise UserError(
                self.env._(
                    "Draw the signature first, or add the scan of the signed paper. Who signs from "
                    "afar is marked so, with the channel and the witness."
                )
            )
        today = fields.Date.context_today(self)
        return {
            "signed_on": self.signed_on or today if self.is_on_paper else today,
            "image": False if self.is_on_paper else self.image,
            "scan": self.is_on_paper and self.scan,
            "is_remote": self.is_remote,
            "remote_note": self.is_remote and self.remote_note,
        }

    def _sign_agreement(self, agreement, key, how):
        who, _colon, person = key.partition(":")
        values = {"agreement_id": agreement.id, "who": who, **how}
        if values["scan"]:
            values["scan_filename"] = self.scan_filename
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
