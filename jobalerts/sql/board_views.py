"""Reading boards for pages: each with its company, its schedule and its last task, in one query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from jobalerts.domain.doubts import SUSPICIOUS
from jobalerts.domain.retry import TIMEOUT
from jobalerts.sql.tables import boards, companies, schedules, tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """A board as it is shown; `task_id` and what follows are of its latest task, None before the first."""

    id: str
    source: str
    token: str
    company: str
    company_key: str
    active: bool
    disabled_at: datetime | None
    is_demo: bool
    note: str
    base_url: str | None
    next_due_at: datetime | None
    task_id: str | None
    status: str | None
    outcome: str | None
    message: str | None
    start_time: datetime | None
    end_time: datetime | None
    next_try_at: datetime | None
    progress_done: int | None
    progress_total: int | None

    @property
    def seconds(self) -> float | None:
        """How long the last task took."""
        return (self.end_time - self.start_time).total_seconds() if self.start_time and self.end_time else None


def every(connection: Connection, *, active: bool | None = None) -> list[BoardView]:
    """All boards by company name, or only the active or inactive ones."""
    query = _query().order_by(func.lower(companies.c.name), boards.c.id)
    if active is not None:
        query = query.where(boards.c.active == active)
    return [_view(row) for row in connection.execute(query)]


def one(connection: Connection, board_id: str) -> BoardView | None:
    row = connection.execute(_query().where(boards.c.id == board_id)).first()
    return _view(row) if row else None


def of_companies(connection: Connection, keys: list[str]) -> list[BoardView]:
    """The boards of these companies, active or not."""
    query = _query().where(companies.c.name_key.in_(keys)).order_by(func.lower(companies.c.name), boards.c.id)
    return [_view(row) for row in connection.execute(query)]


def given_up(connection: Connection, *, since: datetime) -> list[BoardView]:
    """Active boards whose latest task ended for good since then and did not succeed, by company name.

    Suspicious ones are not among them: `board_notices` tells of those.
    """
    told_otherwise = tasks.c.outcome.is_not_distinct_from(SUSPICIOUS)  # by a notice, once
    ended_badly = (
        (tasks.c.end_time > since)
        & ~told_otherwise
        & or_(tasks.c.status.in_(("failed", "dead")), (tasks.c.status == "killed") & (tasks.c.outcome == TIMEOUT))
    )
    if connection.execute(select(tasks.c.task_id).where(ended_badly).limit(1)).first() is None:
        return []  # as nearly always, found by an index
    query = _query().where(boards.c.active, ended_badly).order_by(func.lower(companies.c.name), boards.c.id)
    return [_view(row) for row in connection.execute(query)]


def _query() -> Select[Any]:
    last = (
        select(tasks.c.board, func.max(tasks.c.task_id).label("task_id"))
        .where(tasks.c.board.is_not(None))
        .group_by(tasks.c.board)
        .subquery()
    )
    return (
        select(
            boards.c.id,
            boards.c.source,
            boards.c.token,
            companies.c.name.label("company"),
            companies.c.name_key.label("company_key"),
            boards.c.active,
            boards.c.disabled_at,
            boards.c.is_demo,
            boards.c.note,
            boards.c.base_url,
            schedules.c.next_due_at,
            tasks.c.task_id,
            tasks.c.status,
            tasks.c.outcome,
            tasks.c.message,
            tasks.c.start_time,
            tasks.c.end_time,
            tasks.c.next_try_at,
            tasks.c.progress_done,
            tasks.c.progress_total,
        )
        .join(companies, companies.c.id == boards.c.company_id)
        .outerjoin(schedules, schedules.c.board == boards.c.id)
        .outerjoin(last, last.c.board == boards.c.id)
        .outerjoin(tasks, tasks.c.task_id == last.c.task_id)
    )


def _view(row: Row[Any]) -> BoardView:
    return BoardView(**row._mapping)
