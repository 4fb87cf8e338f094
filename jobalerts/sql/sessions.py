"""Signed-in browsers: a row each, so that every one can be seen and ended. Only the SHA-256 of its id is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, or_, select, update

from jobalerts.sql.tables import sessions

IDLE = timedelta(days=14)
LONGEST = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=5)  # `last_seen_at` is not written at every request


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One signed-in browser."""

    id_hash: str
    user_id: str
    created_at: datetime
    last_seen_at: datetime
    user_agent: str


def start(connection: Connection, user_id: str, *, now: datetime, user_agent: str = "") -> str:
    """Open a session and return its id, which nobody but the browser has; the person's over ones are forgotten."""
    session_id = secrets.token_urlsafe(32)
    over = or_(sessions.c.last_seen_at <= now - IDLE, sessions.c.created_at <= now - LONGEST)
    connection.execute(delete(sessions).where(sessions.c.user_id == user_id, over))
    connection.execute(
        sessions.insert().values(
            id_hash=hashed(session_id), user_id=user_id, created_at=now, last_seen_at=now, user_agent=user_agent[:200]
        )
    )
    return session_id


def find(connection: Connection, session_id: str, *, now: datetime) -> Session | None:
    """The live session of this id: not idle for 14 days, not older than 30."""
    row = connection.execute(
        select(sessions).where(
            sessions.c.id_hash == hashed(session_id),
            sessions.c.last_seen_at > now - IDLE,
            sessions.c.created_at > now - LONGEST,
        )
    ).first()
    return Session(**row._mapping) if row else None


def is_touch_due(session: Session, *, now: datetime) -> bool:
    return now - session.last_seen_at > SEEN_EVERY


def touch(connection: Connection, session: Session, *, now: datetime) -> None:
    connection.execute(update(sessions).where(sessions.c.id_hash == session.id_hash).values(last_seen_at=now))


def of(connection: Connection, user_id: str, *, now: datetime) -> list[Session]:
    """The person's live sessions, the last used first."""
    query = (
        select(sessions)
        .where(
            sessions.c.user_id == user_id,
            sessions.c.last_seen_at > now - IDLE,
            sessions.c.created_at > now - LONGEST,
        )
        .order_by(sessions.c.last_seen_at.desc())
    )
    return [Session(**row._mapping) for row in connection.execute(query)]


def end(connection: Connection, user_id: str, *, id_hash: str) -> bool:
    """End one session of this person; False when they have no such session."""
    query = delete(sessions).where(sessions.c.user_id == user_id, sessions.c.id_hash == id_hash)
    return connection.execute(query).rowcount == 1


def end_all(connection: Connection, user_id: str, *, but: str = "") -> int:
    """End the person's sessions except the one with the hash `but`; return how many."""
    query = delete(sessions).where(sessions.c.user_id == user_id, sessions.c.id_hash != but)
    return connection.execute(query).rowcount


def hashed(session_id: str) -> str:
    return sha256(session_id.encode()).hexdigest()
