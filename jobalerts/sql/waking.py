"""Finds waiting tasks that nobody was woken for."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, Select, or_, select, update

from jobalerts.broker import TASK_QUEUES
from jobalerts.sql import outbox
from jobalerts.sql.engine import clock
from jobalerts.sql.next_in_line import unblocked, waiting_condition
from jobalerts.sql.tables import tasks

FORGOTTEN_AFTER = timedelta(seconds=60)
MOST_AT_ONCE = 50  # of a lane: a flood needs no second flood, for a worker that is awake goes on by itself


def wake(connection: Connection) -> int:
    """Write a wake-up for retries that have become due and for tasks that wait since 60 s; return how many."""
    now = clock(connection)
    found = [row for lane in TASK_QUEUES for row in _unheard(connection, lane, now)]
    for row in found:
        outbox.add(connection, TASK_QUEUES[row.lane], task_id=row.task_id)
    woken = update(tasks).where(tasks.c.task_id.in_([row.task_id for row in found]))
    connection.execute(woken.values(woken_at=now))
    return len(found)


def waiting_lanes(connection: Connection) -> list[str]:
    """Lanes in which something may be claimed now."""
    now = clock(connection)
    return [lane for lane in TASK_QUEUES if connection.execute(_first_of(lane, now)).first()]


def _unheard(connection: Connection, lane: str, now: datetime) -> list[Row[str, str]]:
    """Among those of the lane that wait longest: the same effort beside a million of them."""
    longest = select(tasks.c.task_id).where(tasks.c.lane == lane, waiting_condition(now), unblocked())
    longest = longest.order_by(tasks.c.waiting_since).limit(MOST_AT_ONCE)
    unheard = or_(tasks.c.woken_at < now - FORGOTTEN_AFTER, tasks.c.woken_at < tasks.c.next_try_at)
    query = select(tasks.c.task_id, tasks.c.lane).where(tasks.c.task_id.in_(longest), unheard)
    return list(connection.execute(query.with_for_update(skip_locked=True)).all())


def _first_of(lane: str, now: datetime) -> Select[tuple[str]]:
    return select(tasks.c.task_id).where(tasks.c.lane == lane, waiting_condition(now)).limit(1)
