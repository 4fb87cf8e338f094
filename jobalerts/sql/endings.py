"""The end of a try: attempt, task, and messages in one transaction, and only while the try is held."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from jobalerts.broker import POSTINGS_NEW, TASK_QUEUES
from jobalerts.domain.retry import LOST, NETWORK, RetryRule, Tries, judge
from jobalerts.domain.task_states import Event, next_status
from jobalerts.sql import attempts, board_notices, leases, network, outbox
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock
from jobalerts.sql.leases import Holding
from jobalerts.sql.next_in_line import of_lock_key
from jobalerts.sql.tables import tasks
from jobalerts.sql.tasks import RUNNING, Task, is_of_whole_board, one

NO_NETWORK = "no network: every board fails, no try is spent"
NETWORK_AGAIN_AFTER = timedelta(minutes=2)


def finish(connection: Connection, holding: Holding, ending: Ending, rule: RetryRule) -> Task | None:
    """Book the end of a try: attempt, task and messages. None, and nothing written, if it is not held any more."""
    task = leases.locked(connection, holding)
    if task is None:
        return None
    if ending.outcome == NETWORK and network.is_away(connection, but_for=task.task_id):
        away = replace(ending, message=f"{NO_NETWORK}; {ending.message}")
        return hand_back(connection, holding, away, after=NETWORK_AGAIN_AFTER)
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
    if "seen" in ending.counts:
        values |= dict.fromkeys(("progress_done", "progress_total"), int(ending.counts["seen"]))
    if verdict.next_try_at is not None:
        values |= {"lane": "retry", "is_retry": True, "waiting_since": verdict.next_try_at}
    else:
        values["end_time"] = now
        values["given_up_at"] = None if verdict.event is Event.SUCCEED else now
    return _release(connection, task, ending, status=next_status(task.status, verdict.event), now=now, values=values)


def hand_back(connection: Connection, holding: Holding, reason: Ending, *, after: timedelta) -> Task | None:
    """Give a task up without spending the try, to be taken by anybody once `after` is over."""
    task = leases.locked(connection, holding)
    if task is None:
        return None
    now = clock(connection)
    values = {"attempt": task.attempt - 1, "next_try_at": now + after, "message": reason.message, "woken_at": now}
    if after:
        values["waiting_since"] = now + after  # else it keeps its place in the line
    status = next_status(task.status, Event.RETRY)
    released = _release(connection, task, reason, status=status, now=now, values=values)
    if not after:
        outbox.add(connection, TASK_QUEUES[task.lane], task_id=task.task_id)
    return released


def expire(connection: Connection, rule: RetryRule, *, limit: int = 100) -> list[Task]:
    """Take running tasks whose lease is over from their workers: they are lost, and go on by the retry rule."""
    query = (
        select(tasks.c.task_id, tasks.c.epoch, tasks.c.worker)
        .where(tasks.c.status == RUNNING, tasks.c.lease_until < clock(connection))
        .limit(limit)
    )
    ended = []
    for row in connection.execute(leases.skipping_locked(connection, query)).all():
        ending = Ending(outcome=LOST, message=f"worker {row.worker} was lost: it stopped renewing its lease")
        ended.append(finish(connection, Holding(task_id=row.task_id, epoch=row.epoch), ending, rule))
    return [task for task in ended if task is not None]


def _release(
    connection: Connection, task: Task, ending: Ending, *, status: str, now: datetime, values: Mapping[str, Any]
) -> Task:
    changed = {"status": status, "lease_until": None, "version": task.version + 1, **values}
    connection.execute(update(tasks).where(tasks.c.task_id == task.task_id).values(**changed))
    attempts.end(connection, task.task_id, epoch=task.epoch, ending=ending, now=now)
    if task.board is not None and is_of_whole_board(task):
        board_notices.book(connection, task.board, outcome=ending.outcome, message=ending.message)
    if ending.counts.get("seen"):
        outbox.add(connection, POSTINGS_NEW, board=task.board)
    _wake_the_next(connection, task, now)
    return one(connection, task.task_id)


def _wake_the_next(connection: Connection, task: Task, now: datetime) -> None:
    """Whoever waited for this lock key may go: its own wake-up was in vain."""
    same = select(tasks.c.task_id, tasks.c.lane).where(
        of_lock_key(task.lock_key), tasks.c.task_id != task.task_id, tasks.c.waiting_since <= now
    )
    row = connection.execute(same.order_by(tasks.c.waiting_since).limit(1)).one_or_none()
    if row is not None:
        outbox.add(connection, TASK_QUEUES[row.lane], task_id=row.task_id)
