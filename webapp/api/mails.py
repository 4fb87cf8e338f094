"""Failed mails that are sent again, for admins."""

from flask import Response

from jobalerts.sql import requeued_mails
from jobalerts.sql.engine import write
from jobalerts.sql.requeued_mails import MOST_AT_ONCE
from webapp.api.bodies import MailsBody
from webapp.api.callers import admin
from webapp.api.reading import checked, json_body
from webapp.api.replies import reply
from webapp.services import now, services


def requeue() -> Response:
    """Send failed mails again, their tries counted anew: those named, or all of them, the oldest first."""
    admin()
    body = checked(MailsBody, json_body())
    ids = list(dict.fromkeys(body.ids)) if "ids" in body.model_fields_set else None
    with write(services().engine) as connection:
        if ids is None:
            count = requeued_mails.requeue_all(connection, now=now())
            return reply({"count": count, "skipped": 0, "more": count == MOST_AT_ONCE})
        count = sum(requeued_mails.requeue(connection, mail_id, now=now()) for mail_id in ids)
    return reply({"count": count, "skipped": len(ids) - count, "more": False})
