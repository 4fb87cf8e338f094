"""Schedules become tasks: each slot once, missed ones together, a broken one alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select, update

from jobalerts.domain.timetable import next_slot
from jobalerts.sql import boards, leases, schedules
from jobalerts.sql.boards import Board
from jobalerts.sql.engine import read, write
from jobalerts.sql.tables import outbox, tasks
from jobalerts.sql.tables import schedules as schedule_rows
from scheduler.dispatch import dispatch_due
from tests.unit.domain.test_timetable import ZONES

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def a_board(engine: Engine, token: str = "acme", *, due: datetime | None = NOW) -> Board:
    with write(engine) as connection:
        boards.put_company(connection, token)
        board = boards.put(connection, source="lever", token=token, company=token, every_hours=6, now=NOW)
        schedules.set_due(connection, board.id, due)
    return board


def slots(engine: Engine) -> list[datetime]:
    with read(engine) as connection:
        return list(connection.execute(select(tasks.c.scheduled_for).order_by(tasks.c.scheduled_for)).scalars())


def wake_ups(engine: Engine) -> list[dict[str, object]]:
    with read(engine) as connection:
        return [
            body for row in connection.execute(select(outbox.c.body).order_by(outbox.c.id)).scalars() for body in row
        ]


def next_due(engine: Engine, board: Board) -> datetime | None:
    with read(engine) as connection:
        return boards.one(connection, board.id).next_due_at


def test_what_is_due_becomes_a_task_with_its_wake_up_and_the_next_slot(engine: Engine) -> None:
    board = a_board(engine)
    with read(engine) as connection:
        schedule = schedules.of_board(connection, board.id)
    assert schedule is not None

    assert dispatch_due(engine, NOW) == 1

    with read(engine) as connection:
        row = connection.execute(tasks.select()).one()
    assert (row.status, row.lane, row.lock_key, row.schedule_id) == (
        "created",
        "recurring",
        "crawl:lever/acme",
        schedule.id,
    )
    assert row.args == {"job_type": None, "location": None, "company": "acme"}
    assert wake_ups(engine) == [{"v": 1, "task_id": row.task_id}]
    assert next_due(engine, board) == next_slot(schedule.cron, "UTC", after=NOW)


def test_nothing_is_due_before_its_time_or_when_switched_off(engine: Engine) -> None:
    a_board(engine, "later", due=NOW + timedelta(seconds=1))
    a_board(engine, "off", due=None)

    assert dispatch_due(engine, NOW) == 0


def test_slots_missed_while_everything_was_down_are_run_once(engine: Engine) -> None:
    board = a_board(engine)
    later = NOW + timedelta(hours=31)

    assert dispatch_due(engine, later) == 1
    assert dispatch_due(engine, later) == 0

    [slot] = slots(engine)
    assert later - timedelta(hours=6) <= slot <= later
    due = next_due(engine, board)
    assert due is not None
    assert later < due <= later + timedelta(hours=6)


def test_schedulers_that_dispatch_at_the_same_moment_make_one_task_a_slot(engine: Engine) -> None:
    names = [a_board(engine, f"acme{number}").id for number in range(250)]

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(partial(dispatch_due, engine), [NOW] * 4))

    assert sum(made) == len(names)
    assert len(slots(engine)) == len(names)
    assert len(wake_ups(engine)) == len(names)


def test_a_clock_that_goes_back_makes_no_slot_twice(engine: Engine) -> None:
    board = a_board(engine)
    dispatch_due(engine, NOW)
    with write(engine) as connection:
        schedules.set_due(connection, board.id, NOW)

    assert dispatch_due(engine, NOW) == 0
    assert slots(engine) == [NOW]


def test_a_broken_schedule_is_switched_off_and_the_others_go_on(engine: Engine) -> None:
    broken, good = a_board(engine, "broken"), a_board(engine, "good")
    with write(engine) as connection:
        connection.execute(update(schedule_rows).where(schedule_rows.c.board == broken.id).values(cron="61 * * * *"))

    dispatch_due(engine, NOW)

    assert next_due(engine, broken) is None
    assert next_due(engine, good) is not None


def test_slots_of_a_schedule_whose_task_still_waits_do_not_pile_up(engine: Engine) -> None:
    """No worker for two days: one task waits for each board, and the first slot after it was taken is a new one."""
    board = a_board(engine)
    made = [dispatch_due(engine, NOW + timedelta(hours=hours)) for hours in range(0, 49, 6)]
    assert made == [1, *[0] * 8]
    assert slots(engine) == [NOW]
    assert len(wake_ups(engine)) == 1
    due = next_due(engine, board)
    assert due is not None
    assert due > NOW + timedelta(hours=48)

    with write(engine) as connection:
        assert leases.claim(connection, lane="recurring", worker="w") is not None
    assert dispatch_due(engine, due) == 1
    assert slots(engine) == [NOW, due]


def test_a_clock_an_hour_ahead_and_right_again_runs_every_slot_once(engine: Engine) -> None:
    board = a_board(engine)
    with write(engine) as connection:
        connection.execute(update(schedule_rows).values(cron="*/20 * * * *"))
    minutes = [0, 10, 20, 90, 100, 40, 60, 80, 100, 110, 120]  # an hour and ten ahead, and back by an hour
    for minute in minutes:
        dispatch_due(engine, NOW + timedelta(minutes=minute))
        finished(engine)
    assert [(slot - NOW) / timedelta(minutes=1) for slot in slots(engine)] == [0, 20, 80, 100, 120]
    assert next_due(engine, board) == NOW + timedelta(minutes=140)


def finished(engine: Engine) -> None:
    with write(engine) as connection:
        connection.execute(update(tasks).values(status="success"))


@pytest.mark.parametrize("zone", ZONES)
def test_both_nights_of_a_clock_change_have_each_slot_once(engine: Engine, zone: str) -> None:
    """In each night, with a tick every ten minutes: a slot a day, and one an hour, also of the hour that is missing."""
    for night in ZONES[zone]:
        start = datetime.fromisoformat(night).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(hours=3)
        names = {"30 2 * * *": "daily", "15 * * * *": "hourly"}
        for cron, name in names.items():
            a_board(engine, f"{name}-{night}", due=next_slot(cron, zone, after=start))
            named = schedule_rows.c.board == f"lever/{name}-{night}"
            with write(engine) as connection:
                connection.execute(update(schedule_rows).where(named).values(cron=cron, timezone=zone))
        for tick in range(12 * 6):
            dispatch_due(engine, start + timedelta(minutes=10 * tick))
            finished(engine)
        assert len(slots_of(engine, f"lever/daily-{night}")) == 1
        assert slots_of(engine, f"lever/hourly-{night}") == hours_of(zone, start)
        with write(engine) as connection:
            connection.execute(update(schedule_rows).values(next_due_at=None))


@pytest.mark.parametrize("zone", ZONES)
def test_slots_missed_over_the_night_of_a_clock_change_are_run_once(engine: Engine, zone: str) -> None:
    for night in ZONES[zone]:
        start = datetime.fromisoformat(night).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(hours=3)
        name = f"missed-{night}"
        a_board(engine, name, due=next_slot("30 2 * * *", zone, after=start))
        with write(engine) as connection:
            connection.execute(update(schedule_rows).values(cron="30 2 * * *", timezone=zone))
        for hours in (13, 13.5, 14):
            dispatch_due(engine, start + timedelta(hours=hours))
            finished(engine)
        assert len(slots_of(engine, f"lever/{name}")) == 1


def slots_of(engine: Engine, board: str) -> list[datetime]:
    with read(engine) as connection:
        query = select(tasks.c.scheduled_for).where(tasks.c.board == board).order_by(tasks.c.scheduled_for)
        return list(connection.execute(query).scalars())


def hours_of(zone: str, start: datetime) -> list[datetime]:
    """Every quarter past that the clocks of the zone show in the twelve hours, found minute by minute."""
    moments = [start + timedelta(minutes=minute) for minute in range(1, 12 * 60 - 9)]
    return [moment for moment in moments if moment.astimezone(ZoneInfo(zone)).minute == 15]
