"""How the tasks that ended went, by hour: for the chart of the last day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, select

from jobalerts.sql.engine import is_postgresql
from jobalerts.sql.tables import tasks

HOURS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """Tasks that ended in the hour that begins at `start`: at the first try, after retries, or not well."""

    start: datetime
    success: int
    retried: int
    failed: int

    @property
    def total(self) -> int:
        return self.success + self.retried + self.failed


def last_day(connection: Connection, now: datetime) -> list[Hour]:
    """24 hours, oldest first, the present one last; the quiet ones included."""
    first = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS - 1)
    counts = _counts(connection, first)
    starts = [first + timedelta(hours=hour) for hour in range(HOURS)]
    return [_hour(start, counts.get(start.strftime("%Y-%m-%d %H"), {})) for start in starts]


def _counts(connection: Connection, since: datetime) -> dict[str, dict[tuple[str, bool], int]]:
    hour = _utc_hour(connection)
    retried = tasks.c.attempt > 1
    query = (
        select(hour, tasks.c.status, retried, func.count())
        .where(tasks.c.end_time >= since)
        .group_by(hour, tasks.c.status, retried)
    )
    counts: dict[str, dict[tuple[str, bool], int]] = {}
    for start, status, again, count in connection.execute(query):
        counts.setdefault(start, {})[status, bool(again)] = count
    return counts


def _hour(start: datetime, counts: Mapping[tuple[str, bool], int]) -> Hour:
    success, retried = counts.get(("success", False), 0), counts.get(("success", True), 0)
    return Hour(start=start, success=success, retried=retried, failed=sum(counts.values()) - success - retried)


def _utc_hour(connection: Connection) -> ColumnElement[str]:
    if is_postgresql(connection):
        return func.to_char(func.timezone("UTC", tasks.c.end_time), "YYYY-MM-DD HH24")
    return func.strftime("%Y-%m-%d %H", tasks.c.end_time)
