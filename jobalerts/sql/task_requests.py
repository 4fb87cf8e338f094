"""Asking for a one-off task: the same thing asked for again within five minutes is the same task."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, select
from uuid_utils import uuid7

from jobalerts.broker import TASK_QUEUES
from jobalerts.sql import outbox
from jobalerts.sql.engine import clock, insert
from jobalerts.sql.tables import task_requests, tasks
from jobalerts.sql.tasks import new_row

SAME_WITHIN = timedelta(minutes=5)
LANE = "oneoff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for; `run_at` None means now, `object_id` None the hash of kind and arguments."""

    kind: str
    board: str
    args: Mapping[str, Any]
    priority: int
    object_id: str | None = None
    run_at: datetime | None = None

    @property
    def key(self) -> str:
        if self.object_id is not None:
            return self.object_id
        return sha256(json.dumps([self.kind, self.board, dict(self.args)], sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The task, whether this request made it, and when it was asked for first."""

    task_id: str
    is_new: bool
    asked_at: datetime


def ask(connection: Connection, request: Request, *, now: datetime) -> Asked:
    """Make the task, unless the same was asked for within five minutes: decided by the table's primary key."""
    row = insert(connection, task_requests).values(object_id=request.key, task_id=str(uuid7()), asked_at=now)
    new = {"task_id": row.excluded.task_id, "asked_at": row.excluded.asked_at}
    is_old = task_requests.c.asked_at <= now - SAME_WITHIN
    upsert = row.on_conflict_do_update(index_elements=["object_id"], set_=new, where=is_old)
    task_id = connection.execute(upsert.returning(task_requests.c.task_id)).scalar_one_or_none()
    if task_id is None:
        known = connection.execute(select(task_requests).where(task_requests.c.object_id == request.key)).one()
        return Asked(task_id=known.task_id, is_new=False, asked_at=known.asked_at)
    _make(connection, str(task_id), request, now)
    return Asked(task_id=str(task_id), is_new=True, asked_at=now)


def known(connection: Connection, key: str, *, now: datetime) -> str | None:
    """The task that was asked for under this key within five minutes, or None."""
    query = select(task_requests.c.task_id).where(
        task_requests.c.object_id == key, task_requests.c.asked_at > now - SAME_WITHIN
    )
    return connection.execute(query).scalar_one_or_none()


def forget_old(connection: Connection, now: datetime) -> int:
    """Drop what is asked for anew anyway; return how many rows."""
    return connection.execute(delete(task_requests).where(task_requests.c.asked_at <= now - SAME_WITHIN)).rowcount


def _make(connection: Connection, task_id: str, request: Request, now: datetime) -> None:
    values = new_row(
        kind=request.kind, board=request.board, args=request.args, lane=LANE, priority=request.priority, now=now
    )
    later = {}
    values["waiting_since"] = min(now, clock(connection))  # whose clock is ahead does not wait until it was right
    if request.run_at is not None and request.run_at > now:
        later = {"next_try_at": request.run_at, "waiting_since": request.run_at}
    connection.execute(tasks.insert().values(**values | later | {"task_id": task_id}))
    if not later:
        outbox.add(connection, TASK_QUEUES[LANE], task_id=task_id)
