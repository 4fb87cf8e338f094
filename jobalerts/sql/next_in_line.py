"""Which waiting task is next: one statement, a look into one index for each level of priority.

One index serves every question, so that no database can choose another one that holds more than it needs.
The statements are made once, so that SQLAlchemy and the drivers know them by the second call.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    bindparam,
    false,
    func,
    literal_column,
    select,
    union_all,
)

from jobalerts.domain.retry import ALONE_AFTER
from jobalerts.sql.engine import UtcDateTime
from jobalerts.sql.tables import tasks
from jobalerts.sql.tasks import RUNNING, WAITING

PRIORITIES = range(9, -1, -1)
ONE: ColumnElement[int] = literal_column("1")
NEVER_SO_MANY = 1_000_000  # lost workers


def waiting_condition(now: Any, of: FromClause = tasks) -> ColumnElement[bool]:  # noqa: ANN401 - a value or expression
    """A task that may be claimed now, if nothing of its lock key runs."""
    return and_(of.c.status.in_(WAITING), of.c.waiting_since <= now)


def unblocked(of: FromClause = tasks) -> ColumnElement[bool]:
    """Nothing of its lock key runs: looked up for each row; an EXISTS may become a join with all that runs."""
    other = tasks.alias("other")
    query = select(ONE).where(other.c.lock_key == of.c.lock_key, other.c.status == RUNNING)
    return query.limit(ONE).correlate(of).scalar_subquery().is_(None)


def longest_of_each_level(
    wanted: Callable[[FromClause], Select[Any]], *, most: ColumnElement[int], skip_locked: bool = False
) -> Subquery:
    """What is `wanted` of the `most` that have waited longest, of each priority of a lane (parameters `lane`, `now`).

    With `skip_locked` the rows are locked, but for those that another claim is about to take.
    """
    return union_all(*(_of_level(level, wanted, most, skip_locked=skip_locked) for level in PRIORITIES)).subquery()


def next_by_priority(connection: Connection, lane: str, now: datetime, *, with_suspects: bool) -> Row[Any] | None:
    """The longest waiting of the highest priority, with `passes_over`: one of lower priority has waited longer."""
    return _chosen(connection, _BY_PRIORITY, lane, now, with_suspects=with_suspects)


def longest_waiting(connection: Connection, lane: str, now: datetime, *, with_suspects: bool) -> Row[Any] | None:
    """The one that has waited longest, whatever its priority; it passes over nobody."""
    return _chosen(connection, _LONGEST, lane, now, with_suspects=with_suspects)


def suspect_waits(connection: Connection, lane: str, since: datetime) -> bool:
    """Whether the longest waiting of the lane is to run alone and could have started by `since`; locks nothing."""
    values = {"lane": lane, "now": since, "lost_limit": NEVER_SO_MANY}
    return (connection.execute(_LOST_BY_LONGEST, values).scalar() or 0) >= ALONE_AFTER


def _chosen(
    connection: Connection, statement: Select[Any], lane: str, now: datetime, *, with_suspects: bool
) -> Row[Any] | None:
    limit = NEVER_SO_MANY if with_suspects else ALONE_AFTER
    return connection.execute(statement, {"lane": lane, "now": now, "lost_limit": limit}).one_or_none()


def _of_level(
    level: int, wanted: Callable[[FromClause], Select[Any]], most: ColumnElement[int], *, skip_locked: bool
) -> Select[Any]:
    line = tasks.alias("line")
    query = wanted(line).where(
        line.c.lane == bindparam("lane"),
        line.c.priority == literal_column(str(level)),
        waiting_condition(bindparam("now", type_=UtcDateTime()), line),
    )
    query = query.order_by(line.c.waiting_since).limit(most)
    # SQLite lets one writer in at a time and has no words for locks.
    return select((query.with_for_update(skip_locked=True) if skip_locked else query).subquery())


def _first(column: str) -> Callable[[FromClause], Select[Any]]:
    def wanted(line: FromClause) -> Select[Any]:
        query = select(line.c[column], line.c.waiting_since)
        return query.where(line.c.lost_workers < bindparam("lost_limit"), unblocked(line))

    return wanted


def _longest(column: str, *, skip_locked: bool = False) -> ScalarSelect[Any]:
    """Of the first of all levels the one that has waited longest."""
    first = longest_of_each_level(_first(column), most=ONE, skip_locked=skip_locked)
    return select(first.c[column]).order_by(first.c.waiting_since).limit(ONE).scalar_subquery()


def _head(level: int) -> ScalarSelect[Any]:
    head = _of_level(level, _first("task_id"), ONE, skip_locked=True).subquery()
    return select(head.c.task_id).scalar_subquery()


def _whole(task_id: ColumnElement[Any], passes_over: ColumnElement[Any]) -> Select[Any]:
    """All of the row, as it is now that it is locked."""
    query = select(tasks, passes_over.label("passes_over")).where(tasks.c.task_id == task_id)
    return query.with_for_update(of=tasks)


_BY_PRIORITY = _whole(
    func.coalesce(*map(_head, PRIORITIES)),  # the first that is not NULL: the rest is not looked at
    func.coalesce(_longest("priority") < tasks.c.priority, false()),
)
_LONGEST = _whole(_longest("task_id", skip_locked=True), false())
_LOST_BY_LONGEST = select(_longest("lost_workers"))
