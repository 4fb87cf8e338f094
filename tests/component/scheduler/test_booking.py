"""Ends that come in numbers are booked together, each as promised; slots that are freed are filled at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, select

from jobalerts.domain.retry import RetryRule
from jobalerts.sql import endings, leases, tasks
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock, read, write
from jobalerts.sql.leases import Holding
from jobalerts.sql.tables import tasks as rows
from jobalerts.sql.workers import Capacity
from scheduler.booking import Booking
from scheduler.execution import Active
from scheduler.worker import Worker

SLOTS = 6
WENT_WELL = Ending(outcome="success")


def asked(engine: Engine, count: int) -> None:
    with write(engine) as connection:
        now = clock(connection)
        for number in range(count):
            tasks.request(connection, kind="crawl", board=f"lever/{number}", args={}, now=now)


def claimed(engine: Engine) -> list[Holding]:
    holdings = []
    with write(engine) as connection:
        while (task := leases.claim(connection, lane="oneoff", worker="w1")) is not None:
            holdings.append(Holding(task_id=task.task_id, epoch=task.epoch))
    return holdings


def statuses(engine: Engine) -> list[str]:
    with read(engine) as connection:
        return list(connection.execute(select(rows.c.status).order_by(rows.c.status)).scalars())


def test_each_end_of_many_is_booked_and_a_lost_one_is_told(engine: Engine) -> None:
    asked(engine, 12)
    holdings = claimed(engine)
    with write(engine) as connection:
        endings.finish(connection, holdings[0], Ending(outcome="blocked"), RetryRule())
    booking = Booking(engine, RetryRule())

    with ThreadPoolExecutor(len(holdings)) as pool:
        booked = list(pool.map(lambda holding: booking.finish(holding, WENT_WELL), holdings))

    assert booked == [None] + ["success"] * 11
    assert statuses(engine) == ["retrying"] + ["success"] * 11


def test_an_end_that_no_database_takes_does_not_spoil_the_others(engine: Engine) -> None:
    asked(engine, 6)
    first, *others = claimed(engine)
    booking = Booking(engine, RetryRule())
    endings_ = [(first, Ending(outcome="success", output_name="x" * 100, message="\ud800"))]
    endings_ += [(holding, WENT_WELL) for holding in others]

    def book(end: tuple[Holding, Ending]) -> str | None:
        try:
            return booking.finish(*end)
        except UnicodeEncodeError:
            return "refused"

    with ThreadPoolExecutor(6) as pool:
        booked = list(pool.map(book, endings_))

    assert booked == ["refused"] + ["success"] * 5


def test_slots_are_filled_again_without_a_wake_up(engine: Engine) -> None:
    """The worker goes on by itself as long as more waits, and never beyond its slots."""
    asked(engine, 5 * SLOTS)
    booking, most, running = Booking(engine, RetryRule()), 0, 0
    counting = threading.Lock()

    def carry_out(active: Active) -> None:
        nonlocal most, running
        with counting:
            running += 1
            most = max(most, running)
        assert booking.finish(active.holding, WENT_WELL) == "success"
        with counting:
            running -= 1

    worker = Worker(engine, carry_out, capacity=Capacity(slots=SLOTS, prefetch=1), name="w1")
    assert worker.look() == SLOTS
    taken = SLOTS
    while taken < 5 * SLOTS:
        taken += worker.go_on()
    worker.stop()

    assert statuses(engine) == ["success"] * (5 * SLOTS)
    assert 1 < most <= SLOTS
