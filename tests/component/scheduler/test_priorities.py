"""Priorities with ageing: high first, and the low still move, with 10,000 of them waiting."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine

from jobalerts.sql import leases, tasks
from jobalerts.sql.engine import clock, write
from jobalerts.sql.tables import tasks as rows

WAITING = 10_000
LOW, HIGH = 0, 9


@pytest.fixture
def flooded(engine: Engine) -> Engine:
    """10,000 tasks of the lowest priority wait, each for a board of its own, asked for over the last 80 minutes."""
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
    return timedelta(minutes=80) * number / WAITING


def _ask_high(connection: Connection, name: str, now: datetime) -> str:
    task = tasks.request(connection, kind="crawl", board=f"high/{name}", args={}, priority=HIGH, now=now)
    return task.task_id


def _claimed_priorities(connection: Connection, count: int) -> list[int]:
    found = []
    for _ in range(count):
        task = leases.claim(connection, lane="oneoff", worker="w")
        assert task is not None
        found.append(task.priority)
    return found


def test_a_high_task_starts_next_though_ten_thousand_low_ones_wait(flooded: Engine) -> None:
    with write(flooded) as connection:
        wanted = [_ask_high(connection, str(number), clock(connection)) for number in range(3)]
        found = [leases.claim(connection, lane="oneoff", worker="w") for _ in range(4)]
        assert [task.task_id for task in found[:3] if task] == wanted
        assert found[3] is not None
        assert found[3].board == f"lever/{WAITING - 1}", "then the low one that has waited longest"


def test_low_tasks_still_move_while_as_many_high_ones_come_as_are_started(flooded: Engine) -> None:
    """A low task that has waited 90 minutes longer goes before a high one: ten minutes a level."""
    low_starts = []
    with write(flooded) as connection:
        start = clock(connection)
        for minute in range(20):
            for number in range(4):
                _ask_high(connection, f"{minute}-{number}", start + timedelta(minutes=minute))
            low_starts.append(_claimed_priorities(connection, 4).count(LOW))
    assert low_starts[:10] == [0] * 10, "the longest waiting has waited for 80 minutes"
    assert sum(low_starts) > 0
