"""Which waiting task is next: one statement, a look into an index for each level of priority until one has a task.

The statements are made once, so that SQLAlchemy and the drivers know them by the second call.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal_column,
    select,
)

from jobalerts.domain.retry import ALONE_AFTER
from jobalerts.sql.engine import UtcDateTime
from jobalerts.sql.tables import tasks
from jobalerts.sql.tasks import RUNNING, WAITING

PRIORITIES = range(9, -1, -1)
NEVER_SO_MANY = 1_000_000  # lost workers


def waiting_condition(now: Any, of: FromClause = tasks) -> ColumnElement[bool]:  # noqa: ANN401 - a value or expression
    """A task that may be claimed now, if nothing of its lock key runs."""
    return and_(of.c.status.in_(WAITING), of.c.waiting_since <= now)


def unblocked(of: FromClause = tasks) -> ColumnElement[bool]:
    """Nothing of its lock key runs."""
    other = tasks.alias("other")
    return ~exists().where(other.c.lock_key == of.c.lock_key, other.c.status == RUNNING).correlate(of)


def next_by_priority(connection: Connection, lane: str, now: datetime, *, with_suspects: bool) -> Row[Any] | None:
    """The longest waiting of the highest priority, with `passes_over`: one of lower priority has waited longer."""
    return _first(connection, _BY_PRIORITY, lane, now, with_suspects=with_suspects)


def longest_waiting(connection: Connection, lane: str, now: datetime, *, with_suspects: bool) -> Row[Any] | None:
    """The one that has waited longest, whatever its priority; it passes over nobody."""
    return _first(connection, _LONGEST, lane, now, with_suspects=with_suspects)


def suspect_waits(connection: Connection, lane: str, since: datetime) -> bool:
    """Whether the longest waiting of the lane is to run alone and could have started by `since`; locks nothing."""
    values = {"lane": lane, "now": since, "lost_limit": NEVER_SO_MANY}
    return (connection.execute(_LOST_BY_LONGEST, values).scalar() or 0) >= ALONE_AFTER


def _first(
    connection: Connection, statement: Select[Any], lane: str, now: datetime, *, with_suspects: bool
) -> Row[Any] | None:
    limit = NEVER_SO_MANY if with_suspects else ALONE_AFTER
    return connection.execute(statement, {"lane": lane, "now": now, "lost_limit": limit}).one_or_none()


def _line(column: str, *conditions: ColumnElement[bool], level: int | None = None) -> Select[Any]:
    """The first of the lane, of one level of priority or of all."""
    line = tasks.alias("line")
    query = select(line.c[column]).where(
        line.c.lane == bindparam("lane"),
        waiting_condition(bindparam("now", type_=UtcDateTime()), line),
        line.c.lost_workers < bindparam("lost_limit"),
        unblocked(line),
        *conditions,
    )
    if level is not None:
        query = query.where(line.c.priority == literal_column(str(level)))
    return query.order_by(line.c.waiting_since).limit(literal_column("1"))


def _unlocked(query: Select[Any]) -> ScalarSelect[Any]:
    """What no other claim is about to take; SQLite lets one writer in at a time and has no such words."""
    return query.with_for_update(skip_locked=True).scalar_subquery()


def _whole(task_id: ColumnElement[Any], passes_over: ColumnElement[Any]) -> Select[Any]:
    """All of the row, as it is now that it is locked."""
    query = select(tasks, passes_over.label("passes_over")).where(tasks.c.task_id == task_id)
    return query.with_for_update(of=tasks)


_HEADS = [_unlocked(_line("task_id", level=level)) for level in PRIORITIES]
_BY_PRIORITY = _whole(
    func.coalesce(*_HEADS),  # the first that is not NULL: the rest is not looked at
    func.coalesce(_line("priority").scalar_subquery() < tasks.c.priority, false()),
)
_LONGEST = _whole(_unlocked(_line("task_id")), false())
_LOST_BY_LONGEST = _line("lost_workers")
