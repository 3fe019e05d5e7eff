"""Texts of agreements, letters and notices, edited on a page without code (B-3.2c, B-4.3b; domain.md §B.3).

A text has versions: the one in use is not changed any more, since documents refer to it; a new
version starts as a draft and replaces it. A county's own text goes before the shipped one. What may
stand in a text is a fixed list of placeholders (`lib.placeholders`); nothing of it is executed.
"""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...lib import placeholders
from . import document_values as values_of
from .vocabulary import TERMS

KINDS = [
    ("agreement", "Agreement"),
    ("letter", "Letter of responsibility"),
    ("notice_school", "Notice to the school"),
    ("notice_village", "Notice to the village"),
    ("reminder", "Reminder to parents"),
]


class AgreementTemplate(models.Model):
    _name = "lbc.agreement.template"
    _description = "Text of a Document"
    _inherit = ["lbc.access.mixin", "lbc.journal.changes"]
    _journal_changes = True
    _journal_plain_text = True
    _lbc_export_free = True  # says nothing of a child
    _default_write_group = "left_behind_children.group_forms"
    _order = "kind, term, county_id, version desc, id desc"

    name = fields.Char("Title", required=True, help="Stands above the text.")
    kind = fields.Selection(KINDS, "Document", required=True, default="agreement")
    term = fields.Selection(
        TERMS,
        "For the Term",
        help="Empty: whatever the district calls the arrangement.",
    )
    county_id = fields.Many2one(
        "lbc.area",
        domain="[('level', '=', 'county')]",
        default=lambda self: self.env.user._lbc_counties()[:1],
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: for every county without a text of its own.",
    )
    version = fields.Integer(readonly=True, copy=False, default=1)
    state = fields.Selection(
        [("draft", "Draft"), ("in_use", "In use"), ("retired", "Replaced")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    used_from = fields.Date("In Use from", readonly=True, copy=False)
    body = fields.Html("Text", required=True, sanitize_style=True)
    placeholder_help = fields.Html(
        "What May Stand in the Text", compute="_compute_placeholder_help", sanitize=False
    )

    _one_in_use = models.UniqueIndex(
        "(kind, COALESCE(term, ''), COALESCE(county_id, 0)) WHERE state = 'in_use'",
        "There is already a text in use for this document. Replace it by a new version.",
    )

    @api.depends("name", "version")
    def _compute_display_name(self):
        for template in self:
            template.display_name = self.env._(
                "%(title)s, version %(number)s", title=template.name or "", number=template.version
            )

    @api.depends("kind")
    def _compute_placeholder_help(self):
        for template in self:
            rows = [(f"【{one.word}】", one.sample) for one in placeholders.of_kind(template.kind)]
            template.placeholder_help = Markup("<table class='table table-sm'>{}</table>").format(
                Markup("").join(
                    Markup("<tr><td><b>{}</b></td><td>{}</td></tr>").format(word, sample)
                    for word, sample in rows
                )
            )

    @api.constrains("body", "kind")
    def _check_placeholders(self):
        for template in self:
            faults = placeholders.faults(template.body, template.kind)
            if faults:
                fault, word = faults[0]
                raise ValidationError(template._fault_text(fault, word))

    def _fault_text(self, fault, word):
        """Return the sentence that says what is wrong with a placeholder and what to do."""
        texts = {
            "unknown": self.env._(
                "“%(word)s” is no placeholder. Choose one of the list.", word=word
            ),
            "elsewhere": self.env._(
                "“%(word)s” has no meaning in this kind of document. Take it out.", word=word
            ),
            "formatted": self.env._(
                "“%(word)s”: part of the placeholder is bold, coloured or the like. Delete it and "
                "type it anew.",
                word=word,
            ),
            "inside": self.env._(
                "A placeholder stands within the format of the text: “%(word)s”. Delete that part "
                "and type it anew.",
                word=word,
            ),
            "outside": self.env._(
                "“%(word)s” would be fetched from elsewhere when the text is printed. Take the "
                "picture or style out.",
                word=word,
            ),
            "open": self.env._(
                "A bracket “%(word)s” has no partner. Complete or delete it.", word=word
            ),
        }
        return texts[fault]

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        for template in templates.sudo():  # the number is set by the product
            template.version = template._last_version() + 1
        return templates

    def _last_version(self):
        """Return the highest version (int) of the same document; 0 without one."""
        same = [(name, "=", self[name] or False) for name in ("kind", "term")]
        same += [("county_id", "=", self.county_id.id), ("id", "!=", self.id)]
        ((highest,),) = self._read_group(same, [], ["version:max"])
        return highest or 0

    def write(self, vals):
        if not self.env.su and any(one.state != "draft" for one in self):
            self._refuse_readonly(vals)
            self.check_access("write")
            raise UserError(
                self.env._(
                    "A text that was in use is not changed: documents refer to it. Make a new version."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(one.state != "draft" for one in self):
            raise UserError(
                self.env._("A text that was in use is never deleted. Replace it instead.")
            )

    def action_new_version(self):
        """Copy the text into a draft of the caller's county and open it.

        :raises AccessError: without the function “forms”
        """
        self.ensure_one()
        self._require_group("forms")
        own = self.env.user._lbc_counties()[:1] or self.county_id
        draft = self.copy({"county_id": own.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Version"),
            "res_model": self._name,
            "res_id": draft.id,
            "view_mode": "form",
        }

    def action_use(self):
        """Put a draft in use; what it replaces stays for the documents made from it.

        :raises AccessError: without the function “forms”, or another county's text
        """
        self.ensure_one()
        self._require_group("forms")
        self.check_access("write")
        self._require_state("state", "draft")
        before = self.sudo().search(
            [
                ("kind", "=", self.kind),
                ("term", "=", self.term),
                ("county_id", "=", self.county_id.id),
                ("state", "=", "in_use"),
            ]
        )
        before.write({"state": "retired"})
        before.flush_recordset()  # the database allows one in use
        # The state is written by this step only, hence the sudo after the checks above.
        self.sudo().write({"state": "in_use", "used_from": fields.Date.context_today(self)})
        return True

    @api.model
    def _in_use(self, county, kind, term):
        """Return the template (sudo) for a document of a county: its own before the shipped one.

        :raises UserError: there is none
        """
        found = self.sudo().search(
            [
                ("kind", "=", kind),
                ("state", "=", "in_use"),
                ("term", "in", [term, False]),
                ("county_id", "in", [county.id, False]),
            ]
        )
        best = found.sorted(lambda one: (bool(one.county_id), bool(one.term)), reverse=True)[:1]
        if not best:
            raise UserError(
                self.env._(
                    "No text is in use for this document: %(kind)s. An administrator puts one in "
                    "use under Configuration > Texts of Documents.",
                    kind=dict(self._fields["kind"]._description_selection(self.env))[kind],
                )
            )
        return best

    def _fill(self, values):
        """Return title and text (Markup) with the placeholders filled in from `values` (escaped HTML)."""
        self.ensure_one()
        text = placeholders.fill(str(self.body), values, values_of.BLANK)
        title = Markup('<h1 class="lbc_title">{}</h1>').format(self.name)
        return title + Markup(text)  # noqa: S704  a sanitised text and escaped values

    def _sample(self):
        """Return the text (Markup) with the samples of the placeholders, to see how it will look."""
        return self._fill(
            {one.code: values_of.escape(one.sample) for one in placeholders.PLACEHOLDERS}
        )
