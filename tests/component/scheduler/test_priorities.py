"""Strictly by priority, and the low still move: with 10,000 of them waiting, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine

from jobalerts.domain.turns import SHARE, Turns
from jobalerts.sql import leases, tasks
from jobalerts.sql.engine import clock, write
from jobalerts.sql.leases import Room
from jobalerts.sql.tables import tasks as rows

WAITING = 10_000
LOW, MIDDLE, HIGH = 0, 4, 9


@pytest.fixture
def flooded(engine: Engine) -> Engine:
    """10,000 tasks of the lowest priority wait, each for a board of its own, asked for over the last ten hours."""
    with write(engine) as connection:
        now = clock(connection)
        values = [
            tasks.new_row(
                kind="crawl", board=f"lever/{number}", args={}, lane="oneoff", priority=LOW, now=now - _age(number)
            )
            for number in range(WAITING)
        ]
        connection.execute(rows.insert(), values)
    return engine


def _age(number: int) -> timedelta:
    return timedelta(hours=10) * number / WAITING


def _ask(connection: Connection, name: str, priority: int = HIGH) -> str:
    now = clock(connection)
    return tasks.request(connection, kind="crawl", board=f"asked/{name}", args={}, priority=priority, now=now).task_id


def _claimed(connection: Connection, turns: Turns) -> tasks.Task:
    task = leases.claim(connection, lane="oneoff", worker="w", room=Room(turns=turns))
    assert task is not None
    return task


def test_a_high_task_starts_next_though_ten_thousand_low_ones_wait_and_many_have_been_started(flooded: Engine) -> None:
    turns = Turns()
    with write(flooded) as connection:
        drained = [_claimed(connection, turns).board for _ in range(2 * SHARE)]
        assert drained[:2] == [f"lever/{WAITING - 1}", f"lever/{WAITING - 2}"], "the longest waiting first"
        for number in range(3):
            wanted = _ask(connection, str(number))
            assert _claimed(connection, turns).task_id == wanted
            assert _claimed(connection, turns).priority == LOW


def test_low_tasks_still_move_under_constant_high_load(flooded: Engine) -> None:
    """One claim in ten is the longest waiting one's, exactly."""
    turns = Turns()
    with write(flooded) as connection:
        _ask(connection, "middle", MIDDLE)
        started = []
        for number in range(5 * SHARE):
            _ask(connection, f"{number}")
            started.append(_claimed(connection, turns))
    low = [task.board for task in started if task.priority != HIGH]
    assert low == [f"lever/{WAITING - 1 - number}" for number in range(5)]
    assert [number for number, task in enumerate(started, start=1) if task.priority == LOW] == [10, 20, 30, 40, 50]


def test_of_one_priority_the_longest_waiting_goes_first_and_the_middle_before_the_low(flooded: Engine) -> None:
    with write(flooded) as connection:
        wanted = [_ask(connection, name, MIDDLE) for name in ("first", "second")]
        assert [_claimed(connection, Turns()).task_id for _ in range(3)][:2] == wanted
