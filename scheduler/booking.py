"""Books the ends of tries in a thread of its own: while some are written down others gather, and are next together."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from queue import Empty, SimpleQueue

import structlog
from sqlalchemy import Connection, Engine

from jobalerts.domain.retry import SUCCESS, RetryRule
from jobalerts.errors import TemporaryError
from jobalerts.sql import attempts, endings
from jobalerts.sql.attempts import Ending
from jobalerts.sql.endings_together import SUCCEEDED, succeed_together
from jobalerts.sql.engine import REFUSALS, clock, write
from jobalerts.sql.leases import Holding

GATHER_S = 0.001  # while ends come in numbers
PAUSE_S = 1.0
TAKEN = "killed"
TAKEN_BY = "killed, or taken over by another worker"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How a try ended, and who hears once that is written down: of the task's status, None if it was not held any more.

    With `back_after` the task is handed back, unspent, to be tried again after so long.
    """

    holding: Holding
    ending: Ending
    then: Callable[[str | None], None]
    back_after: timedelta | None = None


class Booking:
    """One a worker; `book` may be called from any thread."""

    def __init__(self, engine: Engine, rule: RetryRule) -> None:
        self._engine = engine
        self._rule = rule
        self._ends: SimpleQueue[End] = SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def book(self, end: End) -> None:
        """Have it written down, however long the database is away: what was done is not forgotten."""
        self._ends.put(end)
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._go_on, name="booking", daemon=True)
                self._thread.start()

    def _go_on(self) -> None:
        were_several = False
        while True:
            ends = [self._ends.get()]
            if were_several:
                time.sleep(GATHER_S)
            ends += self._gathered()
            were_several = len(ends) > 1
            for some in _apart(ends):
                self._book(some)

    def _gathered(self) -> list[End]:
        gathered = []
        while True:
            try:
                gathered.append(self._ends.get_nowait())
            except Empty:
                return gathered

    def _book(self, ends: Sequence[End]) -> None:
        try:
            statuses = self._persistently(ends)
        except REFUSALS as error:  # one of them that no database takes must not spoil the others
            if len(ends) > 1:
                for end in ends:
                    self._book([end])
            else:
                self._book_bare(ends[0], error)
            return
        for end, status in zip(ends, statuses, strict=True):
            end.then(status)

    def _book_bare(self, end: End, error: Exception) -> None:
        """What could not be written of it is left out; what then cannot be is left to its lease, which runs out."""
        log.error("end cannot be written as it is", task_id=end.holding.task_id, error=repr(error))
        bare = Ending(outcome=end.ending.outcome, message="what it said could not be written down")
        status = None
        try:
            [status] = self._persistently([replace(end, ending=bare)])
        except REFUSALS:
            log.exception("end not booked", task_id=end.holding.task_id)
        end.then(status)

    def _persistently(self, ends: Sequence[End]) -> list[str | None]:
        while True:
            try:
                with write(self._engine) as connection:
                    return self._write(connection, ends)
            except TemporaryError as error:
                log.warning("ends not booked yet", tasks=len(ends), reason=str(error))
                time.sleep(PAUSE_S)

    def _write(self, connection: Connection, ends: Sequence[End]) -> list[str | None]:
        statuses = self._statuses(connection, ends)
        for end, status in zip(ends, statuses, strict=True):
            if status is None:  # killed by an admin, or lost to another worker
                killed = replace(end.ending, outcome=TAKEN, message=TAKEN_BY)
                now = clock(connection)
                attempts.end(connection, end.holding.task_id, epoch=end.holding.epoch, ending=killed, now=now)
        return statuses

    def _statuses(self, connection: Connection, ends: Sequence[End]) -> list[str | None]:
        if len(ends) > 1:
            ended = succeed_together(connection, [(end.holding, end.ending) for end in ends])
            return [SUCCEEDED if end.holding.task_id in ended else None for end in ends]
        [end] = ends
        if end.back_after is None:
            task = endings.finish(connection, end.holding, end.ending, self._rule)
        else:
            task = endings.hand_back(connection, end.holding, end.ending, after=end.back_after)
        return [None if task is None else task.status]


def _apart(ends: Sequence[End]) -> list[list[End]]:
    """Those that went well together, each of the others by itself."""
    well = [end for end in ends if end.ending.outcome == SUCCESS and end.back_after is None]
    others = [[end] for end in ends if end not in well]
    return [well, *others] if well else others
