"""Running tasks: leased by the database's clock, fenced by an epoch that rises with every claim of a lock key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, or_, select, update
from sqlalchemy.exc import IntegrityError

from jobalerts.broker import POSTINGS_NEW, TASK_QUEUES
from jobalerts.domain.retry import ALONE_AFTER, LOST, RetryRule, Tries, judge
from jobalerts.domain.task_states import Event, next_status
from jobalerts.sql import attempts, outbox
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock, insert, is_postgresql
from jobalerts.sql.tables import fences, tasks
from jobalerts.sql.tasks import Task, one, rank, task_of

LEASE = timedelta(seconds=30)
RENEW_EVERY = timedelta(seconds=10)
SELF_KILL_AFTER = timedelta(seconds=20)  # without a renewal: the run is gone before its lease can be taken over
COLLISIONS = 5  # claims lost to another worker of the same lock key before this one looks again later


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One running try, as its worker knows it."""

    task_id: str
    epoch: int


def claim(connection: Connection, *, lane: str, worker: str, is_idle: bool = True) -> Task | None:
    """Take the best waiting task of a lane, or None.

    Tasks that lost two workers already run alone: only a worker that `is_idle` takes them.
    """
    for _ in range(COLLISIONS):
        now = clock(connection)
        row = connection.execute(_best(connection, lane, now, with_suspects=is_idle)).one_or_none()
        if row is None:
            return None
        try:
            with connection.begin_nested():
                return _take(connection, task_of(row), worker, now)
        except IntegrityError:  # another worker started a task of this lock key in between
            continue
    return None


def renew(connection: Connection, holdings: list[Holding]) -> set[str]:
    """Extend the leases; return the ids that are still this worker's, the rest must be ended at once."""
    until = clock(connection) + LEASE
    kept = set()
    for holding in holdings:
        changed = connection.execute(update(tasks).where(_held(holding)).values(lease_until=until))
        if changed.rowcount == 1:
            kept.add(holding.task_id)
    return kept


def still_held(connection: Connection, holdings: list[Holding]) -> set[str]:
    """The ids that are still this worker's, without a write."""
    rows = connection.execute(select(tasks.c.task_id).where(or_(*(_held(holding) for holding in holdings))))
    return set(rows.scalars())


def finish(connection: Connection, holding: Holding, ending: Ending, rule: RetryRule) -> Task | None:
    """Book the end of a try: attempt, task and messages. None, and nothing written, if it is not held any more."""
    task = _locked(connection, holding)
    if task is None:
        return None
    now = clock(connection)
    tries = Tries(
        spent=task.attempt,
        allowed=task.max_attempts,
        first_start=task.start_time or now,
        first_failure=task.first_failure_at,
    )
    verdict = judge(ending.outcome, tries, now=now, rule=rule, not_before=ending.not_before)
    values: dict[str, Any] = {"outcome": ending.outcome, "message": ending.message, "next_try_at": verdict.next_try_at}
    if verdict.event is not Event.SUCCEED:
        values["first_failure_at"] = task.first_failure_at or now
    if ending.outcome == LOST:
        values["lost_workers"] = task.lost_workers + 1
    if verdict.next_try_at is not None:
        values |= {"lane": "retry", "is_retry": True, "claim_rank": rank(verdict.next_try_at, task.priority)}
    else:
        values["end_time"] = now
    return _release(connection, task, ending, status=next_status(task.status, verdict.event), now=now, values=values)


def hand_back(connection: Connection, holding: Holding, reason: Ending, *, after: timedelta) -> Task | None:
    """Give a task up without spending the try, to be taken by anybody once `after` is over."""
    task = _locked(connection, holding)
    if task is None:
        return None
    now = clock(connection)
    values = {"attempt": task.attempt - 1, "next_try_at": now + after, "message": reason.message, "woken_at": now}
    status = next_status(task.status, Event.RETRY)
    released = _release(connection, task, reason, status=status, now=now, values=values)
    if not after:
        outbox.add(connection, TASK_QUEUES[task.lane], task_id=task.task_id)
    return released


def expire(connection: Connection, rule: RetryRule, *, limit: int = 100) -> list[Task]:
    """Take running tasks whose lease is over from their workers: they are lost, and go on by the retry rule."""
    query = (
        select(tasks.c.task_id, tasks.c.epoch, tasks.c.worker)
        .where(tasks.c.status == "running", tasks.c.lease_until < clock(connection))
        .limit(limit)
    )
    ended = []
    for row in connection.execute(_skipping_locked(connection, query)).all():
        ending = Ending(outcome=LOST, message=f"worker {row.worker} was lost: it stopped renewing its lease")
        ended.append(finish(connection, Holding(task_id=row.task_id, epoch=row.epoch), ending, rule))
    return [task for task in ended if task is not None]


def next_epoch(connection: Connection, lock_key: str) -> int:
    """Raise the fencing epoch of a lock key: whatever ran under a lower one writes nothing any more."""
    statement = insert(connection, fences).values(lock_key=lock_key, epoch=1)
    statement = statement.on_conflict_do_update(
        index_elements=["lock_key"], set_={"epoch": fences.c.epoch + 1}
    ).returning(fences.c.epoch)
    return int(connection.execute(statement).scalar_one())


def waiting_condition(now: datetime) -> Any:  # noqa: ANN401 - an SQL expression
    """A task that may be claimed now, if nothing of its lock key runs."""
    return or_(tasks.c.status == "created", and_(tasks.c.status == "retrying", tasks.c.next_try_at <= now))


def _best(connection: Connection, lane: str, now: datetime, *, with_suspects: bool) -> Select[Any]:
    other = tasks.alias("other")
    blocked = exists().where(other.c.lock_key == tasks.c.lock_key, other.c.status == "running")
    query = select(tasks).where(tasks.c.lane == lane, waiting_condition(now), ~blocked)
    if not with_suspects:
        query = query.where(tasks.c.lost_workers < ALONE_AFTER)
    return _skipping_locked(connection, query.order_by(tasks.c.claim_rank).limit(1))


def _take(connection: Connection, task: Task, worker: str, now: datetime) -> Task:
    epoch = next_epoch(connection, task.lock_key)
    values: dict[str, Any] = {
        "status": next_status(task.status, Event.CLAIM),
        "worker": worker,
        "epoch": epoch,
        "attempt": task.attempt + 1,
        "lease_until": now + LEASE,
        "start_time": task.start_time or now,
        "next_try_at": None,
        "outcome": None,
        "message": "",
        "progress_done": None,
        "progress_total": None,
        "version": task.version + 1,
    }
    connection.execute(update(tasks).where(tasks.c.task_id == task.task_id).values(**values))
    attempts.begin(connection, task.task_id, epoch=epoch, number=task.attempt + 1, worker=worker, now=now)
    return one(connection, task.task_id)


def _release(
    connection: Connection, task: Task, ending: Ending, *, status: str, now: datetime, values: Mapping[str, Any]
) -> Task:
    changed = {"status": status, "lease_until": None, "version": task.version + 1, **values}
    connection.execute(update(tasks).where(tasks.c.task_id == task.task_id).values(**changed))
    attempts.end(connection, task.task_id, epoch=task.epoch, ending=ending, now=now)
    if ending.counts.get("seen"):
        outbox.add(connection, POSTINGS_NEW, board=task.board)
    _wake_the_next(connection, task, now)
    return one(connection, task.task_id)


def _wake_the_next(connection: Connection, task: Task, now: datetime) -> None:
    """Whoever waited for this lock key may go: its own wake-up was in vain."""
    same = select(tasks.c.task_id, tasks.c.lane).where(
        tasks.c.lock_key == task.lock_key, tasks.c.task_id != task.task_id, waiting_condition(now)
    )
    row = connection.execute(same.order_by(tasks.c.claim_rank).limit(1)).one_or_none()
    if row is not None:
        outbox.add(connection, TASK_QUEUES[row.lane], task_id=row.task_id)


def _locked(connection: Connection, holding: Holding) -> Task | None:
    query = select(tasks).where(_held(holding))
    row = connection.execute(query.with_for_update() if is_postgresql(connection) else query).one_or_none()
    return None if row is None else task_of(row)


def _held(holding: Holding) -> Any:  # noqa: ANN401 - an SQL expression
    return and_(tasks.c.task_id == holding.task_id, tasks.c.epoch == holding.epoch, tasks.c.status == "running")


def _skipping_locked(connection: Connection, query: Select[Any]) -> Select[Any]:
    return query.with_for_update(skip_locked=True, of=tasks) if is_postgresql(connection) else query
