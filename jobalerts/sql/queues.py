"""The embedded broker's queues: the table `messages`, where a delivery is a lease."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

import uuid_utils
from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update

from jobalerts.sql.engine import clock, is_postgresql
from jobalerts.sql.tables import messages

DELIVERY_LIMIT = 5
DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message under lease; the token tells this lease from a later one."""

    id: int
    queue: str
    body: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A message that was given up, with the queue it came from and why; `origin` is its own for all time."""

    id: int
    origin: str
    queue: str
    body: str
    reason: str


def put(connection: Connection, rows: Sequence[tuple[str, str]]) -> None:
    """Append messages, each a queue and a body."""
    now = clock(connection)
    values = [{"queue": queue, "body": body, "deliveries": 0, "created_at": now} for queue, body in rows]
    connection.execute(messages.insert(), values)


def filled(connection: Connection, queues: Collection[str]) -> set[str]:
    """Those of the queues in which a message is free; locks nothing."""
    query = select(messages.c.queue).where(messages.c.queue.in_(queues), _is_free(connection)).distinct()
    return set(connection.execute(query).scalars())


def depth(connection: Connection, queue: str) -> int:
    """Free messages of the queue."""
    query = select(func.count()).where(messages.c.queue == queue, _is_free(connection))
    return int(connection.execute(query).scalar_one())


def lease_first(connection: Connection, queue: str, lease: timedelta) -> Delivery | None:
    """Lease the queue's oldest free message; one that was delivered too often is dead-lettered on the way."""
    query = select(messages).where(messages.c.queue == queue, _is_free(connection)).order_by(messages.c.id).limit(1)
    if is_postgresql(connection):
        query = query.with_for_update(skip_locked=True)
    while (row := connection.execute(query).first()) is not None:
        if row.deliveries > DELIVERY_LIMIT:
            connection.execute(delete(messages).where(messages.c.id == row.id))
            _bury(connection, queue, row.body, f"delivered {row.deliveries} times and never finished")
            continue
        token = str(uuid_utils.uuid7())
        values = {"lease_until": clock(connection) + lease, "lease_token": token, "deliveries": row.deliveries + 1}
        connection.execute(update(messages).where(messages.c.id == row.id).values(values))
        return Delivery(id=row.id, queue=queue, body=row.body, token=token)
    return None


def renew(connection: Connection, delivery: Delivery, lease: timedelta) -> None:
    """Start the lease anew; nothing happens when somebody else has the message by now."""
    connection.execute(update(messages).where(_is_ours(delivery)).values(lease_until=clock(connection) + lease))


def give_back(connection: Connection, delivery: Delivery) -> None:
    """Free the message as if it had not been delivered."""
    values = {"lease_until": None, "lease_token": None, "deliveries": messages.c.deliveries - 1}
    connection.execute(update(messages).where(_is_ours(delivery)).values(values))


def finish(connection: Connection, delivery: Delivery, *, dead_because: str | None = None) -> None:
    """Drop the message, to the dead letters if a reason is given; nothing happens when the lease is another's."""
    gone = connection.execute(delete(messages).where(_is_ours(delivery))).rowcount
    if gone and dead_because is not None:
        _bury(connection, delivery.queue, delivery.body, dead_because)


def dead_letters(connection: Connection, limit: int) -> list[DeadLetter]:
    """The oldest first."""
    query = select(messages).where(messages.c.queue == DEAD).order_by(messages.c.id).limit(limit)
    return [
        # SQLite gives the id of a dropped row to another one.
        DeadLetter(id=row.id, origin=f"{row.id} of {row.created_at.isoformat()}", **json.loads(row.body))
        for row in connection.execute(query)
    ]


def drop_dead_letter(connection: Connection, letter: DeadLetter) -> None:
    connection.execute(delete(messages).where(messages.c.id == letter.id))


def ping(connection: Connection) -> None:
    """Return if the database answers."""
    connection.execute(select(1))


def _bury(connection: Connection, queue: str, body: str, reason: str) -> None:
    put(connection, [(DEAD, json.dumps({"queue": queue, "body": body, "reason": reason}))])


def _is_free(connection: Connection) -> ColumnElement[bool]:
    return or_(messages.c.lease_until.is_(None), messages.c.lease_until < clock(connection))


def _is_ours(delivery: Delivery) -> ColumnElement[bool]:
    return (messages.c.id == delivery.id) & (messages.c.lease_token == delivery.token)
