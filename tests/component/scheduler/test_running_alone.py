"""A task that lost two workers runs alone in its worker, and gets its turn beside a stream of others."""

import threading
from collections import defaultdict
from datetime import timedelta

from sqlalchemy import Engine, select, update

from jobalerts.domain.retry import ALONE_AFTER, RetryRule
from jobalerts.sql import endings, leases, tasks
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock, read, write
from jobalerts.sql.tables import tasks as rows
from jobalerts.sql.workers import Capacity
from scheduler.execution import Active
from scheduler.worker import Worker

LONG_AGO = leases.SUSPECTS_PATIENCE + timedelta(seconds=1)


class Work:
    """A worker with two slots whose runs last until they are told to end."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._may_end: dict[str, threading.Event] = defaultdict(threading.Event)
        self._has_ended: dict[str, threading.Event] = defaultdict(threading.Event)
        self.worker = Worker(engine, self._carry_out, capacity=Capacity(slots=2), name="w")

    def running(self) -> list[str | None]:
        with read(self._engine) as connection:
            query = select(rows.c.board).where(rows.c.status == "running").order_by(rows.c.board)
            return list(connection.execute(query).scalars())

    def end(self, task_id: str) -> None:
        self._may_end[task_id].set()
        assert self._has_ended[task_id].wait(60)

    def _carry_out(self, active: Active) -> None:
        self._may_end[active.task.task_id].wait()
        with write(self._engine) as connection:
            endings.finish(connection, active.holding, Ending(outcome="success"), RetryRule())
        active.is_booked()
        self._has_ended[active.task.task_id].set()


def _ask(engine: Engine, board: str) -> str:
    with write(engine) as connection:
        return tasks.request(connection, kind="crawl", board=board, args={}, now=clock(connection)).task_id


def _lose_two_workers(engine: Engine, task_id: str) -> None:
    with write(engine) as connection:
        since = clock(connection) - LONG_AGO
        values = {"lost_workers": ALONE_AFTER, "lane": "retry", "status": "retrying", "waiting_since": since}
        connection.execute(update(rows).where(rows.c.task_id == task_id).values(**values))


def test_a_worker_takes_nothing_else_until_it_is_idle_for_a_task_that_runs_alone_and_has_waited(engine: Engine) -> None:
    work = Work(engine)
    first = _ask(engine, "lever/first")
    assert work.worker.look() == 1
    suspect, next_one = _ask(engine, "lever/suspect"), _ask(engine, "lever/next")
    _lose_two_workers(engine, suspect)

    assert work.worker.look() == 0, "a slot is free, and somebody waits"
    assert work.running() == ["lever/first"]

    work.end(first)
    work.worker.look()
    assert work.running() == ["lever/suspect"], "whichever lane is looked at first"

    work.end(suspect)
    assert work.worker.look() == 1
    assert work.running() == ["lever/next"]
    work.end(next_one)
