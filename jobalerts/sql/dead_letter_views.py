"""Messages that were given up, for an admin to look at and to send again."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from jobalerts.sql import outbox
from jobalerts.sql.tables import dead_letters


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A message nobody could handle, and why; `resolved_at`: an admin has sent it again or dismissed it."""

    id: int
    queue: str
    body: str
    reason: str
    created_at: datetime
    resolved_at: datetime | None


def open_count(connection: Connection) -> int:
    query = select(func.count()).select_from(dead_letters).where(dead_letters.c.resolved_at.is_(None))
    return int(connection.execute(query).scalar_one())


def page(connection: Connection, *, before: int | None = None, limit: int = 50) -> list[DeadLetter]:
    """The open ones, newest first."""
    query = select(dead_letters).where(dead_letters.c.resolved_at.is_(None)).order_by(dead_letters.c.id.desc())
    if before is not None:
        query = query.where(dead_letters.c.id < before)
    return [DeadLetter(**row._mapping) for row in connection.execute(query.limit(limit))]


def resolve(connection: Connection, letter_id: int, *, send_again: bool, now: datetime) -> bool:
    """Send the message again, or only put it away; False when it is not open, or is no message that can be sent."""
    row = connection.execute(
        select(dead_letters).where(dead_letters.c.id == letter_id, dead_letters.c.resolved_at.is_(None))
    ).first()
    body = _body(row.body) if row else None
    if row is None or (send_again and body is None):
        return False
    connection.execute(update(dead_letters).where(dead_letters.c.id == letter_id).values(resolved_at=now))
    if send_again and body is not None:
        outbox.add(connection, row.queue, **body)
    return True


def _body(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    return {name: value for name, value in found.items() if name != "v"}
