"""Several claims at once, for a worker with many slots: as `leases.claim` would make them one after the other.

What differs between two claims (who is next, the fence, the try) is decided for all in one statement each. A task that
lost workers is not taken this way: it runs alone.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    case,
    func,
    insert,
    literal,
    select,
    union_all,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import Float, TypeEngine

from jobalerts.domain.retry import ALONE_AFTER
from jobalerts.domain.task_states import Event, next_status
from jobalerts.sql import engine as databases
from jobalerts.sql.engine import UtcDateTime, clock, rows_of
from jobalerts.sql.leases import LEASE, Room
from jobalerts.sql.next_in_line import PRIORITIES, unblocked, waiting_condition
from jobalerts.sql.tables import attempts, fences, tasks
from jobalerts.sql.tasks import Task, due_since, task_of


def claim_together(connection: Connection, *, lane: str, worker: str, room: Room, limit: int) -> list[Task]:
    """Take the next tasks of a lane, at most `limit`, none of them twice of one lock key.

    Fewer when the next turn is the longest waiting task's, which `leases.claim` gives it; none when another worker
    has just started a task of one of the lock keys.
    """
    now = clock(connection)
    rows = _chosen(connection.execute(_NEXT, {"lane": lane, "now": now, "most": limit}).all(), room)
    if not rows:
        return []
    waited = {row.task_id: _waited(row, room, now) for row in rows}
    epochs = _next_epochs(connection, [row.lock_key for row in rows])
    given = [{"task_id": row.task_id, "epoch": epochs[row.lock_key], "waited": waited[row.task_id]} for row in rows]
    try:
        with connection.begin_nested():
            taken = _take(connection, given, worker, now)
            _begin(connection, given, taken, now)
    except IntegrityError:  # the fences stay raised, which harms nobody
        return []
    return [taken[row.task_id] for row in rows]


def _chosen(rows: Sequence[Row[Any]], room: Room) -> list[Row[Any]]:
    """The first of each lock key, in turn, until it is the longest waiting one's turn."""
    chosen: dict[str, Row[Any]] = {}
    for row in sorted(rows, key=lambda row: (-row.priority, row.waiting_since)):
        if room.turns.is_longest_waitings:
            break
        if row.lock_key not in chosen:
            chosen[row.lock_key] = row
            room.turns.note(passes_over=row.longest_priority is not None and row.longest_priority < row.priority)
    return list(chosen.values())


def _waited(row: Row[Any], room: Room, now: datetime) -> float:
    return max(0.0, min(room.free_seconds, (now - due_since(row)).total_seconds()))


def _next_epochs(connection: Connection, lock_keys: Sequence[str]) -> dict[str, int]:
    """As `leases.next_epoch`, in the order of the keys, so that no two workers wait for each other."""
    given = rows_of(connection, [{"lock_key": key} for key in lock_keys], lock_key=String())
    found = select(given.c.lock_key, literal(1)).where(given.c.lock_key.is_not(None)).order_by(given.c.lock_key)
    statement = databases.insert(connection, fences).from_select(["lock_key", "epoch"], found)
    statement = statement.on_conflict_do_update(index_elements=["lock_key"], set_={"epoch": fences.c.epoch + 1})
    return dict(connection.execute(statement.returning(fences.c.lock_key, fences.c.epoch)).all())


def _take(
    connection: Connection, claims: Sequence[dict[str, Any]], worker: str, now: datetime
) -> dict[str, Task]:  # fmt: skip
    given = rows_of(connection, claims, task_id=String(), epoch=Integer())
    nothing = ("next_try_at", "outcome", "progress_done", "progress_total")
    statement = (
        update(tasks)
        .where(tasks.c.task_id == given.c.task_id)
        .values(
            status=next_status("created", Event.CLAIM),
            worker=worker,
            epoch=given.c.epoch,
            attempt=tasks.c.attempt + 1,
            lease_until=now + LEASE,
            start_time=case((tasks.c.attempt > 0, func.coalesce(tasks.c.start_time, now)), else_=now),
            message="",
            version=tasks.c.version + 1,
            **dict.fromkeys(nothing),
        )
    )
    return {row.task_id: task_of(row) for row in connection.execute(statement.returning(*tasks.c))}


def _begin(
    connection: Connection, claims: Sequence[dict[str, Any]], taken: dict[str, Task], now: datetime
) -> None:  # fmt: skip
    rows = [
        claim | {"number": taken[claim["task_id"]].attempt, "worker": taken[claim["task_id"]].worker}
        for claim in claims
    ]
    types: dict[str, TypeEngine[Any]]
    types = {"task_id": String(), "epoch": Integer(), "number": Integer(), "worker": String(), "waited": Float()}
    given = rows_of(connection, rows, **types)
    same = (
        bindparam("started", now, UtcDateTime()),
        bindparam("nothing", "", String()),
        bindparam("none", "", String()),
    )
    names = ["task_id", "epoch", "number", "worker", "waited_seconds", "started_at", "message", "output_tail"]
    found = select(*(given.c[name] for name in types), *same)
    connection.execute(insert(attempts).from_select(names, found, include_defaults=False))


def _of_level(level: int) -> Select[Any]:
    line = tasks.alias(f"of_{level}")
    query = select(line.c.task_id).where(
        line.c.lane == bindparam("lane"),
        line.c.priority == level,
        waiting_condition(bindparam("now", type_=UtcDateTime()), line),
        line.c.lost_workers < ALONE_AFTER,
        unblocked(line),
    )
    first = query.order_by(line.c.waiting_since).limit(bindparam("most", type_=Integer()))
    return select(first.with_for_update(skip_locked=True).subquery().c.task_id)


def _next() -> Select[Any]:
    """The next of the highest priorities, locked; those of lower ones are not looked at once there are enough."""
    longest = tasks.alias("longest")
    priority_of_longest = (
        select(longest.c.priority)
        .where(
            longest.c.lane == bindparam("lane"),
            waiting_condition(bindparam("now", type_=UtcDateTime()), longest),
            unblocked(longest),
        )
        .order_by(longest.c.waiting_since)
        .limit(1)
    )
    heads = union_all(*(_of_level(level) for level in PRIORITIES)).subquery()
    first = select(heads.c.task_id).limit(bindparam("most", type_=Integer()))
    query = select(tasks, priority_of_longest.scalar_subquery().label("longest_priority"))
    return query.where(tasks.c.task_id.in_(first))


_NEXT = _next()
