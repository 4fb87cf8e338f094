"""Who is next, to the moment and to the row: nobody who is blocked, and nobody whom another claim is about to take."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, text, update

from jobalerts.domain.retry import ALONE_AFTER
from jobalerts.domain.turns import SHARE, Turns
from jobalerts.sql import leases, next_in_line, tasks
from jobalerts.sql.claims_together import claim_together
from jobalerts.sql.engine import clock, write
from jobalerts.sql.leases import Room
from jobalerts.sql.tables import tasks as rows

LANE = "oneoff"


def asked(connection: Connection, board: str, *, priority: int = 5, age_s: float = 1, lane: str = LANE) -> str:
    now = clock(connection) - timedelta(seconds=age_s)
    task = tasks.request(
        connection, kind="crawl", board=board, args={}, lane=lane, priority=priority, now=now
    )  # fmt: skip
    return task.task_id


def of_turn(passed_over: int) -> Room:
    return Room(turns=Turns(passed_over=passed_over))


def claimed(connection: Connection, room: Room) -> str | None:
    task = leases.claim(connection, lane=LANE, worker="w", room=room)
    return None if task is None else task.task_id


def impatient(connection: Connection) -> Connection:
    """Who would wait for another claim fails instead."""
    connection.execute(text("SET LOCAL lock_timeout = '3s'"))
    return connection


@pytest.mark.parametrize("passed_over", [0, SHARE - 1], ids=["by priority", "the longest waiting"])
def test_a_lock_key_that_runs_blocks_nobody_else(engine: Engine, passed_over: int) -> None:
    with write(engine) as connection:
        running = asked(connection, "lever/busy", priority=9, age_s=30)
        assert claimed(connection, of_turn(passed_over)) == running
        for _ in range(leases.COLLISIONS + 1):
            asked(connection, "lever/busy", priority=9, age_s=20)
        free = asked(connection, "lever/free", priority=1)
        assert claimed(connection, of_turn(passed_over)) == free
        assert claimed(connection, of_turn(passed_over)) is None


@pytest.mark.parametrize("passed_over", [0, SHARE - 1], ids=["by priority", "the longest waiting"])
def test_only_what_waits_in_the_lane_is_next(engine: Engine, passed_over: int) -> None:
    with write(engine) as connection:
        asked(connection, "lever/elsewhere", priority=9, age_s=99, lane="recurring")
        here = asked(connection, "lever/here")
        assert claimed(connection, of_turn(passed_over)) == here
        assert claimed(connection, of_turn(passed_over)) is None


def test_every_priority_has_its_turn(engine: Engine) -> None:
    with write(engine) as connection:
        of_level = {priority: asked(connection, f"lever/{priority}", priority=priority) for priority in range(10)}
        order = [claimed(connection, Room()) for _ in range(10)]
    assert order == [of_level[priority] for priority in range(9, -1, -1)]


def test_a_task_may_start_from_its_very_moment(engine: Engine) -> None:
    with write(engine) as connection:
        task_id = asked(connection, "lever/acme")
        moment = clock(connection) - timedelta(minutes=1)
        connection.execute(update(rows).values(waiting_since=moment))
        early = moment - timedelta(microseconds=1)
        for choose in (next_in_line.next_by_priority, next_in_line.longest_waiting):
            assert choose(connection, LANE, early, with_suspects=True) is None
            row = choose(connection, LANE, moment, with_suspects=True)
            assert row is not None
            assert (row.task_id, row.passes_over) == (task_id, False)


def test_who_is_of_the_same_priority_is_not_passed_over(engine: Engine) -> None:
    room = Room()
    with write(engine) as connection:
        for number in range(3):
            asked(connection, f"lever/{number}")
        for _ in range(3):
            assert claimed(connection, room) is not None
    assert room.turns.passed_over == 0


@pytest.mark.parametrize("passed_over", [0, SHARE - 1], ids=["by priority", "the longest waiting"])
def test_what_another_claim_is_about_to_take_is_left_to_it(postgres_engine: Engine, passed_over: int) -> None:
    with write(postgres_engine) as connection:
        ids = [asked(connection, f"lever/{number}", age_s=9 - number) for number in range(4)]
    with write(postgres_engine) as first, write(postgres_engine) as second, write(postgres_engine) as third:
        assert claimed(first, of_turn(passed_over)) == ids[0]
        assert claimed(impatient(second), of_turn(passed_over)) == ids[1]
        together = claim_together(impatient(third), lane=LANE, worker="w", room=Room(is_idle=False), limit=5)
        assert [task.task_id for task in together] == ids[2:]


def test_a_look_locks_nothing(postgres_engine: Engine) -> None:
    """Neither for one that is to run alone, nor for who is passed over."""
    with write(postgres_engine) as connection:
        low = asked(connection, "lever/low", priority=0, lane="retry")
        connection.execute(update(rows).values(waiting_since=clock(connection) - timedelta(hours=1)))
        connection.execute(update(rows).values(lost_workers=ALONE_AFTER))
        asked(connection, "lever/high", priority=9, lane="retry")
    with write(postgres_engine) as first, write(postgres_engine) as second:
        assert leases.suspect_waits(first)
        room = Room(is_idle=False)
        assert len(claim_together(first, lane="retry", worker="w", room=room, limit=1)) == 1
        assert room.turns.passed_over == 1
        task = leases.claim(impatient(second), lane="retry", worker="w", room=of_turn(SHARE - 1))
        assert task is not None
        assert task.task_id == low
