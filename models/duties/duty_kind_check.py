"""What an administrator writes into a kind of duty is checked when it is saved.

Conditions are read as plain lists, never evaluated. They may ask only for what whoever keeps kinds
may read himself: fields without a data group, and those that the evidence names (§C.2), so that the
number of duties tells nothing of a child. Nor may they single one out: by its number in the database, or by a
text that core compares with names.
"""

import psycopg2

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL, mute_logger

from ...lib import domains
from .duty_kind import SUBJECTS

# What core and the database raise about a condition that makes no sense.
SENSELESS = (
    *(ValueError, TypeError, KeyError, NotImplementedError, OverflowError, RecursionError),
    psycopg2.Error,
)
NAMING = {"id", "display_name"}  # fields that tell one record from all others


class DutyKind(models.Model):
    _inherit = "lbc.duty.kind"

    @api.model_create_multi
    def create(self, vals_list):
        kinds = super().create(vals_list)
        kinds._require_evidence()
        return kinds

    def write(self, vals):
        result = super().write(vals)
        if {"active", "evidence_model"} & vals.keys():
            self._require_evidence()
        return result

    def _require_evidence(self):
        """Refuse who keeps kinds one that nothing proves: its duties could never be done (evidence, not ticks).

        No constraint: these run as superuser, as whom rooms ship kinds that their own steps resolve.
        """
        for kind in self if not self.env.su else ():
            if kind.active and not kind.evidence_model:
                raise ValidationError(
                    self.env._(
                        "“%(kind)s”: choose what proves it. A duty is done only by a filed record, "
                        "so that this one would stay open for ever. Whatever has no form of its "
                        "own is proved by an activity.",
                        kind=kind.name,
                    )
                )

    @api.constrains("subject_domain", "subject_type")
    def _check_subject_domain(self):
        for kind in self:
            kind._check_domain("subject_domain", SUBJECTS[kind.subject_type])

    @api.constrains("evidence_domain", "evidence_model", "subject_type", "evidence_date")
    def _check_evidence(self):
        for kind in self.filtered("evidence_model"):
            evidence = self.env[kind.evidence_model]
            if kind.subject_type not in evidence._evidence_subjects:
                types = dict(self._fields["subject_type"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        "“%(kind)s”: records of “%(evidence)s” cannot tell which %(subject)s they "
                        "are about. Choose another evidence or whom the duty concerns.",
                        kind=kind.name,
                        evidence=self._model_name(evidence),
                        subject=types[kind.subject_type],
                    )
                )
            if (kind.evidence_date or kind.evidence_model).split(":")[0] != kind.evidence_model:
                raise ValidationError(
                    self.env._(
                        "“%(kind)s”: “Dated by” belongs to another evidence. Choose it again.",
                        kind=kind.name,
                    )
                )
            kind._check_domain("evidence_domain", kind.evidence_model)

    @api.constrains("period", "event_date", "subject_type", "due_rule", "density")
    def _check_period(self):
        for kind in self:
            event = (kind.event_date or "").split(":")[0]
            if kind.period == "event" and event != kind.subject_type:
                raise ValidationError(
                    self.env._(
                        "“%(kind)s”: choose the day of the event, of whom the duty concerns.",
                        kind=kind.name,
                    )
                )
            by_risk = kind.subject_type in ("child", "household") and kind.period == "month"
            if kind.density == "risk" and not by_risk:
                raise ValidationError(
                    self.env._(
                        "“%(kind)s”: only monthly duties of children and households follow risk.",
                        kind=kind.name,
                    )
                )

    def _check_domain(self, name, model_name):
        """Refuse a condition that cannot be read or asks for protected data; names the culprit."""
        self.ensure_one()
        label = self._fields[name]._description_string(self.env)
        try:
            domain = Domain(domains.parse(self[name]))
            terms = list(domain.iter_conditions())
        except SENSELESS:
            raise ValidationError(
                self.env._(
                    "“%(field)s” is no condition that can be read. Build it with the editor of "
                    "conditions.",
                    field=label,
                )
            ) from None
        for term in terms:
            self._check_term(label, self.env[model_name], term)
        self._try_domain(label, self.env[model_name].sudo(), domain)

    @api.model
    def _try_domain(self, label, model, domain):
        """Refuse a condition that the database cannot answer: types of values are judged there."""
        self.env.flush_all()
        try:
            # A form that is being filled in keeps what it holds in memory: nothing to flush there.
            with self.env.cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
                query = model._search(domain)
                self.env.execute_query(SQL("SELECT count(*) FROM (%s) found", query.select()))
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # another transaction was faster: Odoo begins anew
        except SENSELESS:
            raise ValidationError(
                self.env._(
                    "“%(field)s” cannot be asked: a value or a comparison does not suit its field. "
                    "Build the condition with the editor.",
                    field=label,
                )
            ) from None

    def _check_term(self, label, model, term, first=True):
        """Refuse a condition on a field that is not there or not everybody's, along its path.

        :param first: the model is the one asked, not one that a path leads to
        """
        field = None
        for position, name in enumerate(term.field_expr.split(".")):
            field = model._fields.get(name)
            if field is None:
                raise ValidationError(
                    self.env._(
                        "“%(field)s”: there is no “%(name)s” in “%(model)s”. Build the condition "
                        "with the editor.",
                        field=label,
                        name=name,
                        model=self._model_name(model),
                    )
                )
            if not self._may_ask(model, field, first and position == 0):
                raise ValidationError(
                    self.env._(
                        "“%(field)s”: “%(name)s” is protected data of “%(model)s”; the number of "
                        "duties would tell it. Only fields that everybody may read can be asked.",
                        field=label,
                        name=field._description_string(self.env),
                        model=self._model_name(model),
                    )
                )
            if field.comodel_name:
                model = self.env[field.comodel_name]
        if term.operator.removesuffix("!") in ("any", "not any"):
            for inner in self._inner_terms(label, term):
                self._check_term(label, model, inner, first=False)
        elif field.comodel_name:
            self._check_records(label, field, term.value)

    @api.model
    def _inner_terms(self, label, term):
        """Return the conditions (list) within an `any`."""
        try:
            return list(Domain(term.value).iter_conditions())
        except SENSELESS:
            raise ValidationError(
                self.env._(
                    "“%(field)s” is no condition that can be read. Build it with the editor of "
                    "conditions.",
                    field=label,
                )
            ) from None

    @api.model
    def _check_records(self, label, field, value):
        """Refuse a text where records are meant: core would look for it in their names, also unmasked."""
        values = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
        try:
            plain = all(one is None or isinstance(one, int) for one in values)
        except TypeError:  # a collection that cannot be looked through
            plain = False
        if not plain:
            raise ValidationError(
                self.env._(
                    "“%(field)s”: “%(name)s” is compared with a text; names cannot be asked. Choose "
                    "the records with the editor of conditions.",
                    field=label,
                    name=field._description_string(self.env),
                )
            )

    @api.model
    def _model_name(self, model):
        """Return what users call the records of a model (str), in their language."""
        return self.env["ir.model"]._get(model._name).name

    @api.model
    def _may_ask(self, model, field, first):
        """Return whether conditions may ask for this field of this model (bool)."""
        if first and field.name in getattr(model, "_evidence_filter_fields", ()):
            return True
        if field.name in NAMING:
            return False
        if not model._name.startswith("lbc.") or field.groups:
            return False
        # A model that is a data group as a whole is protected wherever a path leads into it.
        return first or not (
            getattr(model, "_lbc_data_groups", ()) or getattr(model, "_data_group", None)
        )
