"""What a child and an adult have in common: name, number, sex, birth date, and their masks.

`display_name` is the number of the file and the masked name, the same for everybody, stored: mails,
activities, tracked values and error messages can carry it (architecture, idea 4).
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...lib import identity, masks, names
from ..access import data_groups
from .vocabulary import SEX


class PersonMixin(models.AbstractModel):
    _name = "lbc.person.mixin"
    _description = "Person"
    _number_sequence = None  # code of the ir.sequence that numbers the files

    file_number = fields.Char(readonly=True, copy=False, index=True)
    name = fields.Char("Full Name", required=True, groups=data_groups.IDENTITY)
    name_masked = fields.Char(
        "Masked Name", compute="_compute_name_parts", store=True, precompute=True
    )
    name_initials = fields.Char(
        "Pinyin Initials",
        compute="_compute_name_parts",
        store=True,
        precompute=True,
        groups=data_groups.IDENTITY,
    )
    display_name = fields.Char(
        compute="_compute_display_name",
        search="_search_display_name",
        store=True,
        precompute=True,
        index=False,
    )
    id_number = fields.Char("Identity Number", copy=False, groups=data_groups.IDENTITY)
    id_number_masked = fields.Char(
        "Masked Identity Number", compute="_compute_id_number_parts", store=True, precompute=True
    )
    id_status = fields.Selection(
        [
            ("missing", "No number"),
            ("valid", "Plausible"),
            ("doubtful", "To be checked with the police"),
        ],
        "State of the Number",
        compute="_compute_id_number_parts",
        store=True,
        precompute=True,
    )
    sex = fields.Selection(
        SEX, compute="_compute_from_number", store=True, readonly=False, precompute=True
    )
    birth_date = fields.Date(
        compute="_compute_from_number",
        store=True,
        readonly=False,
        precompute=True,
        groups=data_groups.IDENTITY,
    )

    @api.depends("name")
    def _compute_name_parts(self):
        for person in self:
            person.name_masked = masks.mask_name(person.name or "")
            person.name_initials = names.pinyin_initials(person.name or "")

    @api.depends("file_number", "name_masked")
    def _compute_display_name(self):
        for person in self:
            parts = (person.file_number, person.name_masked)
            person.display_name = " ".join(part for part in parts if part)

    @api.depends("id_number")
    def _compute_id_number_parts(self):
        for person in self:
            person.id_number_masked = masks.mask_id(person.id_number or "")
            person.id_status = self._status_of_number(person.id_number)

    @api.depends("id_number")
    def _compute_from_number(self):
        for person in self:
            known = self._parse_number(person.id_number)
            person.birth_date = known.birth_date if known else person.birth_date
            person.sex = known.sex if known else person.sex

    @api.model
    def _parse_number(self, number):
        """Return the `lib.identity.IdNumber` of a number (str), or None where it is none."""
        try:
            return identity.parse(number) if number else None
        except identity.IdNumberError:
            return None

    @api.model
    def _status_of_number(self, number):
        """Return the value of `id_status` for a number (str or False)."""
        if not number:
            return "missing"
        return "valid" if self._parse_number(number) else "doubtful"

    @api.model
    def _normalise_person(self, vals):
        """Return a copy of `vals` with name and number as they are stored."""
        vals = dict(vals)
        if vals.get("name"):
            vals["name"] = names.normalise_name(vals["name"])
        if vals.get("id_number"):
            number = identity.normalise(vals["id_number"])
            known = self._parse_number(number)
            vals["id_number"] = known.number if known else number
        elif "id_number" in vals:
            vals["id_number"] = False  # an empty text would count as a number in the unique index
        return vals

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._normalise_person(vals) for vals in vals_list]
        numbers = iter(self.env["ir.sequence"]._lbc_take(self._number_sequence, len(vals_list)))
        for vals in vals_list:
            vals["file_number"] = next(numbers)
        return super().create(vals_list)

    def write(self, vals):
        return super().write(self._normalise_person(vals))

    @api.constrains("id_number", "birth_date", "sex")
    def _check_number_agrees(self):
        for person in self.sudo():  # whoever may write one of the three may not read all of them
            known = self._parse_number(person.id_number)
            if known and person.birth_date and known.birth_date != person.birth_date:
                raise ValidationError(
                    self.env._(
                        "%(person)s: the birth date does not agree with the identity number. "
                        "Correct whichever is wrong.",
                        person=person.display_name,
                    )
                )
            if known and person.sex and known.sex != person.sex:
                raise ValidationError(
                    self.env._(
                        "%(person)s: the sex does not agree with the identity number (its "
                        "17th digit is odd for a man, even for a woman). Correct whichever is wrong.",
                        person=person.display_name,
                    )
                )

    @api.model
    def _search_display_name(self, operator, value):
        """Search by what the caller may read: the number of the file, and, with the right to
        identities, name prefix, pinyin initials and any part of the identity number.
        """
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        if not isinstance(value, str):
            return Domain("file_number", operator, value)
        text = names.normalise_name(value)
        if not text:
            return Domain.TRUE
        found = Domain("file_number", "=ilike", f"%{text}%") if text.isascii() else Domain.FALSE
        if not self._may_read_identity():
            return found | Domain("name_masked", "=", text)
        if not text.isascii():
            return found | Domain("name", "=like", f"{_escaped(text)}%")
        if text.isalpha():
            found |= Domain("name_initials", "=like", f"{_escaped(text.lower())}%")
        number = identity.normalise(text)
        if len(number) >= 4:
            found |= Domain("id_number", "=like", f"%{_escaped(number)}%")
        return found

    @api.model
    def _may_read_identity(self):
        return self.env.su or self.env.user.has_group(data_groups.IDENTITY)


def _escaped(text):
    """Return the text with the wild cards of LIKE made literal."""
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
