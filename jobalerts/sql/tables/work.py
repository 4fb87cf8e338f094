"""Tasks, their attempts, and who works on them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from jobalerts.sql.columns import id_column, metadata
from jobalerts.sql.engine import UtcDateTime

tasks = Table(
    "tasks",
    metadata,
    id_column("task_id"),
    Column("schedule_id", String(36)),  # no foreign key: a deleted schedule leaves its history
    Column("scheduled_for", UtcDateTime),
    Column("kind", String(40), nullable=False),
    Column("board", String(300)),
    Column("args", JSON, nullable=False),  # {job_type, location, company}
    Column("lane", String(10), nullable=False),  # recurring, oneoff, retry
    Column("lock_key", String(320), nullable=False),  # crawl:greenhouse/stripe
    Column("status", String(10), nullable=False),
    Column("outcome", String(20)),
    Column("is_retry", Boolean, nullable=False, default=False),
    Column("priority", Integer, nullable=False, default=5),  # 0-9, 9 first
    Column("attempt", Integer, nullable=False, default=0),
    Column("max_attempts", Integer, nullable=False, default=4),
    Column("lost_workers", Integer, nullable=False, default=0),
    Column("message", Text, nullable=False, default=""),
    Column("worker", String(100)),
    Column("progress_done", Integer),
    Column("progress_total", Integer),
    Column("epoch", Integer, nullable=False, default=0),  # the fencing token: +1 at every claim
    Column("lease_until", UtcDateTime),
    Column("waiting_since", UtcDateTime, nullable=False),  # or, later than now: when it may be started
    Column("woken_at", UtcDateTime, nullable=False),  # when its last wake-up was written
    Column("created_at", UtcDateTime, nullable=False),
    Column("start_time", UtcDateTime),
    Column("first_failure_at", UtcDateTime),
    Column("end_time", UtcDateTime),
    Column("next_try_at", UtcDateTime),
    Column("given_up_at", UtcDateTime),  # it is an open dead letter: not requeued or discarded since
    Column("version", Integer, nullable=False, default=1),
    UniqueConstraint("schedule_id", "scheduled_for"),
    Index("uq_tasks_lock_key_running", "lock_key", unique=True, sqlite_where=text("status = 'running'"),
          postgresql_where=text("status = 'running'")),
    Index("uq_tasks_schedule_id_waiting", "schedule_id", unique=True,  # slots missed meanwhile are one
          sqlite_where=text("status = 'created' AND lane = 'recurring'"),
          postgresql_where=text("status = 'created' AND lane = 'recurring'")),
    Index("ix_tasks_waiting_by_priority", "lane", "priority", "waiting_since",
          sqlite_where=text("status IN ('created', 'retrying')"),
          postgresql_where=text("status IN ('created', 'retrying')")),
    # The same rows, said otherwise: a question for a lock key cannot be answered from the index above, and is not.
    Index("ix_tasks_waiting_of_lock_key", "lock_key", "waiting_since",
          sqlite_where=text("status NOT IN ('running', 'success', 'failed', 'killed', 'dead')"),
          postgresql_where=text("status NOT IN ('running', 'success', 'failed', 'killed', 'dead')")),
    Index("ix_tasks_status_task_id", "status", "task_id"),
    Index("ix_tasks_board_task_id", "board", "task_id"),
    Index("ix_tasks_end_time", "end_time", sqlite_where=text("end_time IS NOT NULL"),
          postgresql_where=text("end_time IS NOT NULL")),
    *(
        Index(f"ix_tasks_given_up_{'_'.join(first) or 'all'}", *first, "given_up_at", "task_id",
              sqlite_where=text("given_up_at IS NOT NULL"), postgresql_where=text("given_up_at IS NOT NULL"))
        for first in ((), ("outcome",), ("board",), ("board", "outcome"))
    ),
)  # fmt: skip

# One-off tasks that were asked for lately: the same thing asked for again is the same task.
task_requests = Table(
    "task_requests",
    metadata,
    Column("object_id", String(200), primary_key=True),
    Column("task_id", String(36), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False, index=True),
)

# Fencing: the newest epoch of each lock key, over all its tasks. It only rises.
fences = Table(
    "fences",
    metadata,
    Column("lock_key", String(320), primary_key=True),
    Column("epoch", Integer, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("task_id", String(36), ForeignKey("tasks.task_id", ondelete="CASCADE"), primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("worker", String(100), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("outcome", String(20)),
    Column("message", Text, nullable=False, default=""),
    Column("counts", JSON),  # {seen, new, changed, closed, skipped, seconds}
    Column("output_tail", Text, nullable=False, default=""),  # the last 64 KiB
    Column("output_name", String(300)),  # the whole log in the outputs folder
    Column("waited_seconds", Float),  # from when it was due, and a slot free, to its claim
    Index("ix_attempts_started_at", "started_at"),  # and none that its end changes: PostgreSQL need not touch any
)

workers = Table(
    "workers",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("host", String(200), nullable=False),
    Column("slots", Integer, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("last_beat_at", UtcDateTime, nullable=False),
    Column("prefetch", Integer, nullable=False, default=1),
    Column("stopping_at", UtcDateTime),  # it takes nothing more
)
