"""A document whose text is kept as it was signed: printing it again gives the same words (B-3.2c).

Until it goes to signing the text follows the template in use and the record; then it is stored with
its digest, and nothing changes it any more. The digest's short code stands on every page, so that
paper and record can be compared.
"""

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
    text_digest = fields.Char("Digest of the Text", readonly=True, copy=False)
    check_code = fields.Char(compute="_compute_check_code", help="Stands on every printed page.")

    @api.depends("text_digest")
    def _compute_check_code(self):
        for record in self:
            record.check_code = record.text_digest and digest.short_code(record.text_digest)

    def _document_values(self):
        """Return {code of a placeholder: HTML} of this record (sudo)."""
        raise NotImplementedError

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
                {"template_id": template.id, "text": template._fill(record._document_values())}
            )
            # Over what was stored, so that whatever the field does to the text is part of it.
            record.text_digest = digest.sha256(str(record.text))

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
            if record.text and digest.sha256(str(record.text)) != record.text_digest:
                raise UserError(
                    self.env._(
                        "%(document)s: the stored text is not the one that was signed. Compare it "
                        "with the paper and tell the data protection officer.",
                        document=record.display_name,
                    )
                )
