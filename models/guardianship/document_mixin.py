"""A document whose text is kept as it was signed: printing it again gives the same words (B-3.2c).

Until it goes to signing the text follows the template in use and the record; then it is stored with
those who sign it, by the names of that day, and a digest of both; nothing changes them any more. The
digest's short code stands on every page, so that paper and record can be compared.
"""

import json

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib import digest
from ..access import data_groups


class DocumentMixin(models.AbstractModel):
    _name = "lbc.document.mixin"
    _description = "Text Kept as Signed"
    _document_kind = None  # kind of `lbc.agreement.template`
    # Names, numbers, telephones and who cares: all of them stand in such a text.
    _document_groups = (
        data_groups.IDENTITY,
        data_groups.PARENT_CONTACT,
        data_groups.GUARDIANSHIP,
    )

    template_id = fields.Many2one(
        "lbc.agreement.template",
        "Made from",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    text = fields.Html(
        "Text as Signed",
        readonly=True,
        copy=False,
        sanitize=False,  # made here from a sanitised template and escaped values
        groups=data_groups.ADDRESS,  # who reads addresses reads all that stands in it
    )
    signers = fields.Text(
        "Who Signs, as Printed", readonly=True, copy=False, groups=data_groups.ADDRESS
    )
    text_digest = fields.Char("Digest of the Text", readonly=True, copy=False)
    check_code = fields.Char(compute="_compute_check_code", help="Stands on every printed page.")

    @api.depends("text_digest")
    def _compute_check_code(self):
        for record in self:
            record.check_code = record.text_digest and digest.short_code(record.text_digest)

    def _document_values(self):
        """Return {code of a placeholder: HTML} of this record (sudo)."""
        raise NotImplementedError

    def _signing(self):
        """Return who signs this record (sudo) now: lists of key, id of the person or 0, party, name."""
        raise NotImplementedError

    def _document_signers(self):
        """Return who signs, as `_signing` does: as it was frozen with the text, or as of now."""
        self.ensure_one()
        record = self.sudo()  # who prints was checked
        return json.loads(record.signers) if record.signers else record._signing()

    def _document_term(self):
        """Return the term (value of the profile's `term_care`) for which a text is chosen."""
        return self.env["lbc.profile"]._for_county(self.county_id).term_care

    def _document_template(self, kind=None):
        """Return the template (sudo) in use for this record.

        :raises UserError: there is none; the text says where to make one
        """
        self.ensure_one()
        return self.env["lbc.agreement.template"]._in_use(
            self.county_id, kind or self._document_kind, self._document_term()
        )

    def _document_text(self):
        """Return the text (Markup): as signed, or as it would be signed now."""
        self.ensure_one()
        record = self.sudo()  # who prints was checked; the values come from several data groups
        if record.text:
            return Markup(record.text)  # noqa: S704  made by `_fill`, never typed
        return record._document_template()._fill(record._document_values())

    def _freeze_text(self):
        """Store the text with its digest, unless it is stored already."""
        for record in self.sudo():
            if record.text:
                continue
            template = record._document_template()
            record.write(
                {
                    "template_id": template.id,
                    "text": template._fill(record._document_values()),
                    "signers": json.dumps(record._signing(), ensure_ascii=False),
                }
            )
            # Over what was stored, so that whatever the field does to the text is part of it.
            record.text_digest = record._digest_of_text()

    def _digest_of_text(self):
        """Return the digest (str) of text and signers (sudo); texts of earlier versions have no signers."""
        text = str(self.text)
        return digest.sha256([text, self.signers] if self.signers else text)

    def _thaw_text(self):
        """Forget the stored text, which nobody has signed; the next one follows the record again."""
        self.sudo().write(
            {"text": False, "signers": False, "text_digest": False, "template_id": False}
        )

    def _check_document(self):
        """Refuse to show or print a text to who may not read all of it, or a text that was altered.

        :raises AccessError: the record is not the caller's to read
        :raises UserError: one of the data groups in it is not his; the stored text does not agree
            with its digest
        """
        self.check_access("read")
        user = self.env.user
        if not self.env.su and not all(user.has_group(one) for one in self._document_groups):
            raise UserError(
                self.env._(
                    "This document holds names, telephones and carers, which your department does "
                    "not read. Ask the village or the township for what you need."
                )
            )
        for record in self.sudo():
            if record.text and record._digest_of_text() != record.text_digest:
                raise UserError(
                    self.env._(
                        "%(document)s: the stored text is not the one that was signed. Compare it "
                        "with the paper and tell the data protection officer.",
                        document=record.display_name,
                    )
                )
