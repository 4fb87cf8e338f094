"""Reading mails for pages: how many, and which, never to whom (that is for the person's own export)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from jobalerts.sql.tables import mails, matches

STATUSES = ("planned", "sending", "waiting", "unknown", "sent", "failed", "dropped")
UNSENT_STATUSES = ("planned", "sending", "waiting", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailView:
    """A mail without its recipient; `postings` is how many stand in a digest."""

    id: str
    kind: str
    status: str
    tries: int
    error: str
    created_at: datetime
    sent_at: datetime | None
    postings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPage:
    """Some mails, newest first; `next_before` is what `before` must be for the older ones."""

    mails: tuple[MailView, ...]
    next_before: str | None


def by_status(connection: Connection, *, since: datetime) -> dict[str, int]:
    """How many mails made since then have which status."""
    query = select(mails.c.status, func.count()).where(mails.c.created_at >= since).group_by(mails.c.status)
    return dict.fromkeys(STATUSES, 0) | {status: count for status, count in connection.execute(query)}


def page(connection: Connection, *, status: str | None = None, before: str | None = None, limit: int = 50) -> MailPage:
    """At most `limit` mails older than the mail `before`; ids are UUIDv7, so their order is that of creation."""
    postings = select(func.count()).where(matches.c.digest_id == mails.c.id).scalar_subquery()
    query = select(
        *(mails.c[name] for name in MailView.__slots__ if name != "postings"), postings.label("postings")
    ).order_by(mails.c.id.desc())
    if status is not None:
        query = query.where(mails.c.status == status)
    if before is not None:
        query = query.where(mails.c.id < before)
    found = [MailView(**row._mapping) for row in connection.execute(query.limit(limit + 1))]
    shown = tuple(found[:limit])
    return MailPage(mails=shown, next_before=shown[-1].id if len(found) > limit else None)


def of(connection: Connection, user_id: str) -> list[dict[str, Any]]:
    """The person's own mails, for their export."""
    query = select(mails.c.kind, mails.c.status, mails.c.created_at, mails.c.sent_at).where(mails.c.user_id == user_id)
    return [dict(row._mapping) for row in connection.execute(query.order_by(mails.c.id))]
