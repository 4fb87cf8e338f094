"""The ends of several tries that went well, at once: as `endings.finish` would book them one after the other."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, Integer, String, Text, func, select, update
from sqlalchemy.types import TypeEngine

from jobalerts.broker import POSTINGS_NEW, TASK_QUEUES
from jobalerts.domain.retry import SUCCESS
from jobalerts.domain.task_states import Event, next_status
from jobalerts.sql import outbox
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock, rows_of
from jobalerts.sql.leases import Holding
from jobalerts.sql.next_in_line import waiting_condition
from jobalerts.sql.tables import attempts, tasks
from jobalerts.sql.tasks import RUNNING

SUCCEEDED = next_status("running", Event.SUCCEED)


def succeed_together(connection: Connection, ends: Sequence[tuple[Holding, Ending]]) -> set[str]:
    """Book ends whose outcome is success; the ids of those that were still held. Of the others nothing is written."""
    held = _locked(connection, [holding for holding, _ending in ends])
    if not held:
        return set()
    now = clock(connection)
    rows = [_row(holding, ending) for holding, ending in ends if holding.task_id in held]
    _end_tasks(connection, rows, now)
    _end_attempts(connection, rows, now)
    for holding, ending in ends:
        if holding.task_id in held and ending.counts.get("seen"):
            outbox.add(connection, POSTINGS_NEW, board=held[holding.task_id].board)
    _wake_the_next(connection, sorted({row.lock_key for row in held.values()}), now)
    return set(held)


def _locked(connection: Connection, holdings: Sequence[Holding]) -> dict[str, Any]:
    """Those that are held, kept from others; locked in the order of the ids, as renewals lock them: no deadlock."""
    rows = [{"task_id": holding.task_id, "epoch": holding.epoch} for holding in holdings]
    given = rows_of(connection, rows, task_id=String(), epoch=Integer())
    query = (
        select(tasks.c.task_id, tasks.c.lock_key, tasks.c.board)
        .where(tasks.c.task_id == given.c.task_id, tasks.c.epoch == given.c.epoch, tasks.c.status == RUNNING)
        .order_by(tasks.c.task_id)
        .with_for_update(of=tasks)
    )
    return {row.task_id: row for row in connection.execute(query)}


def _row(holding: Holding, ending: Ending) -> dict[str, Any]:
    seen = ending.counts.get("seen")
    return {
        "task_id": holding.task_id,
        "epoch": holding.epoch,
        "message": ending.message,
        "counts": dict(ending.counts),
        "seen": None if seen is None else int(seen),
        "output_tail": ending.output_tail,
        "output_name": ending.output_name,
    }


def _end_tasks(connection: Connection, rows: Sequence[dict[str, Any]], now: datetime) -> None:
    given = rows_of(connection, rows, task_id=String(), message=Text(), seen=Integer())
    changed = {
        "status": SUCCEEDED,
        "outcome": SUCCESS,
        "message": given.c.message,
        "end_time": now,
        "version": tasks.c.version + 1,
        "progress_done": func.coalesce(given.c.seen, tasks.c.progress_done),
        "progress_total": func.coalesce(given.c.seen, tasks.c.progress_total),
        **dict.fromkeys(("lease_until", "next_try_at", "given_up_at")),
    }
    connection.execute(update(tasks).where(tasks.c.task_id == given.c.task_id).values(changed))


def _end_attempts(connection: Connection, rows: Sequence[dict[str, Any]], now: datetime) -> None:
    types: dict[str, TypeEngine[Any]]
    types = {"message": Text(), "counts": JSON(), "output_tail": Text(), "output_name": Text()}
    given = rows_of(connection, rows, task_id=String(), epoch=Integer(), **types)
    ours = (attempts.c.task_id == given.c.task_id, attempts.c.epoch == given.c.epoch, attempts.c.outcome.is_(None))
    changed = {name: given.c[name] for name in types} | {"outcome": SUCCESS, "ended_at": now}
    connection.execute(update(attempts).where(*ours).values(changed))


def _wake_the_next(connection: Connection, lock_keys: Sequence[str], now: datetime) -> None:
    """Of each lock key the longest waiting one: its own wake-up was in vain."""
    given = rows_of(connection, [{"lock_key": key} for key in lock_keys], lock_key=String())
    next_one = select(tasks.c.task_id).where(tasks.c.lock_key == given.c.lock_key, waiting_condition(now))
    first = next_one.order_by(tasks.c.waiting_since).limit(1).correlate(given).scalar_subquery()
    found = select(tasks.c.task_id, tasks.c.lane).where(tasks.c.task_id.in_(select(first)))
    for row in connection.execute(found):
        outbox.add(connection, TASK_QUEUES[row.lane], task_id=row.task_id)
