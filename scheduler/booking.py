"""Books the ends of tries. While one is written down others gather, and are written down together."""

import threading
import time
from dataclasses import dataclass

from sqlalchemy import Engine

from jobalerts.domain.retry import SUCCESS, RetryRule
from jobalerts.sql import endings
from jobalerts.sql.attempts import Ending
from jobalerts.sql.endings_together import SUCCEEDED, succeed_together
from jobalerts.sql.engine import REFUSALS, write
from jobalerts.sql.leases import Holding

GATHER_S = 0.001  # while ends come in numbers


@dataclass(slots=True, kw_only=True, eq=False)
class Entry:
    """An end that waits to be written down, or has been: `status` is the task's, None if it was not held any more."""

    holding: Holding
    ending: Ending
    is_written: bool = False
    status: str | None = None


class Booking:
    """One a worker; may be called from any thread."""

    def __init__(self, engine: Engine, rule: RetryRule) -> None:
        self._engine = engine
        self._rule = rule
        self._gathering = threading.Lock()
        self._writing = threading.Lock()
        self._entries: list[Entry] = []
        self._were_several = False

    def finish(self, holding: Holding, ending: Ending) -> str | None:
        """Return the task's status once the end is committed; None, and nothing written, if it is not held any more.

        TemporaryError while the database is away: nothing is written, the end may be booked again.
        """
        mine = Entry(holding=holding, ending=ending)
        if ending.outcome != SUCCESS:
            self._write(mine)
            return mine.status
        with self._gathering:
            self._entries.append(mine)
        with self._writing:
            if not mine.is_written:
                self._write_all()
            if not mine.is_written:
                self._write(mine)
        return mine.status

    def _write_all(self) -> None:
        """What has gathered; what cannot be written together is left to each one's own thread."""
        if self._were_several:
            time.sleep(GATHER_S)
        with self._gathering:
            gathered, self._entries = self._entries, []
        self._were_several = len(gathered) > 1
        if not self._were_several:
            return
        try:
            with write(self._engine) as connection:
                ended = succeed_together(connection, [(entry.holding, entry.ending) for entry in gathered])
        except REFUSALS:  # one of them that no database takes must not spoil the others
            return
        for entry in gathered:
            entry.is_written = True
            entry.status = SUCCEEDED if entry.holding.task_id in ended else None

    def _write(self, entry: Entry) -> None:
        with write(self._engine) as connection:
            task = endings.finish(connection, entry.holding, entry.ending, self._rule)
        entry.is_written = True
        entry.status = None if task is None else task.status
