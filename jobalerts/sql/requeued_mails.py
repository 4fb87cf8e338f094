"""Mails that are sent again: those an admin asks for, and those a server refused that refuses everybody."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from jobalerts.broker import MAIL_SEND
from jobalerts.sql import matches, outbox
from jobalerts.sql.mail_views import UNSENT_STATUSES
from jobalerts.sql.tables import mails

MOST_AT_ONCE = 1_000


def requeue(connection: Connection, mail_id: str, *, now: datetime) -> bool:
    """Send a failed mail again, its tries counted anew; False when there is no such mail, or it has not failed."""
    return bool(_again(connection, [mail_id], now=now, next_try_at=None, reason=""))


def requeue_all(connection: Connection, *, now: datetime) -> int:
    """Send failed mails again, the oldest first, a thousand at most; return how many."""
    query = select(mails.c.id).where(mails.c.status == "failed").order_by(mails.c.created_at).limit(MOST_AT_ONCE)
    found = list(connection.execute(query).scalars())
    return _again(connection, found, now=now, next_try_at=None, reason="")


def hold(connection: Connection, ids: Sequence[str], *, now: datetime, next_try_at: datetime, reason: str) -> int:
    """These failed for a reason that was not theirs: they wait; return how many."""
    return _again(connection, ids, now=now, next_try_at=next_try_at, reason=reason)


def release(connection: Connection, *, now: datetime) -> None:
    """The server takes mails again: nobody waits any longer for their next try."""
    connection.execute(
        update(mails).where(mails.c.status == "waiting", mails.c.next_try_at > now).values(next_try_at=now)
    )


def _again(
    connection: Connection, ids: Sequence[str], *, now: datetime, next_try_at: datetime | None, reason: str
) -> int:
    """A digest whose user has another one under way is dropped, and its postings go into the next."""
    count = 0
    query = select(mails.c.id, mails.c.user_id, mails.c.kind).where(mails.c.id.in_(ids), mails.c.status == "failed")
    for row in connection.execute(query.order_by(mails.c.created_at)).all():
        values = {
            "status": "planned" if next_try_at is None else "waiting",
            "tries": 0,
            "in_doubt": 0,
            "queued_at": now,
            "next_try_at": next_try_at,
            "error": reason,
        }
        if row.kind == "digest" and _has_digest_under_way(connection, row.user_id):
            matches.give_back(connection, row.id)
            values = {"status": "dropped", "error": "its postings go into a later digest"}
        failed = update(mails).where(mails.c.id == row.id, mails.c.status == "failed")
        count += connection.execute(failed.values(values)).rowcount
        if next_try_at is None:
            outbox.add(connection, MAIL_SEND, mail_id=row.id)
    return count


def _has_digest_under_way(connection: Connection, user_id: str | None) -> bool:
    query = select(mails.c.id).where(mails.c.user_id == user_id, mails.c.kind == "digest")
    return connection.execute(query.where(mails.c.status.in_(UNSENT_STATUSES)).limit(1)).first() is not None
