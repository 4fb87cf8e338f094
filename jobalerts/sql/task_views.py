"""Reading tasks for people and programs: one query a page, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from jobalerts.sql.tables import attempts, tasks
from jobalerts.sql.tasks import Task, task_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPage:
    """Some tasks, newest first; `next_before` is what `before` must be for the page after, None on the last."""

    tasks: tuple[Task, ...]
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
    query = select(tasks).order_by(tasks.c.task_id.desc()).limit(limit + 1)
    found = [task_of(row) for row in connection.execute(_filtered(query, status=status, board=board, before=before))]
    shown = tuple(found[:limit])
    return TaskPage(tasks=shown, next_before=shown[-1].task_id if len(found) > limit else None)


def one(connection: Connection, task_id: str, *, lock: bool = False) -> Task | None:
    """The task; `lock` keeps its row from changing until this transaction ends (SQLite has one writer anyway)."""
    query = select(tasks).where(tasks.c.task_id == task_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else task_of(row)


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
