"""The ends of several tries that went well, at once: as `endings.finish` would book them one after the other.

The statements are made once, so that SQLAlchemy and the drivers know them by the second call.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import JSON, Connection, Integer, ScalarSelect, String, Text, bindparam, exists, func, select, update
from sqlalchemy.types import TypeEngine

from jobalerts.broker import POSTINGS_NEW, TASK_QUEUES
from jobalerts.domain.retry import SUCCESS
from jobalerts.domain.task_states import Event, next_status
from jobalerts.sql import board_notices, outbox
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import (
    UtcDateTime,
    ids_in,
    in_one_parameter,
    is_postgresql,
    looked_up,
    rows_given,
    steady_clock,
)
from jobalerts.sql.leases import Holding
from jobalerts.sql.next_in_line import ONE, of_lock_key
from jobalerts.sql.tables import attempts, notices, tasks
from jobalerts.sql.tasks import RUNNING, is_of_whole_board

SUCCEEDED = next_status("running", Event.SUCCEED)
ATTEMPTS_WORDS: dict[str, TypeEngine[Any]] = {
    "message": Text(), "counts": JSON(), "output_tail": Text(), "output_name": Text(),
}  # fmt: skip


def succeed_together(connection: Connection, ends: Sequence[tuple[Holding, Ending]]) -> set[str]:
    """Book ends whose outcome is success; the ids of those that were still held. Of the others nothing is written."""
    of_postgresql, now = is_postgresql(connection), steady_clock(connection)
    wanted = [{"task_id": holding.task_id, "epoch": holding.epoch} for holding, _ending in ends]
    ids = ids_in(connection, "ids", [holding.task_id for holding, _ending in ends])
    found = connection.execute(_locked(of_postgresql), {"ends": in_one_parameter(connection, wanted), **ids})
    held = {row.task_id: row for row in found}
    if not held:
        return set()
    ours = [(holding, ending) for holding, ending in ends if holding.task_id in held]
    given = {
        "ends": in_one_parameter(connection, [_row(holding, ending) for holding, ending in ours]),
        "now": now,
        **ids,
    }
    connection.execute(_end_tasks(of_postgresql), given)
    connection.execute(_end_attempts(of_postgresql), given)
    rows = [held[holding.task_id] for holding, _ending in ours]
    if rows[0].is_any_notice_open:
        whole = select(tasks.c.board, tasks.c.args).where(tasks.c.task_id.in_([row.task_id for row in rows]))
        board_notices.all_healthy(
            connection, [row.board for row in connection.execute(whole) if is_of_whole_board(row)]
        )
    news = [
        {"board": row.board} for row, (_holding, ending) in zip(rows, ours, strict=True) if ending.counts.get("seen")
    ]
    outbox.add_each(connection, POSTINGS_NEW, news)
    for task_id, lane in dict.fromkeys(
        (row.next_id, row.next_lane) for row in rows if row.next_since and row.next_since <= now
    ):
        outbox.add(connection, TASK_QUEUES[lane], task_id=task_id)
    return set(held)


def _row(holding: Holding, ending: Ending) -> dict[str, Any]:
    seen = ending.counts.get("seen")
    return {
        "task_id": holding.task_id,
        "epoch": holding.epoch,
        "message": ending.message,
        "counts": dict(ending.counts),
        "seen": None if seen is None else int(seen),
        "output_tail": ending.output_tail,
        "output_name": ending.output_name,
    }


@cache
def _locked(of_postgresql: bool) -> Any:  # noqa: ANN401 - SQLAlchemy names no type for it; a key
    """Those that are held, kept from others; locked in the order of the ids, as renewals lock them: no deadlock.

    Beside each the longest waiting task of its lock key: that one's own wake-up was in vain.
    """
    given = rows_given("ends", of_postgresql=of_postgresql, task_id=String(), epoch=Integer())
    return (
        select(
            *(tasks.c[name] for name in ("task_id", "lock_key", "board")),
            exists().where(notices.c.ended_at.is_(None)).label("is_any_notice_open"),
            _next_of_its_key("task_id").label("next_id"),
            _next_of_its_key("lane").label("next_lane"),
            _next_of_its_key("waiting_since").label("next_since"),
        )
        .where(
            looked_up(given, tasks, "ids", of_postgresql=of_postgresql),
            tasks.c.epoch == given.c.epoch,
            tasks.c.status == RUNNING,
        )
        .order_by(tasks.c.task_id)
        .with_for_update(of=tasks)
    )


def _next_of_its_key(column: str) -> ScalarSelect[Any]:
    line = tasks.alias("line")
    first = select(line.c[column]).where(of_lock_key(tasks.c.lock_key, line))
    return first.order_by(line.c.waiting_since).limit(ONE).correlate(tasks).scalar_subquery()


@cache
def _end_tasks(of_postgresql: bool) -> Any:  # noqa: ANN401 - SQLAlchemy names no type for it; a key
    given = rows_given("ends", of_postgresql=of_postgresql, task_id=String(), message=Text(), seen=Integer())
    changed = {
        "status": SUCCEEDED,
        "outcome": SUCCESS,
        "message": given.c.message,
        "end_time": bindparam("now", type_=UtcDateTime()),
        "version": tasks.c.version + 1,
        "progress_done": func.coalesce(given.c.seen, tasks.c.progress_done),
        "progress_total": func.coalesce(given.c.seen, tasks.c.progress_total),
        **dict.fromkeys(("lease_until", "next_try_at", "given_up_at")),
    }
    return update(tasks).where(looked_up(given, tasks, "ids", of_postgresql=of_postgresql)).values(changed)


@cache
def _end_attempts(of_postgresql: bool) -> Any:  # noqa: ANN401 - SQLAlchemy names no type for it; a key
    given = rows_given("ends", of_postgresql=of_postgresql, task_id=String(), epoch=Integer(), **ATTEMPTS_WORDS)
    ours = looked_up(given, attempts, "ids", of_postgresql=of_postgresql)
    unended = (attempts.c.epoch == given.c.epoch, attempts.c.outcome.is_(None))
    changed = {name: given.c[name] for name in ATTEMPTS_WORDS}
    return (
        update(attempts)
        .where(ours, *unended)
        .values(**changed, outcome=SUCCESS, ended_at=bindparam("now", type_=UtcDateTime()))
    )
