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
    def _tell_failed(self, kinds, profiles):
        """Tell those who keep kinds which of them made no duties in the counties of profiles."""
        if not kinds:
            return
        users = self._keepers(profiles.county_id)
        for lang, of_lang in users.grouped("lang").items():
            kinds_in = kinds.with_context(lang=lang or "zh_CN")
            subject = kinds_in.env._("Duties could not be made")
            body = kinds_in.env._(
                "No duties were made of: %(kinds)s. The condition under “Only Those Who” or “Only "
                "If” cannot be asked. Correct it; what was missed is made the next night.",
                kinds=kinds_in.env._("%(one)s, %(other)s", one="", other="").join(
                    kinds_in.mapped("name")
                ),
            )
            messages = [self._inbox_message(user, subject, escape(body)) for user in of_lang]
            self.env["mail.message"].sudo().create(messages)

    @api.model
    def _keepers(self, counties):
        """Return the users (sudo) who keep kinds of duty in one of the counties; else the technical administrators."""
        keepers = self.env.ref("left_behind_children.group_forms").sudo().all_user_ids
        keepers = keepers.filtered(lambda user: user.active and counties & user._lbc_counties())
        return keepers or self.env.ref("base.group_system").sudo().user_ids
