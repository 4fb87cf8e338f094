"""Schedules: what is due becomes a task, once a slot, in one transaction with its wake-up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, func, literal, select, update
from uuid_utils import uuid7

from jobalerts.broker import TASK_QUEUES
from jobalerts.sql import outbox
from jobalerts.sql.engine import UtcDateTime, insert, is_postgresql, rows_of
from jobalerts.sql.tables import schedules, tasks
from jobalerts.sql.tasks import MAX_ATTEMPTS

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
class Claimed:
    """What its slots follow from; the rest of a schedule goes from table to table."""

    id: str
    board: str | None
    cron: str
    timezone: str
    next_due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A claimed schedule, the slot that is to run and the next one (None switches the schedule off)."""

    schedule_id: str
    slot: datetime
    next_due_at: datetime | None


def claim_due(connection: Connection, now: datetime, limit: int) -> list[Claimed]:
    """Schedules that are due, locked against other schedulers until this transaction ends."""
    query = (
        select(*(schedules.c[name] for name in Claimed.__slots__))
        .where(schedules.c.next_due_at <= now)
        .order_by(schedules.c.next_due_at)
        .limit(limit)
    )
    if is_postgresql(connection):
        query = query.with_for_update(skip_locked=True)
    return [
        Claimed(id=id_, board=board, cron=cron, timezone=timezone, next_due_at=due)
        for id_, board, cron, timezone, due in connection.execute(query).all()
    ]


def dispatch(connection: Connection, due: Sequence[Due], now: datetime) -> int:
    """Insert one task a slot, their wake-ups, and the next slots; return how many slots became tasks.

    A slot whose schedule's last task still waits is missed like those while everything was down: one task for both.
    In the transaction that claimed them: the schedules are this one's alone.
    """
    if not due:
        return 0
    given = rows_of(
        connection,
        [
            {"id": one.schedule_id, "task_id": str(uuid7()), "slot": one.slot, "next_due_at": one.next_due_at}
            for one in due
        ],
        id=schedules.c.id.type, task_id=tasks.c.task_id.type, slot=UtcDateTime(), next_due_at=UtcDateTime(),
    )  # fmt: skip
    created = _insert_tasks(connection, given, now)
    outbox.add_together(connection, TASK_QUEUES[LANE], [{"task_id": task_id} for task_id in created])
    advance = update(schedules).where(schedules.c.id == given.c.id)
    connection.execute(advance.values(next_due_at=given.c.next_due_at))
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


def _insert_tasks(connection: Connection, given: FromClause, now: datetime) -> list[str]:
    """What the schedules say of their tasks does not pass through here: the database copies it. Returns the new ids."""
    same_for_all = {
        "lane": LANE,
        "status": "created",
        "max_attempts": MAX_ATTEMPTS,
        "is_retry": False,
        "attempt": 0,
        "lost_workers": 0,
        "message": "",
        "epoch": 0,
        "version": 1,
        "woken_at": now,
        "created_at": now,
    }
    copied: dict[str, ColumnElement[Any]] = {
        "schedule_id": schedules.c.id,
        "kind": schedules.c.kind,
        "board": schedules.c.board,
        "args": schedules.c.args,
        "priority": schedules.c.priority,
        "lock_key": schedules.c.kind + ":" + func.coalesce(schedules.c.board, schedules.c.id),
    }
    computed = {"task_id": given.c.task_id, "scheduled_for": given.c.slot, "waiting_since": given.c.slot}
    columns = copied | computed | {name: literal(value, tasks.c[name].type) for name, value in same_for_all.items()}
    found = select(*columns.values()).where(schedules.c.id == given.c.id)
    statement = insert(connection, tasks).from_select(list(columns), found, include_defaults=False)
    statement = statement.on_conflict_do_nothing()
    return list(connection.execute(statement.returning(tasks.c.task_id)).scalars())


def _vanished(board: str) -> Schedule:
    raise LookupError(f"the schedule of {board} went away in its own transaction")
