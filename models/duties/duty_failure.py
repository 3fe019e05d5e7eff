"""A kind of duty that fails stops no other one (B-3.1d): it is taken back, and those who keep kinds are told."""

import logging
from contextlib import contextmanager

import psycopg2
from markupsafe import escape

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .duty_kind_check import SENSELESS

_logger = logging.getLogger(__name__)


class Step:
    """What became of one kind: `failed` is it, or an empty record."""

    def __init__(self, kind):
        self.failed = kind.browse()


class Duty(models.Model):
    _inherit = "lbc.duty"

    @contextmanager
    def _apart(self, kind):
        """Do something for one kind; where its condition cannot be asked, take that back and go on."""
        step = Step(kind)
        try:
            with self.env.cr.savepoint():
                yield step
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # another transaction was faster: Odoo begins anew
        except SENSELESS as error:
            if isinstance(error, psycopg2.OperationalError | psycopg2.InterfaceError):
                raise  # the database is not there, or has no room
            _logger.exception("Duties of the kind %s cannot be made", kind.code)
            step.failed = kind

    @api.model
    def _each_apart(self, kind, profiles, work, *words):
        """Do `work(kind, profiles, *words)`; where it fails, county by county.

        :return: `lbc.profile` of the counties where it failed
        """
        with self._apart(kind) as step:
            work(kind, profiles, *words)
        if not step.failed:
            return profiles.browse()
        if len(profiles) == 1:
            return profiles
        return profiles.browse().union(
            *(self._each_apart(kind, one, work, *words) for one in profiles)
        )

    @api.model
    def _tell_failed(self, failed):
        """Tell those who keep kinds, each once, which of them made no duties in their counties.

        :param failed: {`lbc.duty.kind`: `lbc.profile` of the counties where it failed}
        """
        told = {}
        for kind, profiles in failed.items():
            for user in self._keepers(profiles.county_id):
                told[user] = told.get(user, kind) | kind
        messages = [self._failure_message(user, kinds) for user, kinds in told.items()]
        self.env["mail.message"].sudo().create(messages)

    @api.model
    def _failure_message(self, user, kinds):
        """Return the values of the message to a user that kinds made no duties."""
        kinds = kinds.with_context(lang=user.lang or "zh_CN")
        body = kinds.env._(
            "No duties were made of: %(kinds)s. The condition under “Only Those Who” or “Only "
            "If” cannot be asked. Correct it; what was missed is made the next night.",
            kinds=kinds.env._("%(one)s, %(other)s", one="", other="").join(kinds.mapped("name")),
        )
        return self._inbox_message(user, kinds.env._("Duties could not be made"), escape(body))

    @api.model
    def _keepers(self, counties):
        """Return the users (sudo) who keep kinds of duty in the counties.

        Where nobody does, the technical administrators are among them.
        """
        keepers = self.env.ref("left_behind_children.group_forms").sudo().all_user_ids
        keepers = keepers.filtered(lambda user: user.active and counties & user._lbc_counties())
        kept = counties.browse().union(*(user._lbc_counties() for user in keepers))
        if counties - kept:
            keepers |= self.env.ref("base.group_system").sudo().user_ids
        return keepers
