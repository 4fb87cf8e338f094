"""What was written before the clock went back: moments that now lie too far ahead are brought down to now."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, update

from jobalerts.sql.leases import LEASE
from jobalerts.sql.tables import messages, tasks
from jobalerts.sql.tasks import RUNNING, WAITING

UNEASY_AFTER = LEASE + timedelta(seconds=5)  # no lease is longer, so one that ends later was made by another clock


def mend(connection: Connection, now: datetime) -> int:
    """Return how many rows had to be mended; twice does nothing more.

    A dead worker's task would else wait for the lease to run out, and a retry for its time, an hour too long. A retry
    whose first failure lies ahead is due at once. What a person asked for at a later time stays there.
    """
    is_running = tasks.c.status == RUNNING
    is_waiting = tasks.c.status.in_(WAITING)
    is_retry = tasks.c.status == "retrying"
    statements = [
        update(tasks).where(is_running, tasks.c.lease_until > now + UNEASY_AFTER).values(lease_until=now + LEASE),
        update(messages).where(messages.c.lease_until > now + UNEASY_AFTER).values(lease_until=now + LEASE),
        update(tasks)
        .where(is_waiting, tasks.c.next_try_at.is_(None), tasks.c.waiting_since > now)
        .values(waiting_since=now),
        update(tasks)
        .where(is_retry, tasks.c.first_failure_at > now)
        .values(next_try_at=now, waiting_since=now, first_failure_at=now),
        update(tasks).where(is_running, tasks.c.first_failure_at > now).values(first_failure_at=now),
        update(tasks).where(is_running | is_retry, tasks.c.start_time > now).values(start_time=now),
    ]
    return sum(connection.execute(statement).rowcount for statement in statements)
