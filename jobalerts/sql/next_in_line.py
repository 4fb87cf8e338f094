"""Which waiting task is next: one statement, a look into one index for each level of priority.

One index serves every question, so that no database can choose another one that holds more than it needs.
The statements are made once, so that SQLAlchemy and the drivers know them by the second call.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
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
    true,
    union_all,
)

from jobalerts.domain.retry import ALONE_AFTER
from jobalerts.sql.engine import UtcDateTime, is_postgresql
from jobalerts.sql.tables import tasks
from jobalerts.sql.tasks import NOT_WAITING, RUNNING, WAITING

PRIORITIES = range(9, -1, -1)
ONE: ColumnElement[int] = literal_column("1")
NEVER_SO_MANY = 1_000_000  # lost workers


def waiting_condition(now: Any, of: FromClause = tasks) -> ColumnElement[bool]:  # noqa: ANN401 - a value or expression
    """A task that may be claimed now, if nothing of its lock key runs."""
    return and_(of.c.status.in_(WAITING), of.c.waiting_since <= now)


def of_lock_key(lock_key: Any, of: FromClause = tasks) -> ColumnElement[bool]:  # noqa: ANN401 - a value or expression
    """What waits of a lock key, in the words of the index by lock keys."""
    return and_(of.c.lock_key == lock_key, of.c.status.not_in(NOT_WAITING))


def unblocked(of: FromClause = tasks) -> ColumnElement[bool]:
    """Nothing of its lock key runs: looked up for each row; an EXISTS may become a join with all that runs."""
    other = tasks.alias("other")
    query = select(ONE).where(other.c.lock_key == of.c.lock_key, other.c.status == RUNNING)
    return query.limit(ONE).correlate(of).scalar_subquery().is_(None)


def longest_of_each_level(
    wanted: Callable[[FromClause], Select[Any]],
    *,
    most: ColumnElement[int],
    of_postgresql: bool,
    skip_locked: bool = False,
) -> Subquery:
    """What is `wanted` of the `most` that have waited longest, of each priority of a lane (parameters `lane`, `now`).

    The highest priority first; a reader that has enough looks into no further one. With `skip_locked` the rows are
    locked, but for those that another claim is about to take.
    """
    if of_postgresql:  # short, for psycopg reads a statement of more than 4,096 characters anew each time
        numbers: Iterator[ColumnElement[int]] = (
            literal_column(str(number)) for number in (PRIORITIES[0], PRIORITIES[-1], PRIORITIES.step)
        )
        level = func.generate_series(*numbers).table_valued("priority").render_derived()
        heads = _of_level(level.c.priority, wanted, most, skip_locked=skip_locked).lateral()
        return select(*heads.c).select_from(level.join(heads, true())).subquery()
    levels = (_of_level(literal_column(str(level)), wanted, most) for level in PRIORITIES)
    return union_all(*(select(level.subquery()) for level in levels)).subquery()


def next_by_priority(connection: Connection, lane: str, now: datetime, *, with_suspects: bool) -> Row[Any] | None:
    """The longest waiting of the highest priority, with `passes_over`: one of lower priority has waited longer."""
    return _chosen(connection, _by_priority, lane, now, with_suspects=with_suspects)


def longest_waiting(connection: Connection, lane: str, now: datetime, *, with_suspects: bool) -> Row[Any] | None:
    """The one that has waited longest, whatever its priority; it passes over nobody."""
    return _chosen(connection, _by_waiting, lane, now, with_suspects=with_suspects)


def suspect_waits(connection: Connection, lane: str, since: datetime) -> bool:
    """Whether the longest waiting of the lane is to run alone and could have started by `since`; locks nothing."""
    values = {"lane": lane, "now": since, "lost_limit": NEVER_SO_MANY}
    lost = connection.execute(_lost_by_longest(is_postgresql(connection)), values).scalar()
    return (lost or 0) >= ALONE_AFTER


def _chosen(
    connection: Connection, statement: Callable[[bool], Select[Any]], lane: str, now: datetime, *, with_suspects: bool
) -> Row[Any] | None:
    limit = NEVER_SO_MANY if with_suspects else ALONE_AFTER
    given = {"lane": lane, "now": now, "lost_limit": limit}
    return connection.execute(statement(is_postgresql(connection)), given).one_or_none()


def _of_level(
    level: ColumnElement[int],
    wanted: Callable[[FromClause], Select[Any]],
    most: ColumnElement[int],
    *,
    skip_locked: bool = False,
) -> Select[Any]:
    line = tasks.alias("line")
    query = wanted(line).where(
        line.c.lane == bindparam("lane"),
        line.c.priority == level,
        waiting_condition(bindparam("now", type_=UtcDateTime()), line),
    )
    query = query.order_by(line.c.waiting_since).limit(most)
    return query.with_for_update(skip_locked=True) if skip_locked else query


def _longest_first(line: FromClause, *columns: str) -> Select[Any]:
    query = select(*(line.c[name] for name in columns), line.c.waiting_since)
    return query.where(line.c.lost_workers < bindparam("lost_limit"), unblocked(line))


def _longest(column: str, *, of_postgresql: bool, skip_locked: bool = False) -> ScalarSelect[Any]:
    """Of the first of all levels the one that has waited longest."""
    first = longest_of_each_level(
        lambda line: _longest_first(line, column), most=ONE, of_postgresql=of_postgresql, skip_locked=skip_locked
    )
    return select(first.c[column]).order_by(first.c.waiting_since).limit(ONE).scalar_subquery()


def _whole(task_id: ColumnElement[Any], passes_over: ColumnElement[Any]) -> Select[Any]:
    """All of the row, as it is now that it is locked."""
    query = select(tasks, passes_over.label("passes_over")).where(tasks.c.task_id == task_id)
    return query.with_for_update(of=tasks)


@cache
def _by_priority(of_postgresql: bool) -> Select[Any]:
    heads = longest_of_each_level(
        lambda line: _longest_first(line, "task_id"), most=ONE, of_postgresql=of_postgresql, skip_locked=True
    )
    head = select(heads.c.task_id).limit(ONE).scalar_subquery()
    longest = _longest("priority", of_postgresql=of_postgresql)
    return _whole(head, func.coalesce(longest < tasks.c.priority, false()))


@cache
def _by_waiting(of_postgresql: bool) -> Select[Any]:
    return _whole(_longest("task_id", of_postgresql=of_postgresql, skip_locked=True), false())


@cache
def _lost_by_longest(of_postgresql: bool) -> Select[Any]:
    return select(_longest("lost_workers", of_postgresql=of_postgresql))
