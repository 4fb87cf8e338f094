"""Reading tasks for people and programs: one query a page, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from jobalerts.sql.tables import attempts, tasks

_COLUMNS = (
    tasks.c.task_id,
    tasks.c.schedule_id,
    tasks.c.kind,
    tasks.c.board,
    tasks.c.args,
    tasks.c.status,
    tasks.c.is_retry,
    tasks.c.priority,
    tasks.c.attempt,
    tasks.c.max_attempts,
    tasks.c.message,
    tasks.c.worker,
    tasks.c.progress_done,
    tasks.c.progress_total,
    tasks.c.created_at,
    tasks.c.start_time,
    tasks.c.end_time,
    tasks.c.next_try_at,
    tasks.c.epoch,
    tasks.c.version,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """A task as it is shown; `version` changes with every change of the row."""

    task_id: str
    schedule_id: str | None
    kind: str
    board: str | None
    args: Mapping[str, Any]
    status: str
    is_retry: bool
    priority: int
    attempt: int
    max_attempts: int
    message: str
    worker: str | None
    progress_done: int | None
    progress_total: int | None
    created_at: datetime
    start_time: datetime | None
    end_time: datetime | None
    next_try_at: datetime | None
    epoch: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPage:
    """Some tasks, newest first; `next_before` is what `before` must be for the page after, None on the last."""

    tasks: tuple[TaskView, ...]
    next_before: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptView:
    """One try of a task with what only an admin sees: the worker, the reason and the end of its output."""

    epoch: int
    number: int
    worker: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    message: str
    counts: Mapping[str, Any] | None
    output_tail: str


def page(
    connection: Connection,
    *,
    status: str | None = None,
    board: str | None = None,
    before: str | None = None,
    limit: int = 50,
) -> TaskPage:
    """At most `limit` tasks older than the task `before`; task ids are UUIDv7, so their order is that of creation."""
    query = select(*_COLUMNS).order_by(tasks.c.task_id.desc()).limit(limit + 1)
    found = [
        TaskView(**row._mapping)
        for row in connection.execute(_filtered(query, status=status, board=board, before=before))
    ]
    shown = tuple(found[:limit])
    return TaskPage(tasks=shown, next_before=shown[-1].task_id if len(found) > limit else None)


def one(connection: Connection, task_id: str, *, lock: bool = False) -> TaskView | None:
    """The task; `lock` keeps its row from changing until this transaction ends (SQLite has one writer anyway)."""
    query = select(*_COLUMNS).where(tasks.c.task_id == task_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else TaskView(**row._mapping)


def attempts_of(connection: Connection, task_id: str) -> list[AttemptView]:
    """The tries of a task, the latest first."""
    query = select(*(attempts.c[name] for name in AttemptView.__slots__)).where(attempts.c.task_id == task_id)
    return [AttemptView(**row._mapping) for row in connection.execute(query.order_by(attempts.c.epoch.desc()))]


def _filtered(query: Select[Any], *, status: str | None, board: str | None, before: str | None) -> Select[Any]:
    if status is not None:
        query = query.where(tasks.c.status == status)
    if board is not None:
        query = query.where(tasks.c.board == board)
    if before is not None:
        query = query.where(tasks.c.task_id < before)
    return query
