"""Several claims at once, for a worker with many slots: as `leases.claim` would make them one after the other.

What differs between two claims (who is next, the fence, the try) is decided for all in one statement each, and the
statements are made once. A task that lost workers is not taken this way: it runs alone.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    FromClause,
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
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import Float

from jobalerts.domain.retry import ALONE_AFTER
from jobalerts.domain.task_states import Event, next_status
from jobalerts.sql.engine import (
    UtcDateTime,
    ids_in,
    in_one_parameter,
    insert_on,
    is_postgresql,
    looked_up,
    rows_given,
    steady_clock,
)
from jobalerts.sql.leases import LEASE, Room
from jobalerts.sql.next_in_line import ONE, longest_of_each_level, unblocked
from jobalerts.sql.tables import attempts, fences, tasks
from jobalerts.sql.tasks import COLUMNS, Task, due_since, task_of

LINE = ("task_id", "lock_key", "priority", "waiting_since", "next_try_at")


class Collision(Exception):
    """Another worker has just started a task of one of the lock keys: nothing of the transaction may stay."""


def claim_together(connection: Connection, *, lane: str, worker: str, room: Room, limit: int) -> list[Task]:
    """Take the next tasks of a lane, at most `limit`, none of them twice of one lock key; or Collision.

    Fewer when the next turn is the longest waiting task's, which `leases.claim` gives it.
    """
    of_postgresql, now = is_postgresql(connection), steady_clock(connection)
    rows = _chosen(connection.execute(_next(of_postgresql), {"lane": lane, "now": now, "most": limit}).all(), room)
    if not rows:
        return []
    by_key = in_one_parameter(connection, [{"lock_key": row.lock_key} for row in rows])
    epochs = {row.lock_key: row.epoch for row in connection.execute(_raise_fences(of_postgresql), {"keys": by_key})}
    claims = [
        {"task_id": row.task_id, "epoch": epochs[row.lock_key], "waited": _waited(row, room, now)} for row in rows
    ]
    given = {"claims": in_one_parameter(connection, claims), "now": now}
    given |= ids_in(connection, "ids", [row.task_id for row in rows])
    try:
        taken = connection.execute(_take(of_postgresql), given | {"lease_until": now + LEASE, "worker": worker}).all()
        connection.execute(_begin(of_postgresql), given)
    except IntegrityError as error:
        raise Collision from error
    claimed = {row.task_id: task_of(row) for row in taken}
    return [claimed[row.task_id] for row in rows]


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


@cache
def _raise_fences(of_postgresql: bool) -> Any:  # noqa: ANN401 - an Insert of one of two dialects; a key
    """As `leases.next_epoch`, in the order of the keys, so that no two workers wait for each other."""
    given = rows_given("keys", of_postgresql=of_postgresql, lock_key=String())
    found = select(given.c.lock_key, literal(1)).where(given.c.lock_key.is_not(None)).order_by(given.c.lock_key)
    statement = insert_on(fences, of_postgresql=of_postgresql).from_select(["lock_key", "epoch"], found)
    statement = statement.on_conflict_do_update(index_elements=["lock_key"], set_={"epoch": fences.c.epoch + 1})
    return statement.returning(fences.c.lock_key, fences.c.epoch)


@cache
def _take(of_postgresql: bool) -> Any:  # noqa: ANN401 - SQLAlchemy names no type for it; a key
    given = rows_given("claims", of_postgresql=of_postgresql, task_id=String(), epoch=Integer())
    now = bindparam("now", type_=UtcDateTime())
    nothing = ("next_try_at", "outcome", "progress_done", "progress_total")
    statement = (
        update(tasks)
        .where(looked_up(given, tasks, "ids", of_postgresql=of_postgresql))
        .values(
            status=next_status("created", Event.CLAIM),
            worker=bindparam("worker"),
            epoch=given.c.epoch,
            attempt=tasks.c.attempt + 1,
            lease_until=bindparam("lease_until", type_=UtcDateTime()),
            start_time=case((tasks.c.attempt > 0, func.coalesce(tasks.c.start_time, now)), else_=now),
            message="",
            version=tasks.c.version + 1,
            **dict.fromkeys(nothing),
        )
    )
    return statement.returning(*COLUMNS)


@cache
def _begin(of_postgresql: bool) -> Any:  # noqa: ANN401 - SQLAlchemy names no type for it; a key
    """The try of each task, as the task says it by now."""
    given = rows_given("claims", of_postgresql=of_postgresql, task_id=String(), epoch=Integer(), waited=Float())
    row = {
        "task_id": given.c.task_id,
        "epoch": given.c.epoch,
        "number": tasks.c.attempt,
        "worker": tasks.c.worker,
        "waited_seconds": given.c.waited,
        "started_at": bindparam("now", type_=UtcDateTime()),
        "message": literal("", String()),
        "output_tail": literal("", String()),
    }
    found = select(*row.values()).select_from(
        given.join(tasks, looked_up(given, tasks, "ids", of_postgresql=of_postgresql))
    )
    return insert(attempts).from_select(list(row), found, include_defaults=False)


def _in_line(line: FromClause) -> Select[Any]:
    return select(*(line.c[name] for name in LINE)).where(line.c.lost_workers < ALONE_AFTER, unblocked(line))


def _priority(line: FromClause) -> Select[Any]:
    return select(line.c.priority, line.c.waiting_since).where(unblocked(line))


@cache
def _next(of_postgresql: bool) -> Select[Any]:
    """The next of the highest priorities, locked; those of lower ones are not looked at once there are enough."""
    most = bindparam("most", type_=Integer())
    heads = longest_of_each_level(_in_line, most=most, of_postgresql=of_postgresql, skip_locked=True)
    firsts = longest_of_each_level(_priority, most=ONE, of_postgresql=of_postgresql)
    longest = select(firsts.c.priority).order_by(firsts.c.waiting_since).limit(ONE).scalar_subquery()
    return select(*heads.c, longest.label("longest_priority")).limit(most)
