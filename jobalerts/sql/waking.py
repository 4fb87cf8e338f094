"""Finds waiting tasks that nobody was woken for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    bindparam,
    literal_column,
    or_,
    select,
    update,
)

from jobalerts.broker import TASK_QUEUES
from jobalerts.sql import outbox
from jobalerts.sql.engine import UtcDateTime, is_postgresql, steady_clock
from jobalerts.sql.next_in_line import ONE, longest_of_each_level, unblocked
from jobalerts.sql.tables import tasks

FORGOTTEN_AFTER = timedelta(seconds=60)
MOST_AT_ONCE = 50  # of a lane: a flood needs no second flood, for a worker that is awake goes on by itself


def wake(connection: Connection) -> int:
    """Write a wake-up for retries that have become due and for tasks that wait since 60 s; return how many."""
    now = steady_clock(connection)
    found = [row for lane in TASK_QUEUES for row in _unheard(connection, lane, now)]
    for lane, queue in TASK_QUEUES.items():
        outbox.add_each(connection, queue, [{"task_id": row.task_id} for row in found if row.lane == lane])
    woken = update(tasks).where(tasks.c.task_id.in_([row.task_id for row in found]))
    connection.execute(woken.values(woken_at=now))
    return len(found)


def waiting_lanes(connection: Connection) -> list[str]:
    """Lanes in which something may be claimed now."""
    now, statement = steady_clock(connection), _any(is_postgresql(connection))
    return [lane for lane in TASK_QUEUES if connection.execute(statement, {"lane": lane, "now": now}).first()]


def _unheard(connection: Connection, lane: str, now: datetime) -> Sequence[Row[Any]]:
    """Among those of the lane that wait longest: the same effort beside a million of them."""
    given = {"lane": lane, "now": now, "forgotten": now - FORGOTTEN_AFTER}
    return connection.execute(_unheard_of(is_postgresql(connection)), given).all()


def _unblocked(line: FromClause) -> Select[Any]:
    return select(line.c.task_id, line.c.waiting_since).where(unblocked(line))


@cache
def _unheard_of(of_postgresql: bool) -> Select[Any]:
    most: ColumnElement[int] = literal_column(str(MOST_AT_ONCE))
    heads = longest_of_each_level(_unblocked, most=most, of_postgresql=of_postgresql)
    longest = select(heads.c.task_id).order_by(heads.c.waiting_since).limit(most)
    forgotten = bindparam("forgotten", type_=UtcDateTime())
    unheard = or_(tasks.c.woken_at < forgotten, tasks.c.woken_at < tasks.c.next_try_at)
    query = select(tasks.c.task_id, tasks.c.lane).where(tasks.c.task_id.in_(longest), unheard)
    return query.with_for_update(skip_locked=True)


@cache
def _any(of_postgresql: bool) -> Select[Any]:
    heads = longest_of_each_level(lambda line: select(line.c.task_id), most=ONE, of_postgresql=of_postgresql)
    return select(heads.c.task_id).limit(ONE)
