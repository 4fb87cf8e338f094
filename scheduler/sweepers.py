"""Finds what got stuck: lost workers, wake-ups that never came, postings nobody matched, messages given up."""

from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import Engine

from jobalerts.broker import POSTINGS_NEW, Broker
from jobalerts.domain.retry import RetryRule
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import dead_letter_ends, endings, outbox, task_requests, waking, workers
from jobalerts.sql.engine import clock, write

UNMATCHED_AFTER = timedelta(seconds=60)

log = structlog.get_logger()


def sweep_tasks(engine: Engine, rule: RetryRule) -> None:
    """Take tasks from lost workers, and wake a worker for what waits unheard."""
    with write(engine) as connection:
        for task in endings.expire(connection, rule):
            log.warning("worker lost", task_id=task.task_id, board=task.board, worker=task.worker, status=task.status)
        woken = waking.wake(connection)
        workers.forget_old(connection)
        task_requests.forget_old(connection, clock(connection))
    if woken:
        log.info("tasks woken", count=woken)


def sweep_postings(engine: Engine, store: PostingStore, now: datetime) -> None:
    """Wake a matcher for boards whose new postings stayed unmatched for 60 s."""
    boards = store.boards_with_unmatched(now - UNMATCHED_AFTER)
    if boards:
        with write(engine) as connection:
            outbox.add_each(connection, POSTINGS_NEW, [{"board": board} for board in boards])
        log.info("matcher woken", boards=len(boards))


def sweep_dead_messages(engine: Engine, broker: Broker) -> None:
    """Move what the broker has given up into the table people look at."""

    def keep(queue: str, body: str, reason: str) -> None:
        with write(engine) as connection:
            dead_letter_ends.bury(connection, queue, body, reason, now=datetime.now(UTC))
        log.error("message given up", queue=queue, reason=reason)

    broker.take_dead(keep)
