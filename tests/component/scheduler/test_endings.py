"""What the end of a try writes down, to the last column, and whom it wakes, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, update

from jobalerts.domain.retry import RetryRule
from jobalerts.sql import boards, endings, leases, tasks
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock, write
from jobalerts.sql.leases import Holding, Room
from jobalerts.sql.tables import attempts, outbox
from jobalerts.sql.tables import tasks as rows
from jobalerts.sql.tasks import Task

RULE = RetryRule()
BOARD = "lever/acme"


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with write(engine) as connection:
        yield connection


def running(connection: Connection, board: str = BOARD, *, lane: str = "oneoff") -> Task:
    tasks.request(connection, kind="crawl", board=board, args={}, lane=lane, now=clock(connection))
    task = leases.claim(connection, lane=lane, worker="w1")
    assert task is not None
    return task


def holding(task: Task) -> Holding:
    return Holding(task_id=task.task_id, epoch=task.epoch)


def finished(connection: Connection, task: Task, outcome: str, **more: Any) -> Task:
    ended = endings.finish(connection, holding(task), Ending(outcome=outcome, **more), RULE)
    assert ended is not None
    return ended


def row_of(connection: Connection, task: Task) -> Any:
    return connection.execute(select(rows).where(rows.c.task_id == task.task_id)).one()


def changed(connection: Connection, task: Task, **values: Any) -> None:
    connection.execute(update(rows).where(rows.c.task_id == task.task_id).values(**values))


def sent(connection: Connection) -> list[tuple[str, Any]]:
    found = [(row.queue, dict(row.body)) for row in connection.execute(select(outbox).order_by(outbox.c.id))]
    connection.execute(outbox.delete())
    return [(queue, {name: value for name, value in body.items() if name != "v"}) for queue, body in found]


def now_about(moment: datetime | None, connection: Connection, *, plus: timedelta = timedelta(0)) -> bool:
    return moment is not None and abs(clock(connection) + plus - moment) < timedelta(seconds=10)


def test_a_claim_writes_down_who_when_and_until_when(connection: Connection) -> None:
    task = running(connection)
    changed(connection, task, progress_done=3, progress_total=9)
    task = finished(connection, task, "blocked", message="429")
    changed(connection, task, next_try_at=clock(connection), waiting_since=clock(connection))

    again = leases.claim(connection, lane="retry", worker="w2")

    assert again is not None
    assert (again.status, again.worker, again.attempt, again.epoch) == ("running", "w2", 2, 2)
    assert (again.outcome, again.message, again.progress, again.next_try_at) == (None, "", None, None)
    assert again.version == task.version + 1
    assert again.start_time == task.start_time
    assert now_about(again.lease_until, connection, plus=timedelta(seconds=30))
    tries = connection.execute(select(attempts).order_by(attempts.c.epoch)).all()
    assert [(one.number, one.worker, one.epoch) for one in tries] == [(1, "w1", 1), (2, "w2", 2)]
    assert now_about(tries[1].started_at, connection)


def test_a_success_has_an_end_and_is_no_dead_letter(connection: Connection) -> None:
    task = finished(connection, running(connection), "success", message="done", counts={"seen": 7, "new": 1})

    row = row_of(connection, task)
    assert (row.status, row.outcome, row.message) == ("success", "success", "done")
    assert (row.progress_done, row.progress_total) == (7, 7)
    assert (row.lease_until, row.given_up_at, row.first_failure_at, row.next_try_at) == (None, None, None, None)
    assert now_about(row.end_time, connection)
    assert (row.lane, row.is_retry, row.lost_workers) == ("oneoff", False, 0)
    assert row.version == 3


def test_a_retry_knows_its_first_failure_and_waits_in_its_own_lane(connection: Connection) -> None:
    task = finished(connection, running(connection), "blocked", message="429")

    row = row_of(connection, task)
    assert (row.status, row.lane, row.is_retry) == ("retrying", "retry", True)
    assert row.next_try_at == row.waiting_since
    assert now_about(row.next_try_at, connection, plus=timedelta(minutes=5))
    assert now_about(row.first_failure_at, connection)
    assert (row.end_time, row.given_up_at, row.lease_until) == (None, None, None)
    first_failure = row.first_failure_at - timedelta(minutes=5)
    changed(connection, task, next_try_at=clock(connection), waiting_since=clock(connection),
            first_failure_at=first_failure)  # fmt: skip
    second = leases.claim(connection, lane="retry", worker="w1")
    assert second is not None
    assert finished(connection, second, "blocked").first_failure_at == first_failure


@pytest.mark.parametrize(("outcome", "status"), [("not_found", "failed"), ("blocked", "dead"), ("timeout", "killed")])
def test_what_is_given_up_is_a_dead_letter_from_that_moment(connection: Connection, outcome: str, status: str) -> None:
    task = running(connection)
    changed(connection, task, max_attempts=1)

    row = row_of(connection, finished(connection, task, outcome))

    assert row.status == status
    assert row.given_up_at == row.end_time
    assert now_about(row.end_time, connection)
    assert row.next_try_at is None
    assert (row.lane, row.is_retry) == ("oneoff", False)


def test_the_hour_counts_from_the_first_start(connection: Connection) -> None:
    task = running(connection)
    changed(connection, task, start_time=clock(connection) - timedelta(minutes=51))
    assert finished(connection, task, "blocked").status == "dead"


def test_a_board_s_own_time_is_waited_for(connection: Connection) -> None:
    later = datetime.now(UTC) + timedelta(minutes=20)
    task = finished(connection, running(connection), "blocked", not_before=later)
    assert task.next_try_at == later


def test_new_postings_wake_a_matcher_and_none_wakes_nobody(connection: Connection) -> None:
    task = running(connection)
    sent(connection)
    finished(connection, task, "success", counts={"seen": 2})
    assert sent(connection) == [("postings.new", {"board": BOARD})]

    task = running(connection)
    sent(connection)
    finished(connection, task, "success", counts={"seen": 0})
    assert sent(connection) == []


def test_the_end_wakes_who_waits_longest_for_the_same_board_and_nobody_else(connection: Connection) -> None:
    task = running(connection)
    now = clock(connection)
    same = [
        tasks.request(connection, kind="crawl", board=BOARD, args={}, lane=lane, now=now - age)
        for lane, age in (
            ("oneoff", timedelta(minutes=1)),
            ("recurring", timedelta(minutes=2)),
            ("oneoff", timedelta(0)),
        )
    ]
    tasks.request(connection, kind="crawl", board="lever/other", args={}, now=now - timedelta(hours=1))
    sent(connection)

    finished(connection, task, "success")

    assert sent(connection) == [("tasks.recurring", {"task_id": same[1].task_id})]


def test_the_end_of_a_retry_wakes_nobody_for_itself(connection: Connection) -> None:
    task = running(connection)
    sent(connection)
    finished(connection, task, "lost")
    assert row_of(connection, task).status == "retrying"
    assert sent(connection) == []


def test_what_is_handed_back_at_once_keeps_its_place_and_its_try_and_wakes_a_worker(connection: Connection) -> None:
    tasks.request(connection, kind="crawl", board=BOARD, args={}, now=clock(connection) - timedelta(minutes=3))
    task = leases.claim(connection, lane="oneoff", worker="w1")
    assert task is not None
    before = row_of(connection, task)
    sent(connection)

    reason = Ending(outcome="stopped", message="the worker stops")
    back = endings.hand_back(connection, holding(task), reason, after=timedelta(0))

    assert back is not None
    assert (back.status, back.attempt, back.message, back.lane) == ("retrying", 0, "the worker stops", "oneoff")
    assert row_of(connection, task).waiting_since == before.waiting_since
    assert now_about(back.next_try_at, connection)
    assert now_about(row_of(connection, task).woken_at, connection)
    assert sent(connection) == [("tasks.oneoff", {"task_id": task.task_id})]
    again = leases.claim(connection, lane="oneoff", worker="w2")
    assert again is not None
    assert again.attempt == 1
    assert now_about(again.start_time, connection)


def test_what_is_handed_back_for_later_is_taken_by_nobody_before(connection: Connection) -> None:
    task = running(connection)
    sent(connection)

    endings.hand_back(connection, holding(task), Ending(outcome="stopped"), after=timedelta(seconds=90))

    row = row_of(connection, task)
    assert now_about(row.next_try_at, connection, plus=timedelta(seconds=90))
    assert row.waiting_since == row.next_try_at
    assert leases.claim(connection, lane="oneoff", worker="w2") is None
    assert sent(connection) == []
    assert endings.hand_back(connection, holding(task), Ending(outcome="stopped"), after=timedelta(0)) is None


def test_while_the_network_is_away_the_reason_is_kept_with_what_the_board_said(connection: Connection) -> None:
    now = clock(connection)
    for name in ("a", "b", "c"):
        boards.put_company(connection, name)
        boards.put(connection, source="lever", token=name, company=name, every_hours=6, now=now)
        task = finished(connection, running(connection, f"lever/{name}"), "network", message="refused")
    assert task.message == "no network: every board fails, no try is spent; refused"
    assert now_about(task.next_try_at, connection, plus=timedelta(minutes=2))
    assert task.first_failure_at is None


def test_a_lost_worker_is_named_counted_and_its_task_due_at_once(connection: Connection) -> None:
    task = running(connection)
    changed(connection, task, lease_until=clock(connection) - timedelta(seconds=1), lost_workers=1)

    [lost] = endings.expire(connection, RULE)

    assert (lost.status, lost.outcome, lost.lost_workers, lost.lane) == ("retrying", "lost", 2, "retry")
    assert lost.message == "worker w1 was lost: it stopped renewing its lease"
    assert now_about(lost.next_try_at, connection)
    assert endings.expire(connection, RULE) == []


def test_leases_run_out_a_hundred_at_a_time(connection: Connection) -> None:
    for number in range(102):
        running(connection, f"lever/{number}")
    connection.execute(update(rows).values(lease_until=clock(connection) - timedelta(seconds=1)))
    assert [len(endings.expire(connection, RULE)) for _ in range(3)] == [100, 2, 0]


def test_a_renewal_is_by_30_s_from_now_and_for_each_holding_alone(connection: Connection) -> None:
    first, second, third = (running(connection, f"lever/{name}") for name in "abc")
    changed(connection, first, lease_until=clock(connection) + timedelta(seconds=2))
    finished(connection, third, "success")

    held = [holding(first), holding(second), holding(third)]
    assert leases.still_held(connection, held) == {first.task_id, second.task_id}
    assert leases.renew(connection, held) == {first.task_id, second.task_id}

    assert now_about(row_of(connection, first).lease_until, connection, plus=timedelta(seconds=30))
    assert leases.locked(connection, holding(third)) is None
    assert leases.locked(connection, holding(first)) is not None
    assert leases.still_held(connection, [Holding(task_id=first.task_id, epoch=first.epoch + 1)]) == set()


def test_the_figures_the_promises_are_made_of() -> None:
    assert tuple(timedelta(seconds=seconds) for seconds in (30, 10, 20)) == (
        leases.LEASE,
        leases.RENEW_EVERY,
        leases.SELF_KILL_AFTER,
    )
    assert timedelta(minutes=2) == endings.NETWORK_AGAIN_AFTER


def test_a_task_that_lost_two_workers_waits_for_one_that_is_idle_in_its_turn_too(connection: Connection) -> None:
    tasks.request(connection, kind="crawl", board=BOARD, args={}, now=clock(connection))
    connection.execute(update(rows).values(lost_workers=2))
    busy, idle = Room(is_idle=False), Room()
    for room in (busy, Room(is_idle=False, turns=type(busy.turns)(passed_over=9))):
        assert leases.claim(connection, lane="oneoff", worker="w", room=room) is None
    connection.execute(update(rows).values(lost_workers=1))
    assert leases.claim(connection, lane="oneoff", worker="w", room=busy) is not None
    assert idle.free_seconds == float("inf")


def test_a_worker_without_room_all_along_is_not_late(connection: Connection) -> None:
    tasks.request(connection, kind="crawl", board=BOARD, args={}, now=clock(connection) - timedelta(seconds=40))
    leases.claim(connection, lane="oneoff", worker="w")
    [row] = connection.execute(select(attempts)).all()
    assert 39 < row.waited_seconds < 60
