"""Running tasks: leased by the database's clock, fenced by an epoch that rises with every claim of a lock key."""

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Integer, Row, Select, String, and_, select, update
from sqlalchemy.exc import IntegrityError

from jobalerts.domain.task_states import Event, next_status
from jobalerts.domain.turns import Turns
from jobalerts.sql import attempts, next_in_line
from jobalerts.sql.attempts import Beginning
from jobalerts.sql.engine import (
    clock,
    ids_in,
    in_one_parameter,
    insert,
    is_postgresql,
    looked_up,
    rows_given,
    steady_clock,
)
from jobalerts.sql.tables import fences, tasks
from jobalerts.sql.tasks import RUNNING, Task, due_since, one, task_of

LEASE = timedelta(seconds=30)
RENEW_EVERY = timedelta(seconds=10)
SELF_KILL_AFTER = timedelta(seconds=20)  # without a renewal: the run is gone before its lease can be taken over
SUSPECTS_LANE = "retry"  # who has lost workers is tried again
SUSPECTS_PATIENCE = timedelta(seconds=10)  # then a worker takes nothing else until it is idle, and may take it
COLLISIONS = 5  # claims lost to another worker of the same lock key before this one looks again later


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One running try, as its worker knows it."""

    task_id: str
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the worker that claims has to offer.

    Tasks that lost two workers already run alone: only a worker that `is_idle` takes them. A start is not late by
    more than the worker has had a slot free, `free_seconds`.
    """

    is_idle: bool = True
    free_seconds: float = math.inf
    turns: Turns = field(default_factory=Turns)


def claim(connection: Connection, *, lane: str, worker: str, room: Room | None = None) -> Task | None:
    """Take the next waiting task of a lane, or None: the highest priority, or in its turn the longest waiting."""
    room = room or Room()
    choose = next_in_line.longest_waiting if room.turns.is_longest_waitings else next_in_line.next_by_priority
    for _ in range(COLLISIONS):
        now = steady_clock(connection)
        row = choose(connection, lane, now, with_suspects=room.is_idle)
        if row is None:
            return None
        try:
            with connection.begin_nested():
                task = _take(connection, row, worker, now)
                waited = min(room.free_seconds, (now - due_since(row)).total_seconds())
                _begin(connection, task, waited=max(0.0, waited), now=now)
        except IntegrityError:  # another worker started a task of this lock key in between
            continue
        room.turns.note(passes_over=row.passes_over)
        return task
    return None


def suspect_waits(connection: Connection) -> bool:
    """Whether a task that runs alone waits for a worker to be idle, and has done so for long enough."""
    return next_in_line.suspect_waits(connection, SUSPECTS_LANE, clock(connection) - SUSPECTS_PATIENCE)


def renew(connection: Connection, holdings: list[Holding]) -> set[str]:
    """Extend the leases; return the ids that are still this worker's, the rest must be ended at once."""
    until = clock(connection) + LEASE
    kept = set()
    for holding in sorted(holdings, key=lambda holding: holding.task_id):  # the order all locks are taken in
        changed = connection.execute(update(tasks).where(_held(holding)).values(lease_until=until))
        if changed.rowcount == 1:
            kept.add(holding.task_id)
    return kept


def still_held(connection: Connection, holdings: list[Holding]) -> set[str]:
    """The ids that are still this worker's, without a write."""
    rows = [{"task_id": holding.task_id, "epoch": holding.epoch} for holding in holdings]
    given = {"held": in_one_parameter(connection, rows)}
    given |= ids_in(connection, "ids", [holding.task_id for holding in holdings])
    return set(connection.execute(_still_held(is_postgresql(connection)), given).scalars())


@cache
def _still_held(of_postgresql: bool) -> Select[Any]:
    given = rows_given("held", of_postgresql=of_postgresql, task_id=String(), epoch=Integer())
    ours = looked_up(given, tasks, "ids", of_postgresql=of_postgresql)
    return select(tasks.c.task_id).where(ours, tasks.c.epoch == given.c.epoch, tasks.c.status == RUNNING)


def next_epoch(connection: Connection, lock_key: str) -> int:
    """Raise the fencing epoch of a lock key: whatever ran under a lower one writes nothing any more."""
    statement = insert(connection, fences).values(lock_key=lock_key, epoch=1)
    statement = statement.on_conflict_do_update(
        index_elements=["lock_key"], set_={"epoch": fences.c.epoch + 1}
    ).returning(fences.c.epoch)
    return int(connection.execute(statement).scalar_one())


def _take(connection: Connection, row: Row[Any], worker: str, now: datetime) -> Task:
    task = task_of(row)
    epoch = next_epoch(connection, task.lock_key)
    values: dict[str, Any] = {
        "status": next_status(task.status, Event.CLAIM),
        "worker": worker,
        "epoch": epoch,
        "attempt": task.attempt + 1,
        "lease_until": now + LEASE,
        "start_time": (task.start_time if task.attempt else None) or now,  # what was handed back has not begun
        "next_try_at": None,
        "outcome": None,
        "message": "",
        "progress_done": None,
        "progress_total": None,
        "version": task.version + 1,
    }
    connection.execute(update(tasks).where(tasks.c.task_id == task.task_id).values(**values))
    return one(connection, task.task_id)


def _begin(connection: Connection, task: Task, *, waited: float, now: datetime) -> None:
    beginning = Beginning(number=task.attempt, worker=task.worker or "", waited_seconds=waited)
    attempts.begin(connection, task.task_id, epoch=task.epoch, beginning=beginning, now=now)


def locked(connection: Connection, holding: Holding) -> Task | None:
    """The task, kept from others until this transaction ends; None if the holding is over."""
    query = select(tasks).where(_held(holding))
    row = connection.execute(query.with_for_update() if is_postgresql(connection) else query).one_or_none()
    return None if row is None else task_of(row)


def _held(holding: Holding) -> Any:  # noqa: ANN401 - an SQL expression
    return and_(tasks.c.task_id == holding.task_id, tasks.c.epoch == holding.epoch, tasks.c.status == RUNNING)


def skipping_locked(connection: Connection, query: Select[Any]) -> Select[Any]:
    """The query, which leaves alone what other transactions are about to change."""
    return query.with_for_update(skip_locked=True, of=tasks) if is_postgresql(connection) else query
