"""Ask everything, compare with the matrix, and say where the two differ."""

import resource
from collections import Counter
from dataclasses import dataclass

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tools import mute_logger

from . import operations
from .operations import ALLOWED, REFUSED, UNCLEAR

# What they say of each refusal would fill the log.
QUIET = (
    "odoo.sql_db",
    "odoo.models",
    "odoo.addons.base.models.ir_model",
    "odoo.addons.base.models.ir_rule",
)


def clock():
    """Return the processor seconds used; the time of day stands still in these tests."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


@dataclass(frozen=True)
class Difference:
    """One answer that is not what the matrix says."""

    model: str
    role: str
    place: str
    operation: str
    field: str
    expected: str
    got: str

    def __str__(self):
        what = f"{self.model}.{self.field}" if self.field else self.model
        where = f" ({self.place})" if self.place else ""
        return (
            f"{self.role}: {self.operation} {what}{where}: expected {self.expected}, got {self.got}"
        )


class _Undo(Exception):
    """Ends a savepoint whose changes nobody wants."""


class Look:
    """One role before the records of one model, as the operations see it."""

    def __init__(self, sweep, person, user, name):
        self.sweep, self.person, self.name = sweep, person, name
        self.matrix, self.case = sweep.matrix, sweep.case
        self.model = sweep.case.env[name].with_user(user).with_context(active_test=False)
        records = sweep.case.records.get(name, {})
        self.records = {
            place: self.model.browse(record.id)
            for place, record in records.items()
            if sweep.places is None or place in sweep.places
        }

    def opens(self, operation, place):
        """Return whether the matrix opens the record of a place."""
        where = self.case.places[place]
        return self.matrix.opens(self.person, where, self.name, operation)

    def fields(self):
        """Return the model's own fields, as (field, whether the person may read it)."""
        for field in self.model._fields.values():
            if field._module == "left_behind_children" and field.name not in MAGIC_COLUMNS:
                yield field, self._reads(field)

    def _reads(self, field):
        """Return whether the person may read a field; lists of records need the right to those too."""
        if not self.matrix.reads(self.person, self.name, field.name):
            return False
        listed = (
            field.type in ("one2many", "many2many") and field.comodel_name in self.matrix.models
        )
        return not listed or self.matrix.has(self.person, field.comodel_name, "read")

    def asked(self, operation):
        """Return the (place, record) to ask: every place, or one where the role has no such right."""
        pairs = list(self.records.items())
        return pairs if self.matrix.has(self.person, self.name, operation) else pairs[:1]

    def hidden_behind(self, comodel):
        """Return one field of each data group of another model that the person may not read."""
        if not self.matrix.has(self.person, comodel, "read"):
            return []
        one_of = {}
        for field in self.case.env[comodel]._fields.values():
            if not self.matrix.reads(self.person, comodel, field.name) and field.store:
                one_of.setdefault(self.matrix.fields[comodel, field.name][0], field.name)
        return list(one_of.values())

    def expect(self, operation, allowed, call, place="", field="", undo=False):
        """Compare what a call does with what is allowed."""
        self.compare(
            operation, ALLOWED if allowed else REFUSED, self.outcome(call, undo), place, field
        )

    def compare(self, operation, expected, got, place="", field=""):
        """Note a difference between an expected and a real answer."""
        self.sweep.checks += 1
        if got not in (expected, UNCLEAR):
            role = self.person.role
            self.sweep.differences.append(
                Difference(self.name, role, place, operation, field, str(expected), str(got))
            )

    def answer(self, operation, call):
        """Return what an allowed call gives; None, with a difference noted, where it fails."""
        given = []
        got = self.outcome(lambda: given.append(call()))
        self.compare(operation, ALLOWED, got)
        return given[0] if given else None

    def outcome(self, call, undo=False):
        """Return ALLOWED, REFUSED or what broke. A refusal of another kind came after the rights."""
        try:
            if undo:
                with self.case.env.cr.savepoint():
                    call()
                    self.case.env.flush_all()
                    raise _Undo
            call()
        except _Undo:
            return ALLOWED
        except (AccessError, MissingError):
            return REFUSED
        except UserError:
            return ALLOWED
        except IntegrityError:
            return UNCLEAR
        except Exception as error:  # noqa: BLE001 a crash is a finding, whatever it is
            return f"{type(error).__name__}: {str(error)[:200]}"
        return ALLOWED


class Sweep:
    """All operations of all roles on all models, or those that are asked for.

    :param case: a `fixtures.SweepCase`
    """

    def __init__(self, case, models=None, roles=None, places=None, only=None, matrix=None):
        self.case, self.matrix = case, matrix or case.matrix
        self.models = models or sorted(case.records)
        self.roles = roles or list(case.people)
        self.places = places
        self.operations = [one for one in operations.ALL if only is None or one.__name__ in only]
        self.people = dict(case.people)
        self.differences, self.checks = [], 0
        self.seconds = Counter()

    def run(self):
        """Return the differences (list of `Difference`)."""
        self.case.prepare(self.models)
        with mute_logger(*QUIET):
            for role in self.roles:
                for name in self.models:
                    look = Look(self, self.people[role], self.case.users[role], name)
                    for operation in self.operations:
                        started = clock()
                        self.case.env.invalidate_all()  # as in a request of its own
                        operation(look)
                        self.seconds[operation.__name__] += clock() - started
        return self.differences

    def timing(self):
        """Return a text: processor seconds by kind of operation."""
        return ", ".join(f"{name} {spent:.1f}" for name, spent in self.seconds.most_common())

    def report(self, most=40):
        """Return a text that names the first differences."""
        lines = [str(one) for one in self.differences[:most]]
        more = len(self.differences) - len(lines)
        head = f"{len(self.differences)} of {self.checks} answers differ from the matrix:"
        return "\n".join([head, *lines, *([f"… and {more} more"] if more > 0 else [])])
