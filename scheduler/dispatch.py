"""Turns schedules that are due into tasks: one a slot, whatever number of schedulers run."""

from datetime import datetime
from functools import cache

import structlog
from sqlalchemy import Engine

from jobalerts.domain.timetable import latest_slot, next_slot
from jobalerts.errors import PermanentError
from jobalerts.sql import schedules
from jobalerts.sql.engine import write
from jobalerts.sql.schedules import Claimed, Due

BATCH = 500  # more a transaction is not faster

log = structlog.get_logger()


def dispatch_due(engine: Engine, now: datetime) -> int:
    """Make tasks of everything that is due at `now`; return how many. Slots missed meanwhile become one task."""
    total = 0
    slots = Slots(now)
    while True:
        with write(engine) as connection:
            claimed = schedules.claim_due(connection, now, BATCH)
            total += schedules.dispatch(connection, [slots.due(schedule) for schedule in claimed], now)
        if len(claimed) < BATCH:
            return total


class Slots:
    """Which slot of a schedule runs at `now`, and which is next; read once for schedules with the same timetable."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._found = cache(self._find)

    def due(self, schedule: Claimed) -> Due:
        was_due = schedule.next_due_at
        try:
            slot, following = self._found(schedule.cron, schedule.timezone, was_due)
        except PermanentError as error:  # the others go on; this one runs once more and is then switched off
            log.error("schedule switched off", schedule_id=schedule.id, board=schedule.board, reason=str(error))
            return Due(schedule_id=schedule.id, slot=was_due, next_due_at=None)
        if slot != was_due:
            log.warning("slots missed", schedule_id=schedule.id, board=schedule.board, since=was_due.isoformat())
        return Due(schedule_id=schedule.id, slot=slot, next_due_at=following)

    def _find(self, cron: str, timezone: str, was_due: datetime) -> tuple[datetime, datetime]:
        slot = latest_slot(cron, timezone, due=was_due, now=self._now)
        return slot, next_slot(cron, timezone, after=self._now)
