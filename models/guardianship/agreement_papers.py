"""From an agreement to its papers: sign on screen, enter signatures, print (B-3.2c, article 23)."""

from odoo import models
from odoo.tools.image import image_data_uri

from . import document_values as values_of

PARTIES = {
    "parent": "甲方（签名）",
    "carer": "乙方（签名）",
    "child": "儿童（签名）",
    "witness": "丙方（签名、盖章）",
}


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
        return {
            "record": agreement,
            "text": agreement._document_text(),
            "blocks": agreement._signature_blocks(),
            "township": agreement.township_id.name,
            "is_draft": agreement.state == "draft",
            "is_void": agreement.state == "cancelled",
            "confirmed_on": values_of.chinese_day(agreement.confirmed_on),
        }

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
        heard = agreement.line_ids.filtered(lambda line: line._is_to_be_heard()).child_id
        people = [("parent", one) for one in agreement.parent_ids]
        people += [("carer", agreement.carer_id)]
        people += [("child", one) for one in heard]
        people += [("witness", self.env["lbc.guardian"])]
        blocks = []
        for who, person in people:
            signature = signed.get((who, person.id or 0), agreement.signature_ids.browse())
            blocks.append(
                {
                    "party": PARTIES[who],
                    "name": person.name or "",
                    "image": image_data_uri(signature.image) if signature.image else False,
                    "on_paper": bool(signature.scan) and not signature.image,
                    "day": values_of.chinese_day(signature.signed_on),
                    "remark": f"异地签署：{signature.remote_note}" if signature.is_remote else "",
                }
            )
        return blocks


class Letter(models.Model):
    _inherit = "lbc.letter"

    def action_sign_on_screen(self):
        """Open the page on which school, village and family sign; a school signs for itself."""
        self.ensure_one()
        self._require_role("village", "township", "civil_affairs", "school")
        self.check_access("read")
        self._require_state("state", "to_sign", "partly_signed")
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
        parties = (
            ("school", "学校（签名、盖章）", letter.school_id.name),
            ("village", "村（居）民委员会（签名、盖章）", letter.area_id.name),
            ("guardian", "家长（监护人）（签名）", letter.guardian_id.name),
        )
        return [
            {
                "party": label,
                "name": name or "",
                "image": image_data_uri(image) if (image := letter[f"{key}_signature"]) else False,
                "on_paper": bool(letter[f"{key}_signed_on"]) and not image,
                "day": values_of.chinese_day(letter[f"{key}_signed_on"]),
                "remark": "异地签署" if key == "guardian" and letter.guardian_remote else "",
            }
            for key, label, name in parties
        ]
