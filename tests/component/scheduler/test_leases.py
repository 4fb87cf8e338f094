"""Claiming, renewing, finishing and losing tasks, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, select, update

from jobalerts.broker import POSTINGS_NEW
from jobalerts.domain.retry import RetryRule
from jobalerts.domain.task_states import Conflict
from jobalerts.sql import endings, leases, tasks
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock, write
from jobalerts.sql.leases import Holding, Room
from jobalerts.sql.tables import attempts, outbox
from jobalerts.sql.tables import tasks as task_rows
from jobalerts.sql.tasks import Task

RULE = RetryRule()
FETCHED = Ending(outcome="success", counts={"seen": 3, "new": 1})


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with write(engine) as connection:
        yield connection


def a_task(connection: Connection, board: str = "lever/acme", *, priority: int = 5, age: float = 0) -> Task:
    now = clock(connection) - timedelta(seconds=age)
    return tasks.request(
        connection, kind="crawl", board=board, args={"company": "Acme"}, priority=priority, lane="oneoff", now=now
    )


def claimed(connection: Connection, worker: str = "w1") -> Task:
    task = leases.claim(connection, lane="oneoff", worker=worker)
    assert task is not None
    return task


def holding(task: Task) -> Holding:
    return Holding(task_id=task.task_id, epoch=task.epoch)


def messages(connection: Connection) -> list[str]:
    return list(connection.execute(select(outbox.c.queue).order_by(outbox.c.id)).scalars())


def let_lease_run_out(connection: Connection, task: Task) -> None:
    past = clock(connection) - timedelta(seconds=1)
    connection.execute(update(task_rows).where(task_rows.c.task_id == task.task_id).values(lease_until=past))


def make_due(connection: Connection, task: Task) -> None:
    now = clock(connection)
    due = update(task_rows).where(task_rows.c.task_id == task.task_id)
    connection.execute(due.values(next_try_at=now, waiting_since=now))


def test_a_claim_starts_the_task_under_a_new_epoch_and_a_lease(connection: Connection) -> None:
    asked = a_task(connection)

    task = claimed(connection)

    assert (task.task_id, task.status, task.attempt, task.epoch, task.worker) == (asked.task_id, "running", 1, 1, "w1")
    assert task.start_time is not None
    assert task.lease_until is not None
    assert timedelta(seconds=25) < task.lease_until - clock(connection) <= leases.LEASE
    assert leases.claim(connection, lane="oneoff", worker="w2") is None


def test_one_task_of_a_board_runs_at_a_time_and_the_next_is_woken_by_its_end(connection: Connection) -> None:
    a_task(connection)
    a_task(connection)
    first = claimed(connection)
    assert leases.claim(connection, lane="oneoff", worker="w2") is None
    woken = len(messages(connection))

    endings.finish(connection, holding(first), FETCHED, RULE)

    assert messages(connection)[woken:] == [POSTINGS_NEW, "tasks.oneoff"]
    assert claimed(connection, "w2").epoch == 2


def test_high_priority_goes_first_however_long_a_low_one_has_waited(connection: Connection) -> None:
    low = a_task(connection, "lever/low", priority=0, age=60)
    high = a_task(connection, "lever/high", priority=9)
    ancient = a_task(connection, "lever/ancient", priority=0, age=30 * 3600)

    assert [claimed(connection).task_id for _ in range(3)] == [high.task_id, ancient.task_id, low.task_id]


def test_a_good_end_books_attempt_status_and_message_together(connection: Connection) -> None:
    a_task(connection)
    task = claimed(connection)

    ended = endings.finish(connection, holding(task), FETCHED, RULE)

    assert ended is not None
    assert (ended.status, ended.outcome) == ("success", "success")
    assert ended.end_time is not None
    assert messages(connection)[-1] == POSTINGS_NEW
    attempt = connection.execute(select(attempts)).one()
    assert (attempt.outcome, attempt.counts, attempt.number) == ("success", {"seen": 3, "new": 1}, 1)


def test_a_temporary_failure_goes_to_the_retry_lane_for_later(connection: Connection) -> None:
    a_task(connection)
    task = claimed(connection)

    ended = endings.finish(connection, holding(task), Ending(outcome="blocked", message="429"), RULE)

    assert ended is not None
    assert (ended.status, ended.lane, ended.is_retry, ended.message) == ("retrying", "retry", True, "429")
    assert ended.next_try_at is not None
    assert ended.next_try_at - clock(connection) > timedelta(minutes=4)
    assert leases.claim(connection, lane="retry", worker="w1") is None
    make_due(connection, task)
    again = leases.claim(connection, lane="retry", worker="w1")
    assert again is not None
    assert (again.attempt, again.epoch, again.start_time) == (2, 2, task.start_time)


def test_a_stale_epoch_writes_nothing(connection: Connection) -> None:
    a_task(connection)
    stale = claimed(connection)
    let_lease_run_out(connection, stale)
    [lost] = endings.expire(connection, RULE)
    assert (lost.status, lost.lost_workers, lost.outcome) == ("retrying", 1, "lost")
    fresh = leases.claim(connection, lane="retry", worker="w2")
    assert fresh is not None
    before = len(messages(connection))

    assert leases.renew(connection, [holding(stale)]) == set()
    assert endings.finish(connection, holding(stale), FETCHED, RULE) is None
    assert endings.hand_back(connection, holding(stale), Ending(outcome="stopped"), after=timedelta(0)) is None
    with pytest.raises(Conflict):
        tasks.report(connection, stale.task_id, epoch=stale.epoch, done=1, total=2)

    assert tasks.one(connection, stale.task_id) == fresh
    assert len(messages(connection)) == before
    assert connection.execute(select(attempts.c.outcome).where(attempts.c.epoch == stale.epoch)).scalar_one() == "lost"


def test_a_lease_that_is_renewed_is_not_taken(connection: Connection) -> None:
    a_task(connection)
    task = claimed(connection)
    let_lease_run_out(connection, task)

    assert leases.renew(connection, [holding(task)]) == {task.task_id}
    assert endings.expire(connection, RULE) == []


def test_a_task_that_lost_two_workers_runs_alone(connection: Connection) -> None:
    a_task(connection)
    lane = "oneoff"
    for _ in range(2):
        task = leases.claim(connection, lane=lane, worker="w1")
        assert task is not None
        let_lease_run_out(connection, task)
        endings.expire(connection, RULE)
        lane = "retry"

    assert leases.claim(connection, lane="retry", worker="busy", room=Room(is_idle=False)) is None
    assert leases.claim(connection, lane="retry", worker="idle") is not None


def test_handing_back_spends_no_try(connection: Connection) -> None:
    a_task(connection)
    task = claimed(connection)

    back = endings.hand_back(connection, holding(task), Ending(outcome="stopped"), after=timedelta(0))

    assert back is not None
    assert (back.status, back.attempt, back.lane) == ("retrying", 0, "oneoff")
    assert messages(connection)[-1] == "tasks.oneoff"
    assert claimed(connection, "w2").attempt == 1


def test_the_hour_of_retries_begins_with_the_first_try_that_counts(connection: Connection) -> None:
    a_task(connection)
    endings.hand_back(connection, holding(claimed(connection)), Ending(outcome="network"), after=timedelta(0))
    connection.execute(update(task_rows).values(start_time=clock(connection) - timedelta(hours=2)))

    failed = endings.finish(connection, holding(claimed(connection)), Ending(outcome="malformed"), RULE)

    assert failed is not None
    assert (failed.status, failed.attempt) == ("retrying", 1)


def test_killing_a_running_task_takes_it_from_its_worker(connection: Connection) -> None:
    a_task(connection)
    task = claimed(connection)

    killed = tasks.kill(connection, task.task_id, clock(connection))

    assert killed.status == "killed"
    assert leases.still_held(connection, [holding(task)]) == set()
    assert endings.finish(connection, holding(task), FETCHED, RULE) is None


def test_requeueing_counts_the_tries_anew_and_raises_the_epoch(connection: Connection) -> None:
    a_task(connection)
    task = claimed(connection)
    endings.finish(connection, holding(task), Ending(outcome="not_found"), RULE)

    again = tasks.requeue(connection, task.task_id, clock(connection))

    assert (again.status, again.attempt, again.is_retry, again.start_time) == ("created", 0, False, None)
    assert messages(connection)[-1] == "tasks.oneoff"
    assert claimed(connection).epoch == 2


def test_the_epoch_rises_over_all_tasks_of_a_board(connection: Connection) -> None:
    for expected in (1, 2, 3):
        a_task(connection)
        task = claimed(connection)
        assert task.epoch == expected
        endings.finish(connection, holding(task), FETCHED, RULE)


def test_run_now_makes_a_retry_due_and_anything_else_a_conflict(connection: Connection) -> None:
    a_task(connection)
    task = claimed(connection)
    now = clock(connection)
    with pytest.raises(Conflict):
        tasks.run_now(connection, task.task_id, now)
    endings.finish(connection, holding(task), Ending(outcome="network"), RULE)

    assert tasks.run_now(connection, task.task_id, now).status == "created"
    assert claimed(connection).attempt == 2


def test_priority_may_change_until_the_end(connection: Connection) -> None:
    first, second = a_task(connection, "lever/a"), a_task(connection, "lever/b")

    tasks.set_priority(connection, second.task_id, 9)

    assert claimed(connection).task_id == second.task_id
    tasks.kill(connection, first.task_id, datetime.now(UTC))
    with pytest.raises(Conflict):
        tasks.set_priority(connection, first.task_id, 1)
