"""One digest a day for each person: what is new, what is late (issue: not forty mails).

Counts, kinds and masked names only. Nothing new, nothing sent. Sent again on the same day, nothing
new is found.
"""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from . import digest_sql

TEMPLATE = "left_behind_children.duty_digest"
PATH = "/odoo/care-my-work"


class Duty(models.Model):
    _inherit = "lbc.duty"

    @api.model
    def _send_digests(self, day):
        """Tell everybody what was reached since his last digest; returns the users told.

        A constant number of statements finds it and writes one message for each person who has news.
        """
        self.env.flush_all()
        zone = self.env.context.get("tz") or self.env.user.tz or "Asia/Shanghai"
        reminders = self.env["lbc.duty.kind"]._reminders()
        rows = self.env.execute_query(digest_sql.news(day, zone, reminders))
        self.env.cr.execute(
            SQL(
                "UPDATE res_users SET lbc_digest_on = %s WHERE id IN (%s)",
                day,
                digest_sql.persons(day),
            )
        )
        self.env["res.users"].invalidate_model(["lbc_digest_on"])
        news = defaultdict(list)
        for user_id, kind_id, count, late, ids in rows:
            news[user_id].append((kind_id, count, late, ids))
        users = self.env["res.users"].browse(sorted(news))
        names = self._digest_names(rows)
        for lang, of_lang in users.grouped("lang").items():
            self.with_context(lang=lang or "zh_CN")._tell(of_lang, news, names)
        return users

    @api.model
    def _digest_names(self, rows):
        """Return {duty id: masked name} of the duties that the digests name."""
        duties = self.browse({one for row in rows for one in row[4]})
        return {duty.id: duty._digest_name() for duty in duties}

    def _digest_name(self):
        """Return whom the duty concerns (str), masked by construction."""
        known = self.sudo()  # the child may have moved away from where the duty was
        subject = known.child_id or known.household_id or known.place_id or known.organization_id
        return subject.display_name or ""

    @api.model
    def _tell(self, users, news, names):
        """Put a message into the inbox of each user, and one mail to who wants it."""
        kinds = self.env["lbc.duty.kind"]
        order = {kind: place for place, kind in enumerate(kinds.search([]).ids)}
        messages, mails = [], []
        for user in users:
            lines = sorted(news[user.id], key=lambda line: order.get(line[0], len(order)))
            body = self._digest_body(user, lines, names)
            messages.append(self._digest_message(user, lines, body))
        made = self.env["mail.message"].sudo().create(messages)
        for user, message in zip(users, made, strict=True):
            if user.lbc_digest_mail and user.email:
                mails.append(
                    {
                        "mail_message_id": message.id,
                        "recipient_ids": [fields.Command.link(user.partner_id.id)],
                        "body_html": message.body,
                        "auto_delete": True,
                    }
                )
        self.env["mail.mail"].sudo().create(mails)

    @api.model
    def _digest_message(self, user, lines, body):
        """Return the values of the message: unread in the inbox of one person."""
        count, late = sum(line[1] for line in lines), sum(line[2] for line in lines)
        subject = self.env._(
            "My work: %(count)s new, %(late)s of them overdue", count=count, late=late
        )
        return self._inbox_message(user, subject, body)

    @api.model
    def _inbox_message(self, user, subject, body):
        """Return the values of a message of the system: unread in the inbox of one person."""
        # Remembered ids: `ref` would ask the database for each person whether they still exist.
        known = self.env["ir.model.data"]._xmlid_to_res_id
        return {
            "subject": subject,
            "body": body,
            "message_type": "user_notification",
            "subtype_id": known("mail.mt_note", raise_if_not_found=True),
            "author_id": known("base.partner_root", raise_if_not_found=True),
            "partner_ids": [fields.Command.link(user.partner_id.id)],
            "notification_ids": [
                fields.Command.create(
                    {
                        "res_partner_id": user.partner_id.id,
                        "notification_type": "inbox",
                        "notification_status": "sent",
                    }
                )
            ],
        }

    @api.model
    def _digest_body(self, user, lines, names):
        """Return the text (markup) of one person's digest."""
        kinds = self.env["lbc.duty.kind"]
        url = self.get_base_url() + PATH
        parts = [
            {
                "name": kinds.browse(kind_id).name,
                "count": count,
                "late": late,
                "shown": [{"name": names[one], "url": f"{url}/{one}"} for one in ids],
                "more": count - len(ids),
            }
            for kind_id, count, late, ids in lines
        ]
        values = {"user_name": user.name, "parts": parts, "url": url}
        return self.env["ir.qweb"]._render(TEMPLATE, values)
