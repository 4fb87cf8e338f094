"""Workers that are alive: each writes its row when it starts and every ten seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, func, select, update

from jobalerts.sql.engine import clock, insert
from jobalerts.sql.tables import tasks, workers
from jobalerts.sql.tasks import RUNNING

LOST_AFTER = timedelta(seconds=30)  # as long as a lease
FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How many tasks a worker runs at once, and how many messages it takes ahead."""

    slots: int
    prefetch: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A worker as it is shown; `running` counts its running tasks; `lost` means silent for 30 s."""

    name: str
    host: str
    slots: int
    prefetch: int
    running: int
    state: Literal["alive", "stopping", "lost"]
    started_at: datetime
    last_beat_at: datetime


def beat(connection: Connection, *, name: str, host: str, capacity: Capacity) -> None:
    """Say that the worker is alive, by the database's clock."""
    now = clock(connection)
    own = {"slots": capacity.slots, "prefetch": capacity.prefetch, "last_beat_at": now}
    values: Mapping[str, Any] = {"name": name, "host": host, "started_at": now, **own}
    statement = insert(connection, workers).values(**values)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=own))


def stopping(connection: Connection, name: str) -> None:
    """The worker takes nothing more, and hands back what it has."""
    connection.execute(update(workers).where(workers.c.name == name).values(stopping_at=clock(connection)))


def leave(connection: Connection, name: str) -> None:
    """The worker stops on purpose."""
    connection.execute(delete(workers).where(workers.c.name == name))


def forget_old(connection: Connection) -> int:
    """Drop rows of workers that have been silent for an hour; return how many."""
    silent = delete(workers).where(workers.c.last_beat_at < clock(connection) - FORGOTTEN_AFTER)
    return connection.execute(silent).rowcount


def all_workers(connection: Connection) -> list[Worker]:
    """Every known worker by name, with how much it runs."""
    running = (
        select(tasks.c.worker, func.count().label("running"))
        .where(tasks.c.status == RUNNING)
        .group_by(tasks.c.worker)
        .subquery()
    )
    query = (
        select(workers, func.coalesce(running.c.running, 0).label("running"))
        .outerjoin(running, running.c.worker == workers.c.name)
        .order_by(workers.c.name)
    )
    silent_since = clock(connection) - LOST_AFTER
    return [_worker(row, silent_since) for row in connection.execute(query)]


def _worker(row: Row[Any], silent_since: datetime) -> Worker:
    state: Literal["alive", "stopping", "lost"] = "alive"
    if row.last_beat_at < silent_since:
        state = "lost"
    elif row.stopping_at is not None:
        state = "stopping"
    values = {name: value for name, value in row._mapping.items() if name != "stopping_at"}
    return Worker(**values, state=state)
