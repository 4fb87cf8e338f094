"""What becomes of dead letters: queued again, or discarded, one or all that match."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select, update

from jobalerts.broker import QUEUES, TASK_QUEUES
from jobalerts.broker.bodies import decode
from jobalerts.errors import PermanentError
from jobalerts.sql import outbox
from jobalerts.sql.dead_letters import MESSAGE, Position, Wanted, page
from jobalerts.sql.engine import clock, insert, write
from jobalerts.sql.tables import dead_letters, tasks
from jobalerts.sql.tasks import counted_anew

BATCH = 500
MOST = 10_000  # of one request: it answers within seconds
DELIVERED_TOO_OFTEN = "delivered"  # what both brokers' reason begins with


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How many were dealt with; `skipped` are gone already, or no message; `more`: others match still."""

    count: int
    skipped: int = 0
    more: bool = False


Deed = Callable[[Connection, Sequence[str], datetime], int]


def bury(
    connection: Connection, queue: str, body: str, reason: str, *, now: datetime, origin: str | None = None
) -> bool:
    """Keep a message that was given up, for a person to look at; False if that of this `origin` is kept already.

    PostgreSQL refuses NUL, so it is dropped.
    """
    body, reason = body.replace("\0", ""), reason.replace("\0", "")
    values = {"queue": queue, "body": body, "reason": reason, "created_at": now, "origin": origin}
    found = _object(body) or {}
    board = found.get("board")
    named = {"board": board if isinstance(board, str) and len(board) <= 300 else None}
    statement = insert(connection, dead_letters).values(values | named | {"cause": _cause(queue, body, reason)})
    kept = statement.on_conflict_do_nothing(index_elements=["origin"]).returning(dead_letters.c.id)
    return connection.execute(kept).first() is not None


def requeue(connection: Connection, ids: Sequence[str], now: datetime) -> int:
    """Run the tasks again, their tries counted anew, and send the messages again; return how many could be."""
    changed = (
        update(tasks)
        .where(tasks.c.task_id.in_(_task_ids(ids)), tasks.c.given_up_at.is_not(None))
        .values(
            **counted_anew(now),
            version=tasks.c.version + 1,
        )
    )
    again = [{"task_id": task_id} for task_id in connection.execute(changed.returning(tasks.c.task_id)).scalars()]
    outbox.add_each(connection, TASK_QUEUES["oneoff"], again)
    sendable = {row.id: (row.queue, body) for row in _open(connection, ids) if (body := _sendable(row)) is not None}
    for queue in QUEUES:
        outbox.add_each(connection, queue, [body for name, body in sendable.values() if name == queue])
    return len(again) + _resolve(connection, list(sendable), now)


def discard(connection: Connection, ids: Sequence[str], now: datetime) -> int:
    """Take them off the list; a task keeps its status and may be run again by its id."""
    gone = update(tasks).where(tasks.c.task_id.in_(_task_ids(ids)), tasks.c.given_up_at.is_not(None))
    count = connection.execute(gone.values(given_up_at=None)).rowcount
    return count + _resolve(connection, [row.id for row in _open(connection, ids)], now)


def all_matching(engine: Engine, deed: Deed, wanted: Wanted, *, most: int = MOST) -> Done:
    """Do it to everything that matches, in transactions of 500, to `most` letters."""
    after: Position | None = None
    seen = count = 0
    while seen < most:
        with write(engine) as connection:
            found = page(connection, wanted, after=after, limit=min(BATCH, most - seen))
            count += deed(connection, [letter.id for letter in found.letters], clock(connection))
        seen, after = seen + len(found.letters), found.next_after
        if after is None:
            return Done(count=count, skipped=seen - count)
    return Done(count=count, skipped=seen - count, more=True)


def _task_ids(ids: Sequence[str]) -> list[str]:
    return [one for one in ids if not one.startswith(MESSAGE)]


def _open(connection: Connection, ids: Sequence[str]) -> Sequence[Row[Any]]:
    """The rows of the messages among these ids that nobody has dealt with yet."""
    own = [int(one.removeprefix(MESSAGE)) for one in ids if one.startswith(MESSAGE)]
    query = select(dead_letters).where(dead_letters.c.id.in_(own), dead_letters.c.resolved_at.is_(None))
    return connection.execute(query.with_for_update()).all()


def _resolve(connection: Connection, own: Sequence[int], now: datetime) -> int:
    changed = update(dead_letters).where(dead_letters.c.id.in_(own), dead_letters.c.resolved_at.is_(None))
    return connection.execute(changed.values(resolved_at=now)).rowcount


def _sendable(row: Row[Any]) -> dict[str, Any] | None:
    """The body as it was, its version too: None if it is no object, or its queue is none of ours."""
    return _object(row.body) if row.queue in QUEUES else None


def _object(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _cause(queue: str, body: str, reason: str) -> str:
    try:
        decode(queue, body)
    except PermanentError:
        return "unreadable" if _object(body) is None else "version"
    return "undelivered" if reason.startswith(DELIVERED_TOO_OFTEN) else "refused"
