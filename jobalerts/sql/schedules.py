"""Schedules: what is due becomes a task, once a slot, in one transaction with its wake-up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from uuid_utils import uuid7

from jobalerts.broker import TASK_QUEUES
from jobalerts.sql import outbox
from jobalerts.sql.engine import insert, is_postgresql
from jobalerts.sql.tables import schedules, tasks
from jobalerts.sql.tasks import new_row

LANE = "recurring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A row of `schedules`; `next_due_at` None means it is switched off."""

    id: str
    kind: str
    board: str | None
    cron: str
    timezone: str
    args: Mapping[str, Any]
    priority: int
    next_due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A claimed schedule, the slot that is to run and the next one (None switches the schedule off)."""

    schedule: Schedule
    slot: datetime
    next_due_at: datetime | None


def claim_due(connection: Connection, now: datetime, limit: int) -> list[Schedule]:
    """Schedules that are due, locked against other schedulers until this transaction ends."""
    query = (
        select(*(schedules.c[name] for name in Schedule.__slots__))
        .where(schedules.c.next_due_at <= now)
        .order_by(schedules.c.next_due_at)
        .limit(limit)
    )
    if is_postgresql(connection):
        query = query.with_for_update(skip_locked=True)
    return [Schedule(**row._mapping) for row in connection.execute(query)]


def dispatch(connection: Connection, due: Sequence[Due], now: datetime) -> int:
    """Insert one task a slot, its wake-up, and the next slot; return how many slots became tasks.

    A slot whose schedule's last task still waits is missed like those while everything was down: one task for both.
    """
    rows = [_row(item, now) for item in due]
    created = set()
    if rows:
        statement = insert(connection, tasks).on_conflict_do_nothing()
        created = set(connection.execute(statement.values(rows).returning(tasks.c.task_id)).scalars())
    wake_ups = [row["task_id"] for row in rows if row["task_id"] in created]
    outbox.add_each(connection, TASK_QUEUES[LANE], [{"task_id": task_id} for task_id in wake_ups])
    advance = (
        update(schedules)
        .where(schedules.c.id == bindparam("schedule"), schedules.c.next_due_at == bindparam("was_due"))
        .values(next_due_at=bindparam("due"))
    )
    values = [
        {"schedule": item.schedule.id, "was_due": item.schedule.next_due_at, "due": item.next_due_at} for item in due
    ]
    if values:
        connection.execute(advance, values)
    return len(created)


def put(
    connection: Connection, *, kind: str, board: str, cron: str, args: Mapping[str, Any], now: datetime
) -> Schedule:
    """Make the board's schedule, switched off, or bring its cron expression and arguments up to date."""
    found = of_board(connection, board)
    if found is None:
        values = {"id": str(uuid7()), "kind": kind, "board": board, "cron": cron, "args": dict(args), "created_at": now}
        connection.execute(schedules.insert().values(**values))
    elif (found.cron, found.args) != (cron, dict(args)):
        connection.execute(update(schedules).where(schedules.c.id == found.id).values(cron=cron, args=dict(args)))
    return of_board(connection, board) or _vanished(board)


def of_board(connection: Connection, board: str) -> Schedule | None:
    """The board's schedule, or None."""
    query = select(*(schedules.c[name] for name in Schedule.__slots__)).where(schedules.c.board == board)
    row = connection.execute(query).one_or_none()
    return None if row is None else Schedule(**row._mapping)


def set_due(connection: Connection, board: str, due: datetime | None) -> None:
    """Make the board's schedule due at `due`, or switch it off with None."""
    connection.execute(update(schedules).where(schedules.c.board == board).values(next_due_at=due))


def _row(due: Due, now: datetime) -> dict[str, Any]:
    schedule = due.schedule
    row = new_row(
        kind=schedule.kind, board=schedule.board, args=schedule.args, lane=LANE, priority=schedule.priority, now=now
    )
    return row | {"schedule_id": schedule.id, "scheduled_for": due.slot, "waiting_since": due.slot}


def _vanished(board: str) -> Schedule:
    raise LookupError(f"the schedule of {board} went away in its own transaction")
