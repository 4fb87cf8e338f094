"""How the tasks went, in figures: counted by the database, over indexes, for the last days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from jobalerts.domain.task_states import ENDED, STATUSES
from jobalerts.sql import task_times
from jobalerts.sql.engine import is_postgresql
from jobalerts.sql.tables import boards, mails, schedules, tasks
from jobalerts.sql.task_times import Durations

WINDOW = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStats:
    """`by_status` counts every task there is; `by_board`, `by_day` and `success_rate` the last 30 days."""

    by_status: Mapping[str, int]
    by_board: Mapping[str, Mapping[str, int]]
    by_day: Mapping[str, Mapping[str, int]]
    success_rate: float | None
    seconds: Durations
    start_delay: Durations
    oldest_running_seconds: float | None
    oldest_waiting_seconds: float | None
    running: int
    next_due: datetime | None
    mails_sent_24h: int


def stats(connection: Connection, now: datetime) -> TaskStats:
    """A handful of aggregate queries; days are UTC days, oldest first, those without a task included."""
    floor = _first_id(_window_start(now))
    counts = by_status(connection)
    by_day = {_day(now - WINDOW, plus): _counts() for plus in range(1, WINDOW.days + 1)}
    by_day |= _grouped(connection, _utc_day(connection), floor)
    return TaskStats(
        by_status=counts,
        by_board=_grouped(connection, tasks.c.board, floor),
        by_day=by_day,
        success_rate=_success_rate(by_day),
        seconds=task_times.from_start_to_end(connection),
        start_delay=task_times.start_delay(connection),
        oldest_running_seconds=task_times.oldest_running(connection, now),
        oldest_waiting_seconds=task_times.oldest_waiting(connection, now),
        running=counts["running"],
        next_due=_next_due(connection),
        mails_sent_24h=_mails_sent(connection, now - timedelta(hours=24)),
    )


def by_status(connection: Connection) -> dict[str, int]:
    """How many tasks there are of each status."""
    rows = connection.execute(select(tasks.c.status, func.count()).group_by(tasks.c.status))
    return dict.fromkeys(STATUSES, 0) | {status: count for status, count in rows}


def _grouped(connection: Connection, key: ColumnElement[Any], floor: str) -> dict[str, dict[str, int]]:
    """Counts by status of each value of `key`, and their `total`."""
    query = select(key, tasks.c.status, func.count()).where(tasks.c.task_id >= floor, key.is_not(None))
    found: dict[str, dict[str, int]] = {}
    for value, status, count in connection.execute(query.group_by(key, tasks.c.status).order_by(key)):
        counts = found.setdefault(str(value), _counts())
        counts[status] = count
        counts["total"] += count
    return found


def _success_rate(by_day: Mapping[str, Mapping[str, int]]) -> float | None:
    """Of the tasks that ended, the part that succeeded: 0 to 1."""
    ended = sum(counts[status] for counts in by_day.values() for status in ENDED)
    return round(sum(counts["success"] for counts in by_day.values()) / ended, 4) if ended else None


def _next_due(connection: Connection) -> datetime | None:
    """When the next active board is due."""
    query = select(func.min(schedules.c.next_due_at)).outerjoin_from(
        schedules, boards, schedules.c.board == boards.c.id
    )
    due: datetime | None = connection.execute(query.where(boards.c.active.is_not(False))).scalar_one()
    return due


def _mails_sent(connection: Connection, since: datetime) -> int:
    query = select(func.count()).select_from(mails).where(mails.c.sent_at >= since, mails.c.status == "sent")
    return int(connection.execute(query).scalar_one())


def _counts() -> dict[str, int]:
    return {"total": 0, **dict.fromkeys(STATUSES, 0)}


def _utc_day(connection: Connection) -> ColumnElement[str]:
    if is_postgresql(connection):
        return func.to_char(func.timezone("UTC", tasks.c.created_at), "YYYY-MM-DD")
    return func.date(tasks.c.created_at)


def _day(start: datetime, plus: int) -> str:
    return (start.astimezone(UTC) + timedelta(days=plus)).date().isoformat()


def _window_start(now: datetime) -> datetime:
    first = now.astimezone(UTC) - WINDOW + timedelta(days=1)
    return first.replace(hour=0, minute=0, second=0, microsecond=0)


def _first_id(moment: datetime) -> str:
    """The smallest UUIDv7 of a moment (RFC 9562 section 5.7): 48 bits of milliseconds come first."""
    digits = f"{int(moment.timestamp() * 1000):012x}"
    return f"{digits[:8]}-{digits[8:]}"
