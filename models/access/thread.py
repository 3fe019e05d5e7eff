"""Messages and papers follow the data group of their record (§C.2): what people write and attach is not masked.

`_thread_group` of a model is the group that reads and writes its messages, activities and
attachments, on top of the rights on the record. Fields that hold files follow their own data group.
"""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class AccessMixin(models.AbstractModel):
    _inherit = "lbc.access.mixin"
    _thread_group = None  # None: whoever reads the record

    @api.model
    def _lbc_may_thread(self):
        """Return whether the user may see messages and papers of this model's records (bool)."""
        group = self._thread_group
        return self.env.su or not group or self.env.user.has_group(group)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        if not self._lbc_may_thread():
            return {}
        return super()._mail_get_operation_for_mail_message_operation(message_operation)


class ThreadMixin(models.AbstractModel):
    """`mail.thread` beside `lbc.access.mixin`: nobody posts, follows or is told past it."""

    _name = "lbc.thread.mixin"
    _description = "Messages within the Data Group"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    def message_post(self, **kwargs):
        self._check_thread()
        return super().message_post(**kwargs)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        self._check_thread()
        return super().message_subscribe(partner_ids, subtype_ids)

    def _check_thread(self):
        if not self._lbc_may_thread():
            raise AccessError(
                self.env._("Messages about this file are for those who keep it. You read it only.")
            )

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Tell only those who may read the record today: followers move away, postings end."""
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        return [one for one in recipients if not self or self._may_be_notified(one["uid"])]

    def _may_be_notified(self, user_id):
        if not user_id:
            return False  # nobody outside the staff is written to about a child
        record = self.with_user(user_id)
        return record._lbc_may_thread() and record.has_access("read")


class Attachment(models.Model):
    _inherit = "ir.attachment"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        refused = result[0] if result else self.browse()
        closed = (self - refused).sudo().filtered(lambda one: one._lbc_is_closed(self, operation))
        if not closed:
            return result
        refused |= self.browse(closed.ids)
        return refused, lambda: AccessError(
            self.env._("This paper belongs to data that your department does not see.")
        )

    def _lbc_is_closed(self, asking, operation):
        """Return whether this attachment (sudo) is outside the data groups of who asks (bool)."""
        model = asking.env.get(self.res_model or "")
        if model is None or not hasattr(model, "_lbc_may_thread"):
            return False
        if self.res_field:
            field = model._fields.get(self.res_field)
            mode = "read" if operation == "read" else "write"
            return field is None or not model._has_field_access(field, mode)
        return bool(self.res_id) and not model._lbc_may_thread()

    @api.model
    def _search(self, domain, *args, **kwargs):
        domain = Domain(domain)
        if not self.env.su and not kwargs.get("bypass_access"):
            opened = Domain("res_model", "not in", self._lbc_closed_models())
            named = {condition.field_expr for condition in domain.iter_conditions()}
            if named & {"id", "res_field"}:  # files in fields: each field has its own data group
                opened |= Domain("res_field", "!=", False)
            domain &= opened
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _lbc_closed_models(self):
        """Return the names of the product's models whose papers the user does not see."""
        names = self.env.registry.descendants(["lbc.access.mixin"], "_inherit")
        return sorted(name for name in names if not self.env[name]._lbc_may_thread())
