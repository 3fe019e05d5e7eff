"""Who signed an agreement, when and how: on the screen, or on paper with a scan (domain.md §B.3)."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..access import data_groups
from .fixed import refuse_moved
from .vocabulary import SIGNERS

OF_WHOM = ("agreement_id", "who", "guardian_id", "child_id", "user_id")


class AgreementSignature(models.Model):
    _name = "lbc.agreement.signature"
    _description = "Signature under an Agreement"
    _inherit = ["lbc.access.mixin"]
    _order = "agreement_id, who, id"
    _rec_name = "who"
    _thread_group = data_groups.GUARDIANSHIP
    _lbc_data_groups = ("guardianship",)
    _default_write_group = data_groups.WRITE_OF_READ[data_groups.GUARDIANSHIP]
    _journal_changes = True

    agreement_id = fields.Many2one("lbc.agreement", required=True, ondelete="cascade", index=True)
    area_id = fields.Many2one(
        related="agreement_id.area_id", store=True, index=True, precompute=True
    )
    township_id = fields.Many2one(
        related="agreement_id.township_id", store=True, index=True, precompute=True
    )
    county_id = fields.Many2one(
        related="agreement_id.county_id", store=True, index=True, precompute=True
    )
    who = fields.Selection(SIGNERS, "Signs as", required=True)
    guardian_id = fields.Many2one(
        "lbc.guardian", "Person", ondelete="restrict", index="btree_not_null"
    )
    child_id = fields.Many2one("lbc.child", ondelete="restrict", index="btree_not_null")
    user_id = fields.Many2one("res.users", "Witness", ondelete="restrict")
    signed_on = fields.Date(default=fields.Date.context_today, required=True)
    image = fields.Binary(
        "Signature", attachment=True, groups=data_groups.GUARDIANSHIP, help="Drawn on the screen."
    )
    scan = fields.Binary("Scan of the Paper", attachment=True, groups=data_groups.GUARDIANSHIP)
    scan_filename = fields.Char("File Name", groups=data_groups.GUARDIANSHIP)
    is_remote = fields.Boolean(
        "Signed Remotely", help="By telephone or video; the document says so."
    )
    remote_note = fields.Char(
        "How", groups=data_groups.GUARDIANSHIP, help="Channel, time and who witnessed it."
    )

    _person = models.Constraint(
        "CHECK((who IN ('parent', 'carer')) = (guardian_id IS NOT NULL) "
        "AND (who = 'child') = (child_id IS NOT NULL))",
        "A signature belongs to exactly one person: choose who signed.",
    )
    _once = models.UniqueIndex(
        "(agreement_id, who, COALESCE(guardian_id, 0), COALESCE(child_id, 0))",
        "This person has already signed. Take that signature away first.",
    )

    @api.constrains("who", "guardian_id", "child_id", "agreement_id")
    def _check_party(self):
        for signature in self.sudo():
            agreement = signature.agreement_id
            parties = {
                "parent": signature.guardian_id in agreement.parent_ids,
                "carer": signature.guardian_id == agreement.carer_id,
                "child": signature.child_id in agreement.line_ids.child_id,
            }
            if not parties.get(signature.who, True):
                raise ValidationError(
                    self.env._(
                        "%(agreement)s: who signs is not a party of this agreement.",
                        agreement=agreement.display_name,
                    )
                )

    @api.constrains("signed_on", "image")
    def _check_signed_on(self):
        """Nobody signs ahead, nor before there was a text; what is drawn on the screen is drawn today."""
        today = fields.Date.context_today(self)
        for signature in self.sudo():
            agreement, day = signature.agreement_id, signature.signed_on
            if day > today:
                raise ValidationError(
                    self.env._("A signature in the future cannot be entered. Enter it on the day.")
                )
            if signature.scan or agreement.scan:  # the paper itself shows its day
                continue
            if signature.image and day != today:
                raise ValidationError(
                    self.env._(
                        "What is drawn on the screen is signed today. For a paper signed earlier "
                        "add its scan."
                    )
                )
            if agreement.to_sign_on and day < agreement.to_sign_on:
                raise ValidationError(
                    self.env._(
                        "%(agreement)s is out for signing since %(day)s: nobody signed it earlier. "
                        "Correct the day, or add the scan of the paper.",
                        agreement=agreement.display_name,
                        day=agreement.to_sign_on,
                    )
                )

    @api.constrains("who", "image", "scan", "is_remote", "remote_note")
    def _check_shown(self):
        for signature in self.sudo():
            if signature.is_remote and signature.who != "parent":
                raise ValidationError(
                    self.env._(
                        "Only parents sign from afar. Carer, child and witness sign where they are "
                        "seen."
                    )
                )
            if signature.is_remote and not signature.remote_note:
                raise ValidationError(
                    self.env._("Signed remotely: say by which channel, when, and who witnessed it.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Enter signatures; the witness is always whoever enters what was witnessed."""
        signatures = super().create(
            [
                {**vals, "user_id": self.env.uid if vals.get("who") == "witness" else False}
                for vals in vals_list
            ]
        )
        signatures._check_open()
        return signatures

    def write(self, vals):
        self.check_access("write")
        self._refuse_readonly(vals)
        refuse_moved(self, OF_WHOM, vals)
        self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_while_open(self):
        self._check_open()

    def _check_open(self):
        """Refuse signatures under a text that is not out for signing, or is in force already."""
        for signature in self:
            if not self.env.su and signature.agreement_id.state != "to_sign":
                raise UserError(
                    self.env._(
                        "%(agreement)s is not out for signing. Signatures are entered after “To "
                        "Sign” and before it is in force.",
                        agreement=signature.agreement_id.display_name,
                    )
                )

    def _lbc_papers_open(self):
        return super()._lbc_papers_open() and self.agreement_id._lbc_papers_open()

    def _is_shown(self):
        """Return whether something shows that the person signed: drawn, scanned, or remote (bool)."""
        self.ensure_one()
        return bool(self.image or self.scan or self.is_remote or self.agreement_id.scan)

    @api.model
    def _journal_children_sql(self, ids):
        return SQL(
            "SELECT line.child_id FROM lbc_agreement_signature own "
            "JOIN lbc_agreement_line line USING (agreement_id) WHERE own.id = ANY(%s)",
            ids,
        )
