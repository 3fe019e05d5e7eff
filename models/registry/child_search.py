"""Search before create (§C.6 case 8): whom a new child resembles, inside and outside one's area."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...lib import identity, names
from ..access.data_groups import WRITE_FILE


class Child(models.Model):
    _inherit = "lbc.child"

    resemblance = fields.Text(
        compute="_compute_resemblance",
        help="Children with the same number, or the same name and birth date.",
    )

    @api.depends("id_number", "name", "birth_date")
    @api.depends_context("uid")
    def _compute_resemblance(self):
        writes = self.env.su or self.env.user.has_group(WRITE_FILE)
        for child in self:
            if not writes:  # nothing to enter, nothing to compare; the others search openly
                child.resemblance = False
                continue
            # Judging a new child needs its own identity, not the right to read it.
            own = child.sudo()
            found = self._find_similar(own.id_number, own.name, own.birth_date) - child._origin
            child.resemblance = found.with_env(self.env)._tell_similar() or False

    def _tell_similar(self):
        """Return the lines about these children; those outside the area are noted once an hour.

        A form is not closed by the hour's limit: it says so instead of the line.
        """
        inside, outside = self._split_by_reach()
        lines = [self._describe_similar(one) for one in inside]
        if outside:
            asker = self.browse(outside.ids)
            try:
                if not asker._was_told():
                    asker._note_lookup(ids=outside.ids)
                lines += [self._describe_similar(one) for one in outside]
            except UserError as refused:
                lines.append(str(refused))
        return "\n".join(lines)

    @api.model
    def _find_similar(self, id_number, name, birth_date):
        """Return the children (sudo) with the number, or with the name and birth date.

        :param id_number: text as typed, or False
        :param name: text as typed, or False
        :param birth_date: date or False
        """
        domains = []
        if id_number:
            known = self._parse_number(id_number)
            number = known.number if known else identity.normalise(id_number)
            domains.append(Domain("id_number", "=", number))
        if name and birth_date:
            clean = names.normalise_name(name)
            domains.append(Domain("name", "=", clean) & Domain("birth_date", "=", birth_date))
        if not domains:
            return self.sudo().browse()
        domain = Domain.OR(domains) & Domain("state", "!=", "void")
        return self.sudo().search(domain, limit=5)  # outside one's area: the masks below

    @api.model
    def _describe_similar(self, child):
        """Return one line: file number, masked name, township, and nothing more (case 8)."""
        return self.env._(
            "%(child)s, %(township)s",
            child=child.display_name,
            township=child.township_id.name or "",
        )

    @api.model
    def find_similar(self, id_number=False, name=False, birth_date=False):
        """Return a list of texts, one per resembling child: number of file, masked name, township.

        :param birth_date: date or ISO text
        :raises AccessError: the caller's department may not search outside its area
        :raises UserError: too many searches within the last hour
        """
        self._require_group("break_glass")
        found = self._find_similar(id_number, name, fields.Date.to_date(birth_date))
        self._note_lookup(ids=found.ids)
        return [self._describe_similar(child) for child in found]

    @api.constrains("id_number", "state")
    def _check_number_free(self):
        """Say who holds the number, before the database refuses it without a name."""
        for child in self.sudo():
            if not child.id_number or child.state == "void":
                continue
            other = self.sudo().search(
                [
                    ("id_number", "=", child.id_number),
                    ("id", "!=", child.id),
                    ("state", "!=", "void"),
                ],
                limit=1,
            )
            if other:
                self.browse(other.id)._refuse_number_of()

    def _refuse_number_of(self):
        """Raise that the number of this child is taken; say where only to whom it may be told."""
        asker = self.sudo(False)  # also where a step of the server writes for the user
        _inside, outside = asker._split_by_reach()
        if outside:
            asker._note_failed_lookup(ids=outside.ids)
        if outside and not asker._may_be_told():
            raise ValidationError(self.env._("This number is already on file. Ask your township."))
        other = self.sudo()
        raise ValidationError(
            self.env._(
                "This identity number already belongs to %(other)s. Do not create the "
                "child again: ask %(township)s to hand it over, or correct the number.",
                other=self._describe_similar(other),
                township=other.township_id.name or "",
            )
        )
