"""How long tasks take, how late they start, and what has run and waited longest: the watch on the sweepers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from statistics import median
from typing import Any

from sqlalchemy import Connection, Select, func, select

from jobalerts.broker import TASK_QUEUES
from jobalerts.sql.engine import is_postgresql
from jobalerts.sql.next_in_line import ONE, longest_of_each_level
from jobalerts.sql.tables import attempts, tasks
from jobalerts.sql.tasks import RUNNING

TIMED = 1000  # figures are of so many latest ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Durations:
    """Seconds; None while there is nothing to measure."""

    median: float | None
    p95: float | None


def from_start_to_end(connection: Connection) -> Durations:
    """Of the latest 1,000 successes."""
    query = select(tasks.c.start_time, tasks.c.end_time).where(tasks.c.status == "success")
    rows = connection.execute(query.order_by(tasks.c.task_id.desc()).limit(TIMED))
    return _durations(
        (row.end_time - row.start_time).total_seconds() for row in rows if row.start_time and row.end_time
    )


def start_delay(connection: Connection) -> Durations:
    """From the moment a try was due, and its worker had a slot free, to its start: of the latest 1,000 tries."""
    query = select(attempts.c.waited_seconds).order_by(attempts.c.started_at.desc()).limit(TIMED)
    return _durations(waited for waited in connection.execute(query).scalars() if waited is not None)


def oldest_running(connection: Connection, now: datetime) -> float | None:
    """Seconds that the longest running try has run; None while nothing runs."""
    query = select(func.min(attempts.c.started_at)).join(
        tasks, (tasks.c.task_id == attempts.c.task_id) & (tasks.c.epoch == attempts.c.epoch)
    )
    return _age(connection.execute(query.where(tasks.c.status == RUNNING)).scalar_one(), now)


def oldest_waiting(connection: Connection, now: datetime) -> float | None:
    """Seconds that a task which may be claimed has waited at the longest; None while none waits."""
    since: list[datetime | None]
    statement = _longest_waiting(is_postgresql(connection))
    since = [connection.execute(statement, {"lane": lane, "now": now}).scalar() for lane in TASK_QUEUES]
    return _age(min((moment for moment in since if moment is not None), default=None), now)


def _age(since: datetime | None, now: datetime) -> float | None:
    return None if since is None else round(max(0.0, (now - since).total_seconds()), 1)


def _durations(found: Iterable[float]) -> Durations:
    seconds = sorted(found)
    if not seconds:
        return Durations(median=None, p95=None)
    nearest_rank = seconds[-(-95 * len(seconds) // 100) - 1]
    return Durations(median=round(median(seconds), 3), p95=round(nearest_rank, 3))


@cache
def _longest_waiting(of_postgresql: bool) -> Select[Any]:
    """The first entries of an index, however many wait: one over all lanes would be read to its end."""
    firsts = longest_of_each_level(lambda line: select(line.c.waiting_since), most=ONE, of_postgresql=of_postgresql)
    return select(func.min(firsts.c.waiting_since))
