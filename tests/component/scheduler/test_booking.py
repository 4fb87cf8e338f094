"""Ends that come in numbers are booked together, each as promised; slots that are freed are filled at once."""

import threading
import time
from datetime import timedelta

from sqlalchemy import Engine, event, select
from sqlalchemy.exc import OperationalError

from jobalerts.domain.retry import RetryRule
from jobalerts.sql import endings, leases, tasks
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock, read, write
from jobalerts.sql.leases import Holding
from jobalerts.sql.tables import attempts
from jobalerts.sql.tables import tasks as rows
from jobalerts.sql.workers import Capacity
from scheduler.booking import Booking, End
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


class Heard:
    """The statuses that a booking told, by task."""

    def __init__(self) -> None:
        self.statuses: dict[str, str | None] = {}
        self._changed = threading.Condition()

    def end(self, holding: Holding, ending: Ending = WENT_WELL, back_after: timedelta | None = None) -> End:
        def then(status: str | None) -> None:
            with self._changed:
                self.statuses[holding.task_id] = status
                self._changed.notify()

        return End(holding=holding, ending=ending, then=then, back_after=back_after)

    def wait(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.statuses) == count, timeout=60)


def test_each_end_of_many_is_booked_and_a_lost_one_is_told(engine: Engine) -> None:
    asked(engine, 14)
    lost, blocked, back, *well = claimed(engine)
    with write(engine) as connection:
        endings.finish(connection, lost, Ending(outcome="blocked"), RetryRule())
    booking, heard = Booking(engine, RetryRule()), Heard()

    booking.book(heard.end(back, Ending(outcome="stopped"), back_after=timedelta(0)))
    booking.book(heard.end(blocked, Ending(outcome="blocked")))
    for holding in (lost, *well):
        booking.book(heard.end(holding))
    heard.wait(14)

    told = {back.task_id: "retrying", blocked.task_id: "retrying", lost.task_id: None}
    assert heard.statuses == told | {holding.task_id: "success" for holding in well}
    assert statuses(engine) == ["retrying"] * 3 + ["success"] * 11
    with read(engine) as connection:
        tried = dict(connection.execute(select(attempts.c.task_id, attempts.c.outcome)).all())
    assert tried[lost.task_id] == "blocked", "what was known of the try stays"
    assert tried[back.task_id] == "stopped"


def test_a_try_that_was_taken_away_ends_as_killed(engine: Engine) -> None:
    asked(engine, 1)
    [holding] = claimed(engine)
    with write(engine) as connection:
        tasks.kill(connection, holding.task_id, clock(connection))
    booking, heard = Booking(engine, RetryRule()), Heard()

    booking.book(heard.end(holding))
    heard.wait(1)

    assert heard.statuses == {holding.task_id: None}
    with read(engine) as connection:
        assert connection.execute(select(attempts.c.outcome)).scalar_one() == "killed"


def test_an_end_that_no_database_takes_does_not_spoil_the_others(engine: Engine) -> None:
    """It is booked without what it said."""
    asked(engine, 6)
    first, *others = claimed(engine)
    booking, heard = Booking(engine, RetryRule()), Heard()

    booking.book(heard.end(first, Ending(outcome="success", output_name="x" * 100, message="\ud800")))
    for holding in others:
        booking.book(heard.end(holding))
    heard.wait(6)

    assert set(heard.statuses.values()) == {"success"}
    with read(engine) as connection:
        query = select(rows.c.message).where(rows.c.task_id == first.task_id)
        assert connection.execute(query).scalar_one() == "what it said could not be written down"


def test_ends_are_booked_once_the_database_answers_again(engine: Engine) -> None:
    asked(engine, 3)
    holdings = claimed(engine)
    booking, heard = Booking(engine, RetryRule()), Heard()
    refused = threading.Event()

    def refuse(_connection: object) -> None:
        if not refused.is_set():
            refused.set()
            raise OperationalError("BEGIN", {}, Exception("the server is starting up"))

    event.listen(engine, "begin", refuse)
    for holding in holdings:
        booking.book(heard.end(holding))
    heard.wait(3)

    assert refused.is_set()
    assert statuses(engine) == ["success"] * 3


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
        time.sleep(0.01)
        with counting:
            running -= 1
        booking.book(End(holding=active.holding, ending=WENT_WELL, then=lambda _status: active.is_booked()))

    worker = Worker(engine, carry_out, capacity=Capacity(slots=SLOTS, prefetch=1), name="w1")
    assert worker.look() == SLOTS
    taken = SLOTS
    while taken < 5 * SLOTS:
        taken += worker.go_on()
    worker.stop()

    assert statuses(engine) == ["success"] * (5 * SLOTS)
    assert 1 < most <= SLOTS


def test_ends_that_are_not_booked_keep_a_worker_from_taking_ever_more(engine: Engine) -> None:
    """Their tasks are held, and have to be renewed: no more of them than there are slots."""
    asked(engine, 5 * SLOTS)
    is_over = threading.Semaphore(0)
    capacity = Capacity(slots=SLOTS, prefetch=1)
    worker = Worker(engine, lambda _active: is_over.release(), capacity=capacity, name="w1")

    taken = 0
    while taken < 2 * SLOTS:
        taken += worker.look()
    for _ in range(2 * SLOTS):
        assert is_over.acquire(timeout=60)

    assert [worker.look() for _ in range(3)] == [0, 0, 0]
    assert statuses(engine).count("running") == 2 * SLOTS


def test_a_run_that_fails_unforeseen_frees_its_slot(engine: Engine) -> None:
    asked(engine, 2)

    def carry_out(_active: Active) -> None:
        raise ZeroDivisionError

    worker = Worker(engine, carry_out, capacity=Capacity(slots=1, prefetch=1), name="w1")
    assert worker.look() == 1
    assert worker.go_on() == 1
    worker.stop()


def test_a_task_that_is_taken_anew_before_its_old_end_is_heard_keeps_its_slot(engine: Engine) -> None:
    asked(engine, 1)
    tries: list[Active] = []
    begun, may_end = threading.Semaphore(0), threading.Event()

    def carry_out(active: Active) -> None:
        tries.append(active)
        if len(tries) == 1:
            with write(engine) as connection:
                endings.hand_back(connection, active.holding, Ending(outcome="stopped"), after=timedelta(0))
        begun.release()
        if len(tries) > 1:
            may_end.wait()

    worker = Worker(engine, carry_out, capacity=Capacity(slots=1, prefetch=1), name="w1")
    assert worker.look() == 1
    assert begun.acquire(timeout=60)
    while not worker.look():
        pass
    assert begun.acquire(timeout=60)
    asked(engine, 2)

    tries[0].is_booked()

    assert worker.look() == 0
    may_end.set()
