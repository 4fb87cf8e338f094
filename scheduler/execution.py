"""Carries out one claimed task: lock, run, output, and its end booked in one transaction."""

import contextlib
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import Engine

from jobalerts import host_locks
from jobalerts.config import Settings
from jobalerts.errors import PermanentError, TemporaryError
from jobalerts.outputs import Outputs
from jobalerts.runs import STOPPED, RunResult
from jobalerts.sql import boards, notices
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import read, write
from jobalerts.sql.leases import Holding
from jobalerts.sql.tasks import Task
from scheduler import supervision
from scheduler.booking import Booking, End
from scheduler.crawl_records import CrawlRecords
from scheduler.launching import Launcher, Run
from scheduler.orders import Orders

LOCK_PATIENCE_S = 15.0
AGAIN_AFTER = timedelta(seconds=10)  # trouble of this host's own: not at once, or it spins
ROOM_ADVICE = "Crawls go on without them. Free some space there; the next run that is kept ends this notice."
INVALID = "invalid"

log = structlog.get_logger()


@dataclass(slots=True, kw_only=True)
class Active:
    """A task this worker holds. `renewed_at` is monotonic; `ends_because` is set by whoever ends its run early.

    `is_booked` is called once its end is, which may be after `carry_out` has returned.
    """

    task: Task
    renewed_at: float
    is_booked: Callable[[], None]
    run: Run | None = None
    ends_because: str | None = None
    is_over: threading.Event = field(default_factory=threading.Event)

    @property
    def holding(self) -> Holding:
        return Holding(task_id=self.task.task_id, epoch=self.task.epoch)

    def end(self, reason: str) -> None:
        """End its run, or keep it from starting; the first reason counts."""
        self.ends_because = self.ends_because or reason
        self.is_over.set()
        if self.run is not None:
            self.run.stop()


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """What carrying out tasks takes."""

    settings: Settings
    engine: Engine
    launcher: Launcher
    orders: Orders
    outputs: Outputs
    booking: Booking
    records: CrawlRecords | None = None
    is_well: threading.Event = field(default_factory=threading.Event)  # the last output could be kept

    def carry_out(self, active: Active) -> None:
        """Returns when the run is over and its end is about to be booked."""
        try:
            lock = host_locks.acquire(
                self.settings.home / "locks", active.task.lock_key, patience=LOCK_PATIENCE_S, stop=active.is_over
            )
        except OSError as error:
            trouble = f"cannot lock in {error.filename}: {error.strerror}"
            self._book(active, Ending(outcome=STOPPED, message=trouble), back_after=AGAIN_AFTER)
            self._tell(trouble)
            return
        if lock is None:
            message = "a run of it that lost its worker is still on this host"
            self._book(active, Ending(outcome=STOPPED, message=message), back_after=AGAIN_AFTER)
            return
        output = supervision.Output(self.settings.home / "tmp")
        try:
            began = datetime.now(UTC)
            result = self._run(active, output, lock)
            if self.records is not None:
                self.records.add(active.task, result, began=began)
            self._book_result(active, result, output)
        finally:
            output.close()

    def _run(self, active: Active, output: supervision.Output, lock: int) -> RunResult:
        task = active.task
        try:
            with read(self.engine) as connection:
                board = boards.one(connection, task.board or "")
            job, order = self.orders.job(task, board), self.orders.order(task, board)
            if self.records is not None:
                job = {**job, "known": self.records.known(task)}
            run = self.launcher.launch(f"{task.task_id}:{task.epoch}", job, order, lock=lock)
        except PermanentError as error:
            return RunResult(outcome=INVALID, message=str(error))
        except (TemporaryError, OSError) as error:  # no process, pipe or folder: this host's trouble, not the board's
            return RunResult(outcome=STOPPED, message=str(error))
        finally:
            os.close(lock)  # the run has its own now
        active.run = run
        if active.ends_because:
            run.stop()
        try:
            return supervision.supervise(run, output, limit=self.settings.job_timeout, end=self.launcher.end)
        finally:
            run.close()

    def _book_result(self, active: Active, result: RunResult, output: supervision.Output) -> None:
        name, trouble = self._keep(active, output)
        ending = Ending(
            outcome=result.outcome,
            message="; ".join(part for part in (result.message, f"log not kept: {trouble}" if trouble else "") if part),
            counts=result.counts,
            output_tail=output.tail,
            output_name=name,
            not_before=_not_before(result),
        )
        again = timedelta(0) if active.ends_because else AGAIN_AFTER
        self._book(active, ending, back_after=again if result.outcome == STOPPED else None)
        self._tell(trouble)

    def _tell(self, trouble: str | None) -> None:
        """The operator, until an output can be kept again."""
        if trouble is None and self.is_well.is_set():
            return
        host = socket.gethostname()
        self.is_well.clear()
        with contextlib.suppress(TemporaryError):  # the next run says so too
            with write(self.engine) as connection:
                if trouble is None:
                    notices.healthy_again(connection, f"outputs: {host}")
                else:
                    subject = f"Outputs of runs cannot be kept on {host}"
                    notices.tell_once(connection, f"outputs: {host}", subject, f"{trouble}\n{ROOM_ADVICE}")
            if trouble is None:
                self.is_well.set()

    def _keep(self, active: Active, output: supervision.Output) -> tuple[str | None, str | None]:
        """The name it is kept under, and what kept it from being kept whole."""
        name = f"{active.task.created_at:%Y-%m-%d}/{active.task.task_id}-{active.task.epoch}.log"
        try:
            self.outputs.write(name, output.chunks())
        except TemporaryError as error:
            log.warning("output not kept", task_id=active.task.task_id, reason=str(error))
            return None, str(error)
        if output.trouble:
            log.warning("output cut", task_id=active.task.task_id, reason=output.trouble)
        return name, output.trouble

    def _book(self, active: Active, ending: Ending, *, back_after: timedelta | None) -> None:
        def booked(status: str | None) -> None:
            active.is_booked()
            log.info("task ended", task_id=active.task.task_id, board=active.task.board, outcome=ending.outcome,
                     status=status or "not ours any more", attempt=active.task.attempt, **ending.counts)  # fmt: skip

        self.booking.book(End(holding=active.holding, ending=ending, then=booked, back_after=back_after))


def _not_before(result: RunResult) -> datetime | None:
    return None if result.retry_after is None else datetime.now(UTC) + timedelta(seconds=result.retry_after)
