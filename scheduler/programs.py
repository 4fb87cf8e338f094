"""The two programs: the scheduler's loops, and a worker's."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]
from sqlalchemy import Engine

from jobalerts.broker import TASK_QUEUES, Broker
from jobalerts.domain.retry import RetryRule
from jobalerts.errors import TemporaryError
from jobalerts.mongo.store import PostingStore
from jobalerts.stopping import wait_until
from scheduler import relay, sweepers
from scheduler.dispatch import dispatch_due
from scheduler.loops import repeat
from scheduler.worker import BEAT_EVERY_S, LOOK_EVERY_S, Worker

TICK_S = 1
RELAY_EVERY_S = 0.1
SWEEP_EVERY_S = 5.0
SWEEP_POSTINGS_EVERY_S = 30.0

log = structlog.get_logger()


def run_scheduler(
    engine: Engine, broker: Broker, store: PostingStore, *, rule: RetryRule, stop: threading.Event
) -> None:
    """Clock, relay and sweepers, until `stop`. Any number may run at once."""
    clock = BackgroundScheduler(timezone=UTC)
    # One job, no job store: schedules are rows that any scheduler may claim. No grace time: a late tick is a tick.
    clock.add_job(_tick, "interval", [engine], seconds=TICK_S, coalesce=True, max_instances=1, misfire_grace_time=None)
    loops = [
        repeat("relay", lambda: relay.publish_waiting(engine, broker), every=RELAY_EVERY_S, stop=stop),
        repeat("task sweeper", lambda: sweepers.sweep_tasks(engine, rule), every=SWEEP_EVERY_S, stop=stop),
        repeat("letter sweeper", lambda: sweepers.sweep_dead_messages(engine, broker), every=SWEEP_EVERY_S, stop=stop),
        repeat(
            "posting sweeper",
            lambda: sweepers.sweep_postings(engine, store, datetime.now(UTC)),
            every=SWEEP_POSTINGS_EVERY_S,
            stop=stop,
        ),
    ]
    clock.start()
    wait_until(stop)
    clock.shutdown(wait=False)
    for loop in loops:
        loop.join(timeout=1.0)


def run_worker(worker: Worker, broker: Broker, *, prefetch: int, stop: threading.Event) -> None:
    """Consume the three lanes, look for what no message told of, and keep the leases, until `stop`.

    An error that ends consuming ends the worker, and is raised once its tasks are handed back.
    """
    errors: list[Exception] = []

    def consume() -> None:
        try:
            broker.consume(list(TASK_QUEUES.values()), worker.handle, stop=stop, prefetch=prefetch)
        except Exception as error:  # noqa: BLE001 - raised again below, in the main thread
            errors.append(error)
        stop.set()

    consumer = threading.Thread(target=consume, name="lanes", daemon=True)
    beats = repeat("beat", worker.beat, every=BEAT_EVERY_S, stop=stop)
    looks = repeat("look", worker.look, every=LOOK_EVERY_S, stop=stop)
    consumer.start()
    wait_until(stop)
    _politely(worker.stop)
    for thread in (consumer, beats, looks):
        thread.join(timeout=1.0)
    if errors:
        raise errors[0]


def _tick(engine: Engine) -> None:
    try:
        made = dispatch_due(engine, datetime.now(UTC))
    except TemporaryError as error:
        log.warning("put off", work="dispatch", reason=str(error))
    else:
        if made:
            log.info("tasks dispatched", count=made)


def _politely(goodbye: Callable[[], None]) -> None:
    try:
        goodbye()
    except TemporaryError as error:
        log.warning("stopped without a goodbye", reason=str(error))
