"""The watch on the machinery: who works, how late tries start, what has run and waited longest."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, update

from jobalerts.domain.retry import RetryRule
from jobalerts.sql import endings, leases, task_times, tasks, workers
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock, read, write
from jobalerts.sql.leases import Holding, Room
from jobalerts.sql.tables import attempts
from jobalerts.sql.tables import tasks as task_rows
from jobalerts.sql.tables import workers as worker_rows
from jobalerts.sql.workers import Capacity, Worker

CAPACITY = Capacity(slots=3, prefetch=2)


def shown(engine: Engine) -> list[Worker]:
    with read(engine) as connection:
        return workers.all_workers(connection)


def asked(engine: Engine, board: str, *, age_s: float = 0, priority: int = 5) -> str:
    with write(engine) as connection:
        now = clock(connection) - timedelta(seconds=age_s)
        task = tasks.request(connection, kind="crawl", board=board, args={}, priority=priority, now=now)
    return task.task_id


def claimed(engine: Engine, lane: str = "oneoff") -> Holding:
    with write(engine) as connection:
        task = leases.claim(connection, lane=lane, worker="w1")
    assert task is not None
    return Holding(task_id=task.task_id, epoch=task.epoch)


def test_worker_is_alive_then_stopping_then_gone(engine: Engine) -> None:
    with write(engine) as connection:
        workers.beat(connection, name="w1", host="h1", capacity=CAPACITY)
    asked(engine, "lever/acme")
    claimed(engine)

    [worker] = shown(engine)
    assert (worker.name, worker.host, worker.slots, worker.prefetch) == ("w1", "h1", 3, 2)
    assert (worker.running, worker.state) == (1, "alive")

    with write(engine) as connection:
        workers.stopping(connection, "w1")
        workers.beat(connection, name="w1", host="h1", capacity=CAPACITY)
    assert shown(engine)[0].state == "stopping"

    with write(engine) as connection:
        workers.leave(connection, "w1")
    assert shown(engine) == []


def test_worker_that_is_silent_is_lost_and_forgotten_after_an_hour(engine: Engine) -> None:
    with write(engine) as connection:
        workers.beat(connection, name="w1", host="h1", capacity=CAPACITY)
        connection.execute(update(worker_rows).values(last_beat_at=clock(connection) - timedelta(seconds=31)))
    assert shown(engine)[0].state == "lost"

    with write(engine) as connection:
        assert workers.forget_old(connection) == 0
        connection.execute(update(worker_rows).values(last_beat_at=clock(connection) - timedelta(minutes=61)))
        assert workers.forget_old(connection) == 1


def test_delay_of_a_start_counts_from_when_the_try_was_due(engine: Engine) -> None:
    task_id = asked(engine, "lever/acme", age_s=40, priority=9)
    holding = claimed(engine)
    with write(engine) as connection:
        endings.finish(connection, holding, Ending(outcome="blocked"), RetryRule())
        due = clock(connection) - timedelta(seconds=3)
        connection.execute(update(task_rows).values(next_try_at=due, waiting_since=due))
    claimed(engine, "retry")

    with read(engine) as connection:
        rows = connection.execute(attempts.select().where(attempts.c.task_id == task_id)).all()
        delay = task_times.start_delay(connection)
    first, second = sorted(row.waited_seconds for row in rows)
    assert first == pytest.approx(3, abs=2)
    assert second == pytest.approx(40, abs=2)
    assert delay.p95 == pytest.approx(40, abs=2)


def test_a_start_is_not_late_while_no_slot_was_free(engine: Engine) -> None:
    asked(engine, "lever/acme", age_s=40)
    with write(engine) as connection:
        assert leases.claim(connection, lane="oneoff", worker="w1", room=Room(free_seconds=2.5)) is not None
        assert task_times.start_delay(connection).p95 == 2.5


def test_what_was_handed_back_has_waited_since_it_may_be_taken_again(engine: Engine) -> None:
    asked(engine, "lever/acme", age_s=100)
    holding = claimed(engine)
    with write(engine) as connection:
        endings.hand_back(connection, holding, Ending(outcome="stopped"), after=timedelta(0))
    claimed(engine)

    with read(engine) as connection:
        waited = connection.execute(attempts.select().order_by(attempts.c.epoch.desc())).first()
    assert waited is not None
    assert waited.waited_seconds < 50


def test_gauges_tell_the_longest_running_and_the_longest_waiting(engine: Engine) -> None:
    with read(engine) as connection:
        now = clock(connection)
        assert task_times.oldest_running(connection, now) is None
        assert task_times.oldest_waiting(connection, now) is None
        assert task_times.start_delay(connection).p95 is None
    asked(engine, "lever/running", priority=9)
    claimed(engine)
    asked(engine, "lever/low", age_s=50, priority=0)
    asked(engine, "lever/high", age_s=20, priority=9)

    with read(engine) as connection:
        now = clock(connection) + timedelta(seconds=10)
        assert task_times.oldest_running(connection, now) == pytest.approx(10, abs=5)
        assert task_times.oldest_waiting(connection, now) == pytest.approx(60, abs=5)


def test_a_task_that_is_not_due_yet_does_not_wait(engine: Engine) -> None:
    asked(engine, "lever/acme", age_s=500)
    holding = claimed(engine)
    with write(engine) as connection:
        endings.finish(connection, holding, Ending(outcome="blocked"), RetryRule())

    with read(engine) as connection:
        assert task_times.oldest_waiting(connection, clock(connection)) is None
