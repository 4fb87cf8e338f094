"""The clock jumps by an hour, forward or back: no living worker loses its task, and nothing waits an hour too long."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, update

from jobalerts.domain.retry import RetryRule
from jobalerts.sql import boards, endings, leases, notices, schedules, tasks
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock, read, write
from jobalerts.sql.leases import Holding
from jobalerts.sql.tables import messages
from jobalerts.sql.tables import tasks as rows
from jobalerts.sql.tasks import Task
from scheduler.clock_watch import ClockWatch
from scheduler.dispatch import dispatch_due
from scheduler.sweepers import sweep_tasks

RULE = RetryRule()
HOUR = timedelta(hours=1)


@pytest.fixture
def clocks() -> ClockWatch:
    return ClockWatch()


def a_running_task(engine: Engine) -> Holding:
    with write(engine) as connection:
        tasks.request(connection, kind="crawl", board="lever/acme", args={}, now=clock(connection))
        task = leases.claim(connection, lane="oneoff", worker="w1")
    assert task is not None
    return Holding(task_id=task.task_id, epoch=task.epoch)


def moved(engine: Engine, by: timedelta) -> None:
    """All moments of the tasks, as if the clock had been another one when they were written."""
    names = ("lease_until", "waiting_since", "next_try_at", "start_time", "first_failure_at", "created_at")
    with write(engine) as connection:
        for row in connection.execute(rows.select()).all():
            values = {name: row._mapping[name] + by for name in names if row._mapping[name] is not None}
            connection.execute(update(rows).where(rows.c.task_id == row.task_id).values(values))


def now_in(engine: Engine, task_id: str) -> Task:
    with read(engine) as connection:
        return tasks.one(connection, task_id)


def subjects(engine: Engine) -> list[str]:
    with read(engine) as connection:
        return [notice.subject for notice in notices.open_notices(connection)]


def looked(engine: Engine, clocks: ClockWatch, ago: timedelta) -> None:
    """The last sweep was when the database's clock showed another time."""
    with read(engine) as connection:
        clocks.look(clock(connection) + ago)


def test_an_hour_forward_takes_no_task_from_a_living_worker(engine: Engine, clocks: ClockWatch) -> None:
    holding = a_running_task(engine)
    moved(engine, -HOUR)
    looked(engine, clocks, -HOUR)

    sweep_tasks(engine, RULE, clocks)
    sweep_tasks(engine, RULE, clocks)

    assert now_in(engine, holding.task_id).status == "running"
    assert subjects(engine) == ["The clock went forward by 3600 s"]
    with write(engine) as connection:
        assert leases.renew(connection, [holding]) == {holding.task_id}


def test_after_an_hour_forward_a_dead_worker_is_found_once_the_living_have_renewed(engine: Engine) -> None:
    clocks = ClockWatch(trusted_after_s=0.0)
    holding = a_running_task(engine)
    moved(engine, -HOUR)
    looked(engine, clocks, -HOUR)

    sweep_tasks(engine, RULE, clocks)

    assert now_in(engine, holding.task_id).outcome == "lost"


def test_an_hour_back_leaves_no_dead_worker_s_task_and_no_wake_up_under_lease_for_an_hour(
    engine: Engine, clocks: ClockWatch
) -> None:
    holding = a_running_task(engine)
    moved(engine, HOUR)
    looked(engine, clocks, HOUR)
    with write(engine) as connection:
        late = {"lease_until": clock(connection) + HOUR, "lease_token": "t", "deliveries": 1}
        connection.execute(messages.insert().values(queue="mail.send", body="{}", created_at=clock(connection), **late))

    sweep_tasks(engine, RULE, clocks)

    task = now_in(engine, holding.task_id)
    with read(engine) as connection:
        now = clock(connection)
        assert connection.execute(messages.select()).one().lease_until <= now + leases.LEASE
    assert task.lease_until is not None
    assert task.start_time is not None
    assert task.status == "running"
    assert task.lease_until <= now + leases.LEASE
    assert task.start_time <= now


def test_an_hour_back_leaves_no_retry_and_no_new_task_waiting_for_an_hour(engine: Engine, clocks: ClockWatch) -> None:
    holding = a_running_task(engine)
    with write(engine) as connection:
        endings.finish(connection, holding, Ending(outcome="blocked"), RULE)
        new = tasks.request(connection, kind="crawl", board="lever/new", args={}, now=clock(connection))
    moved(engine, HOUR)
    looked(engine, clocks, HOUR)

    sweep_tasks(engine, RULE, clocks)

    with write(engine) as connection:
        retry = leases.claim(connection, lane="retry", worker="w2")
        first = leases.claim(connection, lane="oneoff", worker="w2")
    assert retry is not None
    assert first is not None
    assert (retry.task_id, first.task_id) == (holding.task_id, new.task_id)
    again = Holding(task_id=retry.task_id, epoch=retry.epoch)
    with write(engine) as connection:
        ended = endings.finish(connection, again, Ending(outcome="blocked"), RULE)
        assert ended is not None
        assert ended.next_try_at is not None
        assert ended.next_try_at <= clock(connection) + timedelta(minutes=30)


def test_a_scheduler_that_starts_after_the_jump_mends_too(engine: Engine, clocks: ClockWatch) -> None:
    with write(engine) as connection:
        tasks.request(connection, kind="crawl", board="lever/new", args={}, now=clock(connection))
    moved(engine, HOUR)
    sweep_tasks(engine, RULE, clocks)
    with write(engine) as connection:
        assert leases.claim(connection, lane="oneoff", worker="w") is not None
    assert subjects(engine) == []


def test_what_is_asked_for_at_a_later_time_stays_there(engine: Engine, clocks: ClockWatch) -> None:
    with write(engine) as connection:
        task = tasks.request(connection, kind="crawl", board="lever/new", args={}, now=clock(connection))
        later = clock(connection) + HOUR
        connection.execute(update(rows).values(next_try_at=later, waiting_since=later))
    sweep_tasks(engine, RULE, clocks)
    assert now_in(engine, task.task_id).next_try_at == later


def test_the_notice_of_a_jump_ends_by_itself(engine: Engine) -> None:
    clocks = ClockWatch(settled_after_s=0.0)
    looked(engine, clocks, HOUR)
    sweep_tasks(engine, RULE, clocks)
    assert subjects(engine) == ["The clock went back by 3600 s"]
    sweep_tasks(engine, RULE, clocks)
    assert subjects(engine) == []


def test_no_slot_is_run_twice_by_a_database_whose_clock_goes_back(engine: Engine) -> None:
    with write(engine) as connection:
        now = clock(connection)
        boards.put_company(connection, "Acme")
        boards.put(connection, source="lever", token="acme", company="Acme", every_hours=6, now=now)
        schedules.set_due(connection, "lever/acme", now)
    assert dispatch_due(engine, now) == 1
    assert dispatch_due(engine, now - HOUR) == 0
    assert dispatch_due(engine, now) == 0
