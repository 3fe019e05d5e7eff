"""What was filed stays as it was: its papers are neither replaced, deleted nor published, its messages neither edited
nor deleted (architecture, idea 2).
"""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

# Steps set these as superuser: they publish a paper, hang it elsewhere or replace its content.
_SET_BY_STEPS = {
    *("public", "access_token", "res_model", "res_id", "res_field", "type", "url"),
    *("raw", "datas", "db_datas", "store_fname", "checksum", "mimetype"),
}
_PUBLISHES = ("public", "access_token")


class AccessMixin(models.AbstractModel):
    _inherit = "lbc.access.mixin"

    def _lbc_papers_open(self):
        """Return whether papers may still be added to the record (superuser) and deleted (bool)."""
        return True

    @api.model
    def _lbc_paper_fields(self):
        """Return the fields by which records of this model point at papers."""
        return [
            field
            for field in self._fields.values()
            if field.type == "many2many" and field.store and field.comodel_name == "ir.attachment"
        ]


class ThreadMixin(models.AbstractModel):
    _inherit = "lbc.thread.mixin"

    def _check_can_update_message_content(self, messages):
        """Refuse the page's editing and deleting of messages, which core writes as superuser."""
        raise UserError(_stays_text(self.env))


class Message(models.Model):
    _inherit = "mail.message"

    def write(self, vals):
        self._check_stays()
        return super().write(vals)

    def unlink(self):
        self._check_stays()
        return super().unlink()

    def _check_stays(self):
        if not self.env.su and any(_is_ours(self.env, one.model) for one in self.sudo()):
            raise AccessError(_stays_text(self.env))


class Attachment(models.Model):
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                if _is_ours(self.env, vals.get("res_model")) and any(map(vals.get, _PUBLISHES)):
                    self._refuse_publishing()
        papers = super().create(vals_list)
        papers._check_open()
        return papers

    def write(self, vals):
        if not self.env.su and vals:
            owners = self._lbc_owners()
            models_ = {vals.get("res_model"), *self.sudo().mapped("res_model")}
            ours = owners or any(_is_ours(self.env, model) for model in models_)
            if ours and _SET_BY_STEPS & set(vals):
                self._refuse_publishing()
            self._check_open(owners)
        return super().write(vals)

    def unlink(self):
        if not self.env.su:
            owners = self._lbc_owners()
            self._check_open(owners)
            self._note_deleted(owners)
        return super().unlink()

    def _post_add_create(self, **kwargs):
        self.sudo(False)._check_open()  # the page of messages uploads as superuser
        return super()._post_add_create(**kwargs)

    def _delete_and_notify(self, message=None):
        papers = self.sudo(False)  # the page of messages deletes as superuser
        owners = papers._lbc_owners()
        papers._check_open(owners)
        papers._note_deleted(owners)
        return super()._delete_and_notify(message)

    def _lbc_owners(self):
        """Return the product's records (list of recordsets, superuser) that these papers belong to or hang at."""
        owners = []
        for model, papers in self.sudo().grouped("res_model").items():
            if _is_ours(self.env, model):
                ids = [one for one in papers.mapped("res_id") if one]
                owners.append(self.env[model].sudo().browse(ids).exists())
        for name in self.env.registry.descendants(["lbc.access.mixin"], "_inherit"):
            model = self.env[name].sudo().with_context(active_test=False)
            for field in () if model._abstract or model._transient else model._lbc_paper_fields():
                owners.append(model.search([(field.name, "in", self.ids)]))
        return [records for records in owners if records]

    def _check_open(self, owners=None):
        """Refuse papers of records that were filed.

        :raises AccessError: says what can be done instead
        """
        if self.env.su:
            return
        for records in self._lbc_owners() if owners is None else owners:
            if not all(one._lbc_papers_open() for one in records):
                raise AccessError(
                    self.env._(
                        "Papers of what was filed stay as they are. Withdraw it and enter it "
                        "again, or write a message."
                    )
                )

    def _note_deleted(self, owners):
        for records in owners:
            groups = records._data_groups_of_papers()
            children = records._journal_child_ids()
            self.env["lbc.journal"]._note("unlink", self._name, self.ids, groups, children=children)

    def _refuse_publishing(self):
        raise AccessError(
            self.env._(
                "A paper of a file is not published, moved or replaced. Delete it where the file "
                "is still a draft, and add the right one."
            )
        )


def _is_ours(env, model):
    """Return whether a model's name (or False) is that of one of the product's models (bool)."""
    return env.get(model or "") is not None and hasattr(env[model], "_lbc_papers_open")


def _stays_text(env):
    return env._("Messages about a file stay as they were sent. Write another one to correct it.")
