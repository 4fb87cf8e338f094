"""The outbox: messages written in the transaction whose news they carry; the relay publishes them afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select

from jobalerts.broker import VERSION, Message
from jobalerts.sql.engine import clock, is_postgresql
from jobalerts.sql.tables import outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A row of the outbox and the message it holds."""

    id: int
    message: Message


def add(connection: Connection, queue: str, **body: Any) -> None:  # noqa: ANN401 - any JSON value
    """Have `{"v": 1, **body}` published to `queue` once this transaction is committed."""
    connection.execute(outbox.insert().values(queue=queue, body={"v": VERSION, **body}, created_at=clock(connection)))


def add_each(connection: Connection, queue: str, bodies: Sequence[Mapping[str, Any]]) -> None:
    """`add` for many messages of one queue, in one statement."""
    now = clock(connection)
    rows = [{"queue": queue, "body": {"v": VERSION, **body}, "created_at": now} for body in bodies]
    if rows:
        connection.execute(outbox.insert(), rows)


def claim(connection: Connection, limit: int) -> list[Pending]:
    """The oldest messages, locked against other relays until this transaction ends; on SQLite it is the only writer."""
    query = select(outbox.c.id, outbox.c.queue, outbox.c.body).order_by(outbox.c.id).limit(limit)
    if is_postgresql(connection):
        query = query.with_for_update(skip_locked=True)
    return [Pending(id=row.id, message=Message(queue=row.queue, body=row.body)) for row in connection.execute(query)]


def drop(connection: Connection, ids: Sequence[int]) -> None:
    """Forget what the broker has confirmed."""
    connection.execute(delete(outbox).where(outbox.c.id.in_(ids)))


def waiting(connection: Connection) -> int:
    """Messages that are not published yet."""
    return int(connection.execute(select(func.count()).select_from(outbox)).scalar_one())
