"""The words of an agreement and of its notices, from the texts that administrators keep (B-3.2c, article 23)."""

from odoo import fields, models

from ...lib import ages, placeholders
from ...lib import vocabulary as terms
from ..access import data_groups
from . import document_values as values_of

NOT_ASKED = "未满八周岁，结合其年龄和智力发育程度了解其意愿"


class Agreement(models.Model):
    _name = "lbc.agreement"
    _inherit = ["lbc.agreement", "lbc.document.mixin"]
    _document_kind = placeholders.AGREEMENT

    text = fields.Html(sanitize=False, groups=data_groups.ADDRESS)

    def action_to_sign(self):
        """As in `agreement_steps`; the version of the text is kept with it."""
        result = super().action_to_sign()
        for agreement in self.sudo():  # read-only to everybody
            agreement.template_id = agreement._document_template()
        return result

    def _document_term(self):
        return self.term or super()._document_term()

    def _agreement_text(self):
        """Return the text (Markup) that goes to signing."""
        self.ensure_one()
        agreement = self.sudo()  # the step has checked its caller
        return agreement._document_template()._fill(agreement._document_values())

    def _notice_text(self, kind):
        """Return the text (Markup) of the notice to school or village (kind of template)."""
        self.ensure_one()
        agreement = self.sudo()  # who prints was checked
        return agreement._document_template(kind)._fill(agreement._document_values())

    def _document_values(self):
        self.ensure_one()
        children = self.line_ids.child_id
        profile = self.env["lbc.profile"]._for_county(self.county_id)
        _parents, roles = values_of.parents_of(children)
        values = {
            **values_of.of_place(self.area_id, profile),
            **values_of.of_children(children),
            **values_of.of_parents(self.parent_ids, roles),
            **values_of.of_carer(self.carer_id, self.relation),
            "term": values_of.TERMS.get(self.term, ""),
            "number": values_of.escape(self.name),
            "date_from": values_of.chinese_day(self.date_from),
            "date_to": values_of.chinese_day(self.date_to),
            "reason": values_of.escape(self._reason_words()),
            "child_view": values_of.escape(self._views_of_children()),
        }
        if self.work_place:
            values["work_place"] = values_of.escape(self.work_place)
        return values

    def _reason_words(self):
        """Return why the parents entrust the children (str), in the words of the official form."""
        words = [
            terms.chinese(terms.CARE_REASON, self.reason) if self.reason else "",
            self.reason_note,
        ]
        return "，".join(filter(None, words)) or "外出务工"

    def _views_of_children(self):
        """Return what each child said (str), or that it is too young to be asked."""
        views = []
        for line in self.line_ids:
            birth, day = line.child_id.birth_date, self.date_from or fields.Date.context_today(self)
            young = bool(birth) and ages.age_on(birth, day) < 8
            said = line.view_note or (NOT_ASKED if young else "")
            if said:
                views.append(f"{line.child_id.name}：{said.strip().rstrip('。；')}")
        return "；".join(views) + "。" if views else ""
