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
from jobalerts.watch import LOOK_EVERY_S as WATCH_EVERY_S
from jobalerts.watch import SAVE_EVERY_S, Rounds, Watch
from scheduler import relay, sweepers
from scheduler.clock_watch import ClockWatch
from scheduler.dispatch import dispatch_due
from scheduler.loops import repeat
from scheduler.worker import BEAT_EVERY_S, LOOK_EVERY_S, Worker

TICK_S = 1
RELAY_EVERY_S = 0.1
SWEEP_EVERY_S = 5.0
GO_ON_EVERY_S = 0.005  # it waits by itself until a slot is freed
SWEEP_POSTINGS_EVERY_S = 30.0

log = structlog.get_logger()


def run_scheduler(
    engine: Engine, broker: Broker, store: PostingStore, *, rule: RetryRule, stop: threading.Event
) -> None:
    """Clock, relay and sweepers, until `stop`. Any number may run at once."""
    rounds = Rounds("scheduler")
    clocks = ClockWatch()
    rounds.expect("clock")
    watch = Watch(engine, rounds, time_limit=rule.time_limit.total_seconds(), store=store)
    clock = BackgroundScheduler(timezone=UTC)
    # One job, no job store: schedules are rows that any scheduler may claim. No grace time: a late tick is a tick.
    clock.add_job(
        _tick, "interval", [engine, rounds], seconds=TICK_S, coalesce=True, max_instances=1, misfire_grace_time=None
    )

    def keep(name: str, work: Callable[[], object], every: float) -> threading.Thread:
        return repeat(name, work, every=every, stop=stop, rounds=rounds)

    loops = [
        keep("relay", lambda: relay.publish_waiting(engine, broker), RELAY_EVERY_S),
        keep("task sweeper", lambda: sweepers.sweep_tasks(engine, rule, clocks), SWEEP_EVERY_S),
        keep("letter sweeper", lambda: sweepers.sweep_dead_messages(engine, broker), SWEEP_EVERY_S),
        keep(
            "posting sweeper", lambda: sweepers.sweep_postings(engine, store, datetime.now(UTC)), SWEEP_POSTINGS_EVERY_S
        ),
        keep("watch", watch.look, WATCH_EVERY_S),
        keep("watch sweeper", watch.sweep, SWEEP_POSTINGS_EVERY_S),
        repeat("rounds", lambda: rounds.save(engine), every=SAVE_EVERY_S, stop=stop),
    ]
    clock.start()
    wait_until(stop)
    clock.shutdown(wait=False)
    for loop in loops:
        loop.join(timeout=1.0)
    _politely(lambda: rounds.leave(engine))


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

    def look() -> None:
        worker.look()  # and if it found something the worker goes on by itself

    consumer = threading.Thread(target=consume, name="lanes", daemon=True)
    beats = repeat("beat", worker.beat, every=BEAT_EVERY_S, stop=stop)
    looks = repeat("look", look, every=LOOK_EVERY_S, stop=stop)
    ons = repeat("go on", worker.go_on, every=GO_ON_EVERY_S, stop=stop)
    consumer.start()
    wait_until(stop)
    _politely(worker.stop)
    for thread in (consumer, beats, looks, ons):
        thread.join(timeout=1.0)
    if errors:
        raise errors[0]


def _tick(engine: Engine, rounds: Rounds) -> None:
    try:
        made = dispatch_due(engine, datetime.now(UTC))
    except TemporaryError as error:
        if rounds.bad("clock", str(error)):
            log.warning("put off", work="dispatch", reason=str(error))
    else:
        rounds.good("clock")
        if made:
            log.info("tasks dispatched", count=made)


def _politely(goodbye: Callable[[], None]) -> None:
    try:
        goodbye()
    except TemporaryError as error:
        log.warning("stopped without a goodbye", reason=str(error))
