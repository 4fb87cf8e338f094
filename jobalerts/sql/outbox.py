"""The outbox: messages written in the transaction whose news they carry; the relay publishes them afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from jobalerts.broker import VERSION, Message
from jobalerts.sql.engine import clock, is_postgresql
from jobalerts.sql.tables import outbox

LEASE = timedelta(seconds=30)  # what a relay that died had taken is published by another one after that


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A row of the outbox and the messages it holds."""

    id: int
    messages: Sequence[Message]


def add(connection: Connection, queue: str, **body: Any) -> None:  # noqa: ANN401 - any JSON value
    """Have `{"v": 1, **body}` published to `queue` once this transaction is committed."""
    connection.execute(outbox.insert().values(queue=queue, body={"v": VERSION, **body}, created_at=clock(connection)))


def add_each(connection: Connection, queue: str, bodies: Sequence[Mapping[str, Any]]) -> None:
    """`add` for many messages of one queue, in one statement."""
    if bodies:
        now = clock(connection)
        rows = [{"queue": queue, "body": {"v": VERSION, **body}, "created_at": now} for body in bodies]
        connection.execute(outbox.insert(), rows)


def add_together(connection: Connection, queue: str, bodies: Sequence[Mapping[str, Any]]) -> None:
    """`add` for many messages of one queue, in one row: they leave together, and cost the database little."""
    if bodies:
        together = [{"v": VERSION, **body} for body in bodies]
        connection.execute(outbox.insert().values(queue=queue, body=together, created_at=clock(connection)))


def claim(connection: Connection, limit: int) -> list[Pending]:
    """Lease the oldest free rows, at most `limit`: no other relay takes them before the lease is over."""
    now = clock(connection)
    free = or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until < now)
    oldest = select(outbox.c.id).where(free).order_by(outbox.c.id).limit(limit)
    if is_postgresql(connection):
        oldest = oldest.with_for_update(skip_locked=True)
    leased = update(outbox).where(outbox.c.id.in_(oldest.scalar_subquery())).values(claimed_until=now + LEASE)
    rows = connection.execute(leased.returning(outbox.c.id, outbox.c.queue, outbox.c.body)).all()
    return [Pending(id=row.id, messages=_messages(row.queue, row.body)) for row in sorted(rows, key=lambda row: row.id)]


def give_back(connection: Connection, ids: Sequence[int]) -> None:
    """Let any relay take these rows again, now."""
    connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(claimed_until=None))


def drop(connection: Connection, ids: Sequence[int]) -> None:
    """Forget what the broker has confirmed."""
    connection.execute(delete(outbox).where(outbox.c.id.in_(ids)))


def is_empty(connection: Connection) -> bool:
    """Whether no row is left, leased ones included."""
    return connection.execute(select(outbox.c.id).limit(1)).first() is None


def waiting(connection: Connection) -> int:
    """Rows that are not published yet."""
    return int(connection.execute(select(func.count()).select_from(outbox)).scalar_one())


def _messages(queue: str, body: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> list[Message]:
    bodies = [body] if isinstance(body, Mapping) else body
    return [Message(queue=queue, body=one) for one in bodies]
