"""Turns schedules that are due into tasks: one a slot, whatever number of schedulers run."""

from datetime import datetime

import structlog
from sqlalchemy import Engine

from jobalerts.domain.timetable import latest_slot, next_slot
from jobalerts.errors import PermanentError
from jobalerts.sql import schedules
from jobalerts.sql.engine import write
from jobalerts.sql.schedules import Due, Schedule

BATCH = 100  # more a transaction is not faster

log = structlog.get_logger()


def dispatch_due(engine: Engine, now: datetime) -> int:
    """Make tasks of everything that is due at `now`; return how many. Slots missed meanwhile become one task."""
    total = 0
    while True:
        with write(engine) as connection:
            claimed = schedules.claim_due(connection, now, BATCH)
            total += schedules.dispatch(connection, [_due(schedule, now) for schedule in claimed], now)
        if len(claimed) < BATCH:
            return total


def _due(schedule: Schedule, now: datetime) -> Due:
    was_due = schedule.next_due_at or now
    try:
        slot = latest_slot(schedule.cron, schedule.timezone, due=was_due, now=now)
        following = next_slot(schedule.cron, schedule.timezone, after=now)
    except PermanentError as error:  # the others go on; this one runs once more and is then switched off
        log.error("schedule switched off", schedule_id=schedule.id, board=schedule.board, reason=str(error))
        return Due(schedule=schedule, slot=was_due, next_due_at=None)
    if slot != was_due:
        log.warning("slots missed", schedule_id=schedule.id, board=schedule.board, since=was_due.isoformat())
    return Due(schedule=schedule, slot=slot, next_due_at=following)
