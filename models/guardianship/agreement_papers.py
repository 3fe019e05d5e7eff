"""From an agreement to its papers: sign on screen, enter signatures, print (B-3.2c, article 23)."""

from markupsafe import Markup

from odoo import models
from odoo.tools.image import image_data_uri

from . import document_values as values_of
from .vocabulary import CONFIRMED

PARTIES = {
    "parent": "甲方（签名）",
    "carer": "乙方（签名）",
    "child": "儿童（自愿签名）",
    "witness": "丙方（签名、盖章）",
}

# Of an agreement taken over from a census: its paper was signed elsewhere, so no text is made up for it.
SUMMARY = """
<h1 class="lbc_title">农村留守儿童{term}协议登记摘要</h1>
<p style="text-align: right;">编号：{number}</p>
<p>本协议由排查数据转入，原件另存。本摘要仅反映系统登记情况，不是协议文本，不作签署使用。</p>
<p>委托人（儿童的父母）：</p>{parent_table}
<p>被委托人：{carer}，联系电话{carer_phone}，系儿童的{relation}。</p>
<p>儿童：</p>{child_table}
<p>登记的委托期限：自{date_from}起至{date_to}止。</p>
"""


class Agreement(models.Model):
    _inherit = "lbc.agreement"

    def action_sign_on_screen(self):
        """Open the page on which the parties sign, one after the other.

        :raises UserError: the agreement is not out for signing
        """
        self.ensure_one()
        self._require_role("village", "township", "civil_affairs")
        self.check_access("write")
        self._require_state("state", "to_sign")
        sign = self.env["lbc.document.sign"].create({"agreement_id": self.id})
        return sign._again()

    def _open_collect(self):
        """Return the action that enters the signatures of these agreements."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enter Signatures"),
            "res_model": "lbc.agreement.collect",
            "view_mode": "form",
            "target": "new",
            "context": {
                "active_model": self._name,
                "active_ids": self.ids,
                "dialog_size": "extra-large",
            },
        }

    def _paper(self):
        """Return what the printed agreement shows (dict); `_check_document` comes first."""
        self.ensure_one()
        agreement = self.sudo()
        is_summary = not agreement.text and agreement.state in CONFIRMED
        return {
            "record": agreement,
            "text": agreement._summary() if is_summary else agreement._document_text(),
            "blocks": [] if is_summary else agreement._signature_blocks(),
            "township": values_of.office(agreement.township_id),
            "is_draft": agreement.state == "draft",
            "is_void": agreement.state == "cancelled",
            "confirmed_on": values_of.chinese_day(agreement.confirmed_on),
        }

    def _summary(self):
        """Return what is on file (Markup) of an agreement whose text is not: nobody signed a text here."""
        values = {key: one or values_of.BLANK for key, one in self._document_values().items()}
        return Markup(SUMMARY).format_map(values)

    def _notice_paper(self, kind):
        """Return what the printed notice to school or village shows (dict)."""
        self.ensure_one()
        agreement = self.sudo()
        return {
            "record": agreement,
            "text": agreement._notice_text(kind),
            "parents": values_of.names(agreement.parent_ids),
            "term": values_of.TERMS.get(agreement.term, ""),
        }

    def _signature_blocks(self):
        """Return what stands under the printed text: a dict for each party, signed or still to sign.

        Keys: party, name, image (data URI or False), day, remark.
        """
        self.ensure_one()
        agreement = self.sudo()  # who prints was checked
        signed = {
            (one.who, one.guardian_id.id or one.child_id.id or 0): one
            for one in agreement.signature_ids
        }
        blocks = []
        for who, person_id, party, name in agreement._document_signers():
            signature = signed.get((who, person_id), agreement.signature_ids.browse())
            blocks.append(
                {
                    "party": party,
                    "name": name,
                    "image": image_data_uri(signature.image) if signature.image else False,
                    "on_paper": bool(signature.scan) and not signature.image,
                    "day": values_of.chinese_day(signature.signed_on),
                    "remark": f"异地签署：{signature.remote_note}" if signature.is_remote else "",
                }
            )
        return blocks

    def _signing(self):
        self.ensure_one()
        heard = self.line_ids.filtered(lambda line: line._is_to_be_heard()).child_id
        people = [("parent", one) for one in self.parent_ids]
        people += [("carer", one) for one in self.carer_id]
        people += [("child", one) for one in heard]
        signers = [[who, person.id, PARTIES[who], person.name or ""] for who, person in people]
        village = self.organization_id.name or values_of.committee(self.area_id)
        return [*signers, ["witness", 0, PARTIES["witness"], village]]


class Letter(models.Model):
    _inherit = "lbc.letter"

    def action_sign_on_screen(self):
        """Open the page on which school, village and family sign; a school signs for itself."""
        self.ensure_one()
        self._require_role("village", "township", "civil_affairs", "school")
        self.check_access("read")
        self._require_state("state", "to_sign", "partly_signed")
        self._freeze_text()  # what is shown is what is signed
        sign = self.env["lbc.document.sign"].create({"letter_id": self.id})
        return sign._again()

    def _paper(self):
        """Return what the printed letter shows (dict); `_check_document` comes first."""
        self.ensure_one()
        letter = self.sudo()
        return {
            "record": letter,
            "text": letter._document_text(),
            "blocks": letter._signature_blocks(),
            "is_void": letter.state == "cancelled",
        }

    def _signature_blocks(self):
        """Return what stands under the printed letter; see the agreement's."""
        self.ensure_one()
        letter = self.sudo()  # who prints was checked
        remote = f"异地签署：{letter.guardian_remote_note}" if letter.guardian_remote else ""
        blocks = []
        for key, _id, party, name in letter._document_signers():
            day, image = letter[f"{key}_signed_on"], letter[f"{key}_signature"]
            is_remote = key == "guardian" and letter.guardian_remote
            blocks.append(
                {
                    "party": party,
                    "name": name,
                    "image": image_data_uri(image) if image else False,
                    "on_paper": bool(day and letter.scan) and not image and not is_remote,
                    "day": values_of.chinese_day(day),
                    "remark": remote if is_remote else "",
                }
            )
        return blocks

    def _signing(self):
        self.ensure_one()
        return [
            ["school", 0, "学校（签名、盖章）", self.school_id.name or ""],
            ["village", 0, "村（居）民委员会（签名、盖章）", values_of.committee(self.area_id)],
            ["guardian", 0, "家长（监护人）（签名）", self.guardian_id.name or ""],
        ]
