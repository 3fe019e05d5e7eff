"""Papers, photos and messages are part of the file: opening one leaves a row as reading a field does."""

from odoo import api, models

from . import data_groups

_CONTENT = {"raw", "datas", "db_datas", "index_content"}
_TEXT = {"body", "preview", "subject"}


class AccessMixin(models.AbstractModel):
    _inherit = "lbc.access.mixin"

    @api.model
    def _data_groups_of_papers(self, res_field=None):
        """Return the short names (set) of the data groups of a file's field, or of the thread.

        Who keeps a file writes and attaches anything about the child: that is its identity.
        """
        if res_field:
            return self._data_groups_of([res_field])
        if not self._thread_group:
            return set()
        return set(data_groups.short(self._thread_group)) or {self._data_group or "identity"}


def _note_papers(env, papers):
    """Note that papers were opened: (model, id, field or None) of each."""
    for model, res_id, res_field in papers:
        of_model = env.get(model or "")
        if res_id and of_model is not None and hasattr(of_model, "_data_groups_of_papers"):
            groups = of_model._data_groups_of_papers(res_field)
            if groups:
                env["lbc.journal"]._note("read", model, [res_id], groups)


class Attachment(models.Model):
    _inherit = "ir.attachment"

    def _note_opened(self):
        papers = self.sudo()
        _note_papers(self.env, [(one.res_model, one.res_id, one.res_field) for one in papers])

    def _read_format(self, fnames, load="_classic_read"):
        rows = super()._read_format(fnames, load)
        if rows and not self.env.su and _CONTENT & set(fnames):
            self._note_opened()
        return rows

    def _to_http_stream(self):
        # Streamed as superuser once the rights are checked; the user is still the one who asks.
        self._note_opened()
        return super()._to_http_stream()


class Binary(models.AbstractModel):
    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        stream = super()._record_to_stream(record, field_name)
        field = record._fields.get(field_name)
        if record._name != "ir.attachment" and not (field and field.attachment):
            _note_papers(self.env, [(record._name, record.id, field_name)])
        return stream


class Message(models.Model):
    _inherit = "mail.message"

    def _note_opened(self):
        _note_papers(self.env, [(one.model, one.res_id, None) for one in self.sudo()])

    def _read_format(self, fnames, load="_classic_read"):
        rows = super()._read_format(fnames, load)
        if rows and not self.env.su and _TEXT & set(fnames):
            self._note_opened()
        return rows

    def _to_store(self, store, fields, **kwargs):
        result = super()._to_store(store, fields, **kwargs)
        if not self.env.su and any(getattr(one, "field_name", one) == "body" for one in fields):
            self._note_opened()
        return result
