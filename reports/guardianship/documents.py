"""What the printed documents of the room show; who prints is checked and written down (B-3.2c, article 23)."""

from odoo import api, models

GROUPS = ("identity", "parent_contact", "guardianship")


def note_print(records, groups=GROUPS):
    """Write into the journal that these records were printed."""
    if records:
        records.env["lbc.journal"]._note("print", records._name, records.ids, groups)


class AgreementDocument(models.AbstractModel):
    _name = "report.left_behind_children.agreement_document"
    _description = "Agreement"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the agreements with the words as they were signed, and the signatures.

        :raises AccessError: not the caller's to read
        :raises UserError: he does not read all that stands in it, or a text was altered
        """
        agreements = self.env["lbc.agreement"].browse(docids)
        for agreement in agreements:
            agreement._check_document()
        note_print(agreements)
        return {"docs": [one._paper() for one in agreements]}


class LetterDocument(models.AbstractModel):
    _name = "report.left_behind_children.letter_document"
    _description = "Letter of Responsibility"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the letters with the words as they were signed, and the signatures; errors as above.

        The first print keeps the words: people sign that paper.
        """
        letters = self.env["lbc.letter"].browse(docids)
        for letter in letters:
            letter._check_document()
        letters.filtered(lambda one: one.state != "cancelled")._freeze_text()
        note_print(letters)
        return {"docs": [one._paper() for one in letters]}


class NoticeDocument(models.AbstractModel):
    """Base of the two notices that article 23 asks of the parents."""

    _name = "lbc.notice.document"
    _description = "Notice of an Agreement"
    _notice_kind = None

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the notices of the agreements; errors as above."""
        agreements = self.env["lbc.agreement"].browse(docids)
        for agreement in agreements:
            agreement._check_document()
        note_print(agreements)
        return {"docs": [one._notice_paper(self._notice_kind) for one in agreements]}


class NoticeSchoolDocument(models.AbstractModel):
    _name = "report.left_behind_children.notice_school_document"
    _inherit = ["lbc.notice.document"]
    _description = "Notice to the School"
    _notice_kind = "notice_school"


class NoticeVillageDocument(models.AbstractModel):
    _name = "report.left_behind_children.notice_village_document"
    _inherit = ["lbc.notice.document"]
    _description = "Notice to the Village"
    _notice_kind = "notice_village"


class ReminderDocument(models.AbstractModel):
    _name = "report.left_behind_children.reminder_document"
    _description = "Reminder to Parents"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return one reminder for each family of the children; errors as above, or nothing is missing."""
        children = self.env["lbc.child"].browse(docids)
        papers = children._reminders()
        note_print(children, (*GROUPS, "visits"))
        return {"docs": papers}


class TemplateDocument(models.AbstractModel):
    _name = "report.left_behind_children.template_document"
    _description = "Sample of a Text"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the texts with samples for the placeholders."""
        templates = self.env["lbc.agreement.template"].browse(docids)
        templates.check_access("read")
        return {"docs": [{"record": one, "text": one._sample()} for one in templates]}
