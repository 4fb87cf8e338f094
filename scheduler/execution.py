"""Carries out one claimed task: lock, run, output, and its end booked in one transaction."""

import os
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import Engine

from jobalerts import host_locks
from jobalerts.config import Settings
from jobalerts.domain.retry import RetryRule
from jobalerts.errors import PermanentError, TemporaryError
from jobalerts.outputs import Outputs
from jobalerts.runs import STOPPED, RunResult
from jobalerts.sql import attempts, boards, endings
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock, read, write
from jobalerts.sql.leases import Holding
from jobalerts.sql.tasks import Task
from scheduler import supervision
from scheduler.crawl_records import CrawlRecords
from scheduler.launching import Launcher, Run
from scheduler.orders import Orders

LOCK_PATIENCE_S = 15.0
AGAIN_AFTER = timedelta(seconds=10)  # trouble of this host's own: not at once, or it spins
BOOKING_PAUSE_S = 1.0
INVALID = "invalid"
TAKEN = "killed"

log = structlog.get_logger()


@dataclass(slots=True, kw_only=True)
class Active:
    """A task this worker holds. `renewed_at` is monotonic; `ends_because` is set by whoever ends its run early."""

    task: Task
    renewed_at: float
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
    rule: RetryRule
    records: CrawlRecords | None = None

    def carry_out(self, active: Active) -> None:
        """Returns when the end is booked, or is somebody else's to book."""
        lock = host_locks.acquire(
            self.settings.home / "locks", active.task.lock_key, patience=LOCK_PATIENCE_S, stop=active.is_over
        )
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
            run = self.launcher.launch(f"{task.task_id}:{task.epoch}", job, order, lock=lock)
        except PermanentError as error:
            return RunResult(outcome=INVALID, message=str(error))
        except TemporaryError as error:
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
        ending = Ending(
            outcome=result.outcome,
            message=result.message,
            counts=result.counts,
            output_tail=output.tail,
            output_name=self._keep(active, output),
            not_before=_not_before(result),
        )
        back_after = timedelta(0) if active.ends_because else AGAIN_AFTER
        self._book(active, ending, back_after=back_after if result.outcome == STOPPED else None)

    def _keep(self, active: Active, output: supervision.Output) -> str | None:
        name = f"{active.task.created_at:%Y-%m-%d}/{active.task.task_id}-{active.task.epoch}.log"
        try:
            self.outputs.write(name, output.chunks())
        except TemporaryError as error:
            log.warning("output not kept", task_id=active.task.task_id, reason=str(error))
            return None
        return name

    def _book(self, active: Active, ending: Ending, *, back_after: timedelta | None) -> None:
        """Until it is written down, however long the database is away: what was done is not forgotten."""
        while True:
            try:
                self._write_down(active, ending, back_after)
                return
            except TemporaryError as error:
                log.warning("end not booked yet", task_id=active.task.task_id, reason=str(error))
                time.sleep(BOOKING_PAUSE_S)

    def _write_down(self, active: Active, ending: Ending, back_after: timedelta | None) -> None:
        with write(self.engine) as connection:
            if back_after is None:
                task = endings.finish(connection, active.holding, ending, self.rule)
            else:
                task = endings.hand_back(connection, active.holding, ending, after=back_after)
            if task is None:  # killed by an admin, or lost to another worker
                killed = replace(ending, outcome=TAKEN, message="killed, or taken over by another worker")
                attempts.end(
                    connection, active.task.task_id, epoch=active.task.epoch, ending=killed, now=clock(connection)
                )
        status = task.status if task else "not ours any more"
        log.info("task ended", task_id=active.task.task_id, board=active.task.board, outcome=ending.outcome,
                 status=status, attempt=active.task.attempt, **ending.counts)  # fmt: skip


def _not_before(result: RunResult) -> datetime | None:
    return None if result.retry_after is None else datetime.now(UTC) + timedelta(seconds=result.retry_after)
