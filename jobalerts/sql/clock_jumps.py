"""What was written before the clock went back: moments that now lie too far ahead are brought down to now."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Update, update

from jobalerts.domain.mail_states import HELD_DELAYS, RESEND_AFTER, RETRY_DELAYS
from jobalerts.sql.leases import LEASE
from jobalerts.sql.tables import mails, matches, messages, tasks
from jobalerts.sql.tasks import RUNNING, WAITING

UNEASY_AFTER = LEASE + timedelta(seconds=5)  # no lease is longer, so one that ends later was made by another clock
LONGEST_WAIT = max(*RETRY_DELAYS, *HELD_DELAYS, RESEND_AFTER) + timedelta(minutes=1)  # of a mail for its next try


def mend(connection: Connection, now: datetime) -> int:
    """Return how many rows had to be mended; twice does nothing more.

    A dead worker's task would else wait for the lease to run out, and a retry for its time, an hour too long. A retry
    whose first failure lies ahead is due at once. What a person asked for at a later time stays there. Mails are
    freed from a dead mailer alike; one whose next try lies further ahead than any wait is long, or that was made
    ahead, is due at once, and so is a digest of matches that were made ahead.
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
        *_mails(now),
    ]
    return sum(connection.execute(statement).rowcount for statement in statements)


def _mails(now: datetime) -> list[Update]:
    waits_too_long = mails.c.next_try_at > now + LONGEST_WAIT
    was_made_ahead = (mails.c.created_at > now) & (mails.c.next_try_at > now)
    undigested = matches.c.digest_id.is_(None) & matches.c.dropped_at.is_(None)
    return [
        update(mails)
        .where(mails.c.status == "sending", mails.c.lease_until > now + UNEASY_AFTER)
        .values(lease_until=now + LEASE),
        update(mails)
        .where(mails.c.status.in_(("waiting", "unknown")), waits_too_long | was_made_ahead)
        .values(next_try_at=now),
        update(matches).where(undigested, matches.c.created_at > now).values(created_at=now),
    ]
