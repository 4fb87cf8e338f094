"""Attempts: one row a try of a task, keyed by the epoch it ran under."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, update

from jobalerts.sql.tables import attempts

TAIL_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a try ended. `not_before` is the board's Retry-After; `output_tail` is at most 64 KiB."""

    outcome: str
    message: str = ""
    counts: Mapping[str, float] = field(default_factory=dict)
    output_tail: str = ""
    output_name: str | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """How a try begins; `waited_seconds` since it was due and its worker had a slot free."""

    number: int
    worker: str
    waited_seconds: float


def begin(connection: Connection, task_id: str, *, epoch: int, beginning: Beginning, now: datetime) -> None:
    """Note that a try starts."""
    values = {name: getattr(beginning, name) for name in Beginning.__slots__}
    connection.execute(attempts.insert().values(task_id=task_id, epoch=epoch, started_at=now, **values))


def end(connection: Connection, task_id: str, *, epoch: int, ending: Ending, now: datetime) -> bool:
    """Note how a try ended, once: False when that is known already (a worker that was given up comes late)."""
    changed = connection.execute(
        update(attempts)
        .where(attempts.c.task_id == task_id, attempts.c.epoch == epoch, attempts.c.outcome.is_(None))
        .values(
            ended_at=now,
            outcome=ending.outcome,
            message=ending.message,
            counts=dict(ending.counts),
            output_tail=ending.output_tail,
            output_name=ending.output_name,
        )
    )
    return changed.rowcount == 1
