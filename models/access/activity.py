"""Activities follow the data group of their record, like its messages (§C.2).

Core asks for the right to write the record alone; a school writes schooling into a file whose notes it
does not see.
"""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        refused = result[0] if result else self.browse()
        closed_models = self.env["ir.attachment"]._lbc_closed_models()
        closed = (
            (self - refused)
            .sudo()
            .filtered(lambda one: one.res_model in closed_models and one.user_id != self.env.user)
        )
        if operation in ("write", "unlink"):
            closed |= (self - refused).sudo().filtered(lambda one: one._lbc_is_anothers_alarm())
        if not closed:
            return result
        refused |= self.browse(closed.ids)
        return refused, lambda: AccessError(
            self.env._("This activity belongs to data that your department does not see.")
        )

    def _lbc_is_anothers_alarm(self):
        """Return whether the product itself told somebody else of this (sudo; bool): he alone ends it."""
        root = self.env.ref("base.user_root")
        told = self.automated and self.create_uid == root and self.user_id != self.env.user
        return told and hasattr(self.env.get(self.res_model or ""), "_lbc_may_thread")

    @api.model
    def _search(self, domain, *args, **kwargs):
        if not self.env.su and not kwargs.get("bypass_access"):
            closed = self.env["ir.attachment"]._lbc_closed_models()
            own = Domain("user_id", "=", self.env.uid)
            domain = Domain(domain) & (own | Domain("res_model", "not in", closed))
        return super()._search(domain, *args, **kwargs)
