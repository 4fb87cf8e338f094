"""Finds what got stuck: lost workers, wake-ups that never came, postings nobody matched, messages given up."""

from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import Connection, Engine

from jobalerts.broker import POSTINGS_NEW, Broker
from jobalerts.domain.retry import RetryRule
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import clock_jumps, dead_letter_ends, endings, notices, outbox, task_requests, waking, workers
from jobalerts.sql.engine import clock, write
from scheduler.clock_watch import ClockWatch

UNMATCHED_AFTER = timedelta(seconds=60)
CLOCK = "clock"
CLOCK_ADVICE = (
    "No slot is run twice for it, and slots it has jumped over are run once.\n"
    "Let the time of the database's host be kept by NTP: timedatectl set-ntp true"
)

log = structlog.get_logger()


def sweep_tasks(engine: Engine, rule: RetryRule, clocks: ClockWatch | None = None) -> None:
    """Take tasks from lost workers, and wake a worker for what waits unheard.

    `clocks` has seen the earlier sweeps: no worker is lost because the clock has jumped past its lease.
    """
    clocks = clocks or ClockWatch()
    with write(engine) as connection:
        _watch_clock(connection, clocks)
        for task in endings.expire(connection, rule) if clocks.is_trusted else ():
            log.warning("worker lost", task_id=task.task_id, board=task.board, worker=task.worker, status=task.status)
        woken = waking.wake(connection)
        workers.forget_old(connection)
        task_requests.forget_old(connection, clock(connection))
    if woken:
        log.info("tasks woken", count=woken)


def _watch_clock(connection: Connection, clocks: ClockWatch) -> None:
    is_first = clocks.is_first
    now = clock(connection)
    jump = round(clocks.look(now).total_seconds())
    if jump:
        log.warning("clock jumped", seconds=jump)
        way = "forward" if jump > 0 else "back"
        notices.tell_once(connection, CLOCK, f"The clock went {way} by {abs(jump)} s", CLOCK_ADVICE)
    elif clocks.is_settled:
        notices.healthy_again(connection, CLOCK)
    if jump < 0 or is_first:
        clock_jumps.mend(connection, now)


def sweep_postings(engine: Engine, store: PostingStore, now: datetime) -> None:
    """Wake a matcher for boards whose new postings stayed unmatched for 60 s."""
    boards = store.boards_with_unmatched(now - UNMATCHED_AFTER)
    if boards:
        with write(engine) as connection:
            outbox.add_each(connection, POSTINGS_NEW, [{"board": board} for board in boards])
        log.info("matcher woken", boards=len(boards))


def sweep_dead_messages(engine: Engine, broker: Broker) -> None:
    """Move what the broker has given up into the table people look at."""

    def keep(queue: str, body: str, reason: str, origin: str | None) -> None:
        with write(engine) as connection:
            is_new = dead_letter_ends.bury(connection, queue, body, reason, now=datetime.now(UTC), origin=origin)
        if is_new:  # else another scheduler kept it at the same moment
            log.error("message given up", queue=queue, reason=reason)

    broker.take_dead(keep)
