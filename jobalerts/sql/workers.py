"""Workers that are alive: each writes its row when it starts and every ten seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select

from jobalerts.sql.engine import clock, insert
from jobalerts.sql.tables import tasks, workers
from jobalerts.sql.tasks import RUNNING

FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A worker as it is shown; `running` counts its running tasks."""

    name: str
    host: str
    slots: int
    running: int
    started_at: datetime
    last_beat_at: datetime


def beat(connection: Connection, *, name: str, host: str, slots: int) -> None:
    """Say that the worker is alive, by the database's clock."""
    now = clock(connection)
    values: Mapping[str, Any] = {"name": name, "host": host, "slots": slots, "started_at": now, "last_beat_at": now}
    statement = insert(connection, workers).values(**values)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"last_beat_at": now, "slots": slots})
    )


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
    return [Worker(**row._mapping) for row in connection.execute(query)]
