"""The words of an agreement and of its notices, from the texts that administrators keep (B-3.2c, article 23)."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...lib import placeholders
from ...lib import vocabulary as terms
from . import document_values as values_of
from .vocabulary import CONFIRMED

NOTICES = ("notice_school_on", "notice_village_on")
NOT_ASKED = "未满八周岁，未单独征询其意愿"


class Agreement(models.Model):
    _name = "lbc.agreement"
    _inherit = ["lbc.agreement", "lbc.document.mixin"]
    _document_kind = placeholders.AGREEMENT

    @api.constrains("notice_school_on", "notice_village_on")
    def _check_notices(self):
        today = fields.Date.context_today(self)
        for agreement in self:
            given = filter(None, (agreement.notice_school_on, agreement.notice_village_on))
            first = min(filter(None, (agreement.to_sign_on, agreement.date_from)), default=today)
            if any(not first <= day <= today for day in given):
                raise ValidationError(
                    self.env._(
                        "%(agreement)s: a notice was given between %(first)s and today. Correct the "
                        "day.",
                        agreement=agreement.display_name,
                        first=first,
                    )
                )

    def write(self, vals):
        emptied = [name for name in NOTICES if name in vals and not vals[name]]
        if emptied and not self.env.su:
            for agreement in self:
                if agreement.state in CONFIRMED and any(agreement[name] for name in emptied):
                    raise UserError(
                        self.env._(
                            "%(agreement)s: the day of a notice that was given is corrected, not "
                            "taken away.",
                            agreement=agreement.display_name,
                        )
                    )
        return super().write(vals)

    def action_back_to_draft(self):
        """As in `agreement_steps`; the text follows the record again."""
        result = super().action_back_to_draft()
        self._thaw_text()
        return result

    def _document_term(self):
        return self.term or super()._document_term()

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
            said = line.view_note or ("" if line._is_to_be_heard() else NOT_ASKED)
            if said:
                views.append(f"{line.child_id.name}：{said.strip().rstrip('。；')}")
        return "；".join(views) + "。" if views else ""
