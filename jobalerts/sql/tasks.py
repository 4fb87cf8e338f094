"""Tasks: asking for them and what an admin or a run may change. Claiming and finishing are in `leases`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, literal_column, select, update
from uuid_utils import uuid7

from jobalerts.broker import TASK_QUEUES
from jobalerts.domain import task_states
from jobalerts.domain.task_states import Conflict, Event, next_status
from jobalerts.errors import PermanentError
from jobalerts.sql import outbox
from jobalerts.sql.engine import clock, is_postgresql
from jobalerts.sql.tables import tasks

MAX_ATTEMPTS = 4  # the first try and three retries
DEFAULT_PRIORITY = 5
# Written into the statement, not bound: SQLite uses a partial index only for a condition it can read.
RUNNING: ColumnElement[str] = literal_column("'running'")
WAITING: tuple[ColumnElement[str], ...] = tuple(literal_column(f"'{status}'") for status in task_states.WAITING)

NOT_WAITING: tuple[ColumnElement[str], ...] = tuple(
    literal_column(f"'{status}'") for status in task_states.STATUSES if status not in task_states.WAITING
)


class NoSuchTask(PermanentError):
    """No task has this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A row of `tasks`: the API's fields, then the machinery's. `args` is {job_type, location, company}."""

    task_id: str
    schedule_id: str | None
    kind: str
    board: str | None
    args: Mapping[str, Any]
    status: str
    is_retry: bool
    priority: int
    attempt: int
    max_attempts: int
    message: str
    worker: str | None
    progress: Mapping[str, int | None] | None
    created_at: datetime
    start_time: datetime | None
    end_time: datetime | None
    next_try_at: datetime | None
    scheduled_for: datetime | None
    lane: str
    lock_key: str
    outcome: str | None
    epoch: int
    version: int
    lost_workers: int
    first_failure_at: datetime | None
    lease_until: datetime | None = field(default=None)


FIELDS = tuple(name for name in Task.__slots__ if name != "progress")
COLUMNS = tuple(tasks.c[name] for name in (*FIELDS, "progress_done", "progress_total"))
"""What `task_of` reads."""


def request(
    connection: Connection,
    *,
    kind: str,
    board: str,
    args: Mapping[str, Any],
    lane: str = "oneoff",
    priority: int = DEFAULT_PRIORITY,
    now: datetime,
) -> Task:
    """Ask for a task now, beside any schedule; its wake-up leaves with this transaction."""
    values = new_row(kind=kind, board=board, args=args, lane=lane, priority=priority, now=now)
    values["waiting_since"] = min(now, clock(connection))  # whose clock is ahead does not wait until it was right
    connection.execute(tasks.insert().values(**values))
    _wake(connection, str(values["task_id"]), lane)
    return one(connection, str(values["task_id"]))


def new_row(
    *, kind: str, board: str | None, args: Mapping[str, Any], lane: str, priority: int, now: datetime
) -> dict[str, Any]:
    """The columns of a task that nobody has touched yet."""
    return {
        "task_id": str(uuid7()),
        "kind": kind,
        "board": board,
        "args": {"job_type": args.get("job_type"), "location": args.get("location"), "company": args.get("company")},
        "lane": lane,
        "lock_key": f"{kind}:{board}",
        "status": "created",
        "priority": priority,
        "max_attempts": MAX_ATTEMPTS,
        "waiting_since": now,
        "woken_at": now,
        "created_at": now,
    }


def due_since(row: Row[Any]) -> datetime:
    """Since when a waiting task could have been started, were a slot free."""
    since: datetime = row.waiting_since
    return since if row.next_try_at is None else max(since, row.next_try_at)  # handed back: it keeps its place


def is_of_whole_board(task: Any) -> bool:  # noqa: ANN401 - a Task, or a row of `board` and `args`
    """Whether it reads all of a board, not only postings of one job type or place."""
    return task.board is not None and not (task.args.get("job_type") or task.args.get("location"))


def one(connection: Connection, task_id: str) -> Task:
    """The task, or NoSuchTask."""
    row = connection.execute(select(tasks).where(tasks.c.task_id == task_id)).one_or_none()
    if row is None:
        raise NoSuchTask(f"there is no task {task_id}")
    return task_of(row)


def kill(connection: Connection, task_id: str, now: datetime) -> Task:
    """End it at once; its worker notices within seconds and ends the process."""
    return _change(connection, task_id, Event.KILL, end_time=now, next_try_at=None, message="killed by an admin")


def requeue(connection: Connection, task_id: str, now: datetime) -> Task:
    """Run a given-up task again, its tries counted anew."""
    values = counted_anew(now)
    values.pop("status")
    return _woken(connection, _change(connection, task_id, Event.REQUEUE, **values))


def counted_anew(now: datetime) -> dict[str, Any]:
    """The columns of a given-up task that is to run again."""
    nothing = dict.fromkeys(
        ("first_failure_at", "start_time", "end_time", "outcome", "progress_done", "progress_total")
    )
    values = {"status": next_status("dead", Event.REQUEUE), "attempt": 0, "lost_workers": 0, "is_retry": False}
    return {**_afresh(now), **nothing, **values, "message": ""}


def run_now(connection: Connection, task_id: str, now: datetime) -> Task:
    """Make the next try of a retrying task due at once."""
    return _woken(connection, _change(connection, task_id, Event.RUN_NOW, **_afresh(now)))


def set_priority(connection: Connection, task_id: str, priority: int) -> Task:
    """Set 0 to 9, 9 first, of a task that has not ended."""
    task = _locked(connection, task_id)
    if task.status not in ("created", "retrying", "running"):
        raise Conflict(f"a task that is {task.status} has no priority any more")
    return _update(connection, task, priority=priority)


def report(
    connection: Connection,
    task_id: str,
    *,
    epoch: int,
    done: int | None = None,
    total: int | None = None,
    message: str | None = None,
) -> Task:
    """What a run says of itself; Conflict unless this very try (`epoch`) is running."""
    task = _locked(connection, task_id)
    if task.status != "running" or task.epoch != epoch:
        raise Conflict(f"this try of task {task_id} is not running any more")
    values: dict[str, Any] = {"progress_done": done, "progress_total": total, "message": message}
    given = {name: value for name, value in values.items() if value is not None}
    return _update(connection, task, **given) if given else task


def annotate(connection: Connection, task_id: str, message: str) -> Task:
    """An admin's remark, whatever the status; Conflict after a success, which nothing changes."""
    task = _locked(connection, task_id)
    if task.status == "success":
        raise Conflict("a task with status success cannot be changed")
    return _update(connection, task, message=message)


def task_of(row: Row[Any]) -> Task:
    """Read a row of `select(tasks)`."""
    found = row._mapping
    values = {name: found[name] for name in FIELDS}
    done, total = row.progress_done, row.progress_total
    progress = None if done is None and total is None else {"done": done, "total": total}
    return Task(**values, progress=progress)


def _afresh(now: datetime) -> dict[str, Any]:
    nothing: dict[str, Any] = dict.fromkeys(("next_try_at", "worker", "given_up_at"))
    return nothing | {"lane": "oneoff", "waiting_since": now, "woken_at": now}


def _woken(connection: Connection, task: Task) -> Task:
    _wake(connection, task.task_id, task.lane)
    return task


def _change(connection: Connection, task_id: str, event: Event, **values: Any) -> Task:  # noqa: ANN401 - any column
    task = _locked(connection, task_id)
    return _update(connection, task, status=next_status(task.status, event), **values)


def _locked(connection: Connection, task_id: str) -> Task:
    query = select(tasks).where(tasks.c.task_id == task_id)
    if is_postgresql(connection):
        query = query.with_for_update()
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NoSuchTask(f"there is no task {task_id}")
    return task_of(row)


def _update(connection: Connection, task: Task, **values: Any) -> Task:  # noqa: ANN401 - any column
    changed = update(tasks).where(tasks.c.task_id == task.task_id, tasks.c.version == task.version)
    connection.execute(changed.values(version=task.version + 1, **values))
    return one(connection, task.task_id)


def _wake(connection: Connection, task_id: str, lane: str) -> None:
    outbox.add(connection, TASK_QUEUES[lane], task_id=task_id)
