"""Reading a person's matches for the page: newest first, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from jobalerts.sql.tables import mails, matches


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchView:
    """A position that fitted; `sent_at` None: not mailed (yet); `dropped_at`: it is not to be, mostly for it closed."""

    id: int
    cluster_id: str
    posting_key: str
    board: str
    reasons: Sequence[Mapping[str, Any]]
    created_at: datetime
    dropped_at: datetime | None
    mail_status: str | None
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchPage:
    """Some matches; `next_before` is what `before` must be for the older ones, None on the last page."""

    matches: tuple[MatchView, ...]
    next_before: int | None


def page(connection: Connection, user_id: str, *, before: int | None = None, limit: int = 25) -> MatchPage:
    """At most `limit` of this person's matches older than the match `before`."""
    query = (
        select(
            matches.c.id,
            matches.c.cluster_id,
            matches.c.posting_key,
            matches.c.board,
            matches.c.reasons,
            matches.c.created_at,
            matches.c.dropped_at,
            mails.c.status.label("mail_status"),
            mails.c.sent_at,
        )
        .outerjoin(mails, mails.c.id == matches.c.digest_id)
        .where(matches.c.user_id == user_id)
        .order_by(matches.c.id.desc())
        .limit(limit + 1)
    )
    if before is not None:
        query = query.where(matches.c.id < before)
    found = [MatchView(**row._mapping) for row in connection.execute(query)]
    shown = tuple(found[:limit])
    return MatchPage(matches=shown, next_before=shown[-1].id if len(found) > limit else None)


def count(connection: Connection, user_id: str) -> int:
    query = select(func.count()).select_from(matches).where(matches.c.user_id == user_id)
    return int(connection.execute(query).scalar_one())


def every(connection: Connection, user_id: str) -> list[dict[str, Any]]:
    """All of it, for the person's own export."""
    query = select(matches.c.posting_key, matches.c.reasons, matches.c.created_at).where(matches.c.user_id == user_id)
    return [dict(row._mapping) for row in connection.execute(query.order_by(matches.c.id))]
