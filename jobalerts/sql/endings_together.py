"""The ends of several tries that went well, at once: as `endings.finish` would book them one after the other.

The statements are made once, so that SQLAlchemy and the drivers know them by the second call.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import JSON, Connection, Integer, String, Text, bindparam, func, select, update
from sqlalchemy.types import TypeEngine

from jobalerts.broker import POSTINGS_NEW, TASK_QUEUES
from jobalerts.domain.retry import SUCCESS
from jobalerts.domain.task_states import Event, next_status
from jobalerts.sql import board_notices, outbox
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import UtcDateTime, in_one_parameter, is_postgresql, rows_given, steady_clock
from jobalerts.sql.leases import Holding
from jobalerts.sql.next_in_line import ONE, waiting_condition
from jobalerts.sql.tables import attempts, tasks
from jobalerts.sql.tasks import RUNNING, is_of_whole_board

SUCCEEDED = next_status("running", Event.SUCCEED)
ATTEMPTS_WORDS: dict[str, TypeEngine[Any]] = {
    "message": Text(), "counts": JSON(), "output_tail": Text(), "output_name": Text(),
}  # fmt: skip


def succeed_together(connection: Connection, ends: Sequence[tuple[Holding, Ending]]) -> set[str]:
    """Book ends whose outcome is success; the ids of those that were still held. Of the others nothing is written."""
    of_postgresql, now = is_postgresql(connection), steady_clock(connection)
    wanted = [{"task_id": holding.task_id, "epoch": holding.epoch} for holding, _ending in ends]
    found = connection.execute(_locked(of_postgresql), {"ends": in_one_parameter(connection, wanted)})
    held = {row.task_id: row for row in found}
    if not held:
        return set()
    ours = [(holding, ending) for holding, ending in ends if holding.task_id in held]
    given = {"ends": in_one_parameter(connection, [_row(holding, ending) for holding, ending in ours]), "now": now}
    connection.execute(_end_tasks(of_postgresql), given)
    connection.execute(_end_attempts(of_postgresql), given)
    rows = [held[holding.task_id] for holding, _ending in ours]
    board_notices.all_healthy(connection, [row.board for row in rows if is_of_whole_board(row)])
    news = [{"board": held[holding.task_id].board} for holding, ending in ours if ending.counts.get("seen")]
    outbox.add_each(connection, POSTINGS_NEW, news)
    by_key = [{"lock_key": key} for key in sorted({row.lock_key for row in rows})]
    waiting = {"keys": in_one_parameter(connection, by_key), "now": now}
    for row in connection.execute(_next_of_each_key(of_postgresql), waiting):
        outbox.add(connection, TASK_QUEUES[row.lane], task_id=row.task_id)
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
    """Those that are held, kept from others; locked in the order of the ids, as renewals lock them: no deadlock."""
    given = rows_given("ends", of_postgresql=of_postgresql, task_id=String(), epoch=Integer())
    return (
        select(tasks.c.task_id, tasks.c.lock_key, tasks.c.board, tasks.c.args)
        .where(tasks.c.task_id == given.c.task_id, tasks.c.epoch == given.c.epoch, tasks.c.status == RUNNING)
        .order_by(tasks.c.task_id)
        .with_for_update(of=tasks)
    )


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
    return update(tasks).where(tasks.c.task_id == given.c.task_id).values(changed)


@cache
def _end_attempts(of_postgresql: bool) -> Any:  # noqa: ANN401 - SQLAlchemy names no type for it; a key
    given = rows_given("ends", of_postgresql=of_postgresql, task_id=String(), epoch=Integer(), **ATTEMPTS_WORDS)
    ours = (attempts.c.task_id == given.c.task_id, attempts.c.epoch == given.c.epoch, attempts.c.outcome.is_(None))
    changed = {name: given.c[name] for name in ATTEMPTS_WORDS}
    return (
        update(attempts).where(*ours).values(**changed, outcome=SUCCESS, ended_at=bindparam("now", type_=UtcDateTime()))
    )


@cache
def _next_of_each_key(of_postgresql: bool) -> Any:  # noqa: ANN401 - SQLAlchemy names no type for it; a key
    """Of each lock key the longest waiting one: its own wake-up was in vain."""
    given = rows_given("keys", of_postgresql=of_postgresql, lock_key=String())
    line = tasks.alias("line")
    first = select(line.c.task_id).where(
        line.c.lock_key == given.c.lock_key, waiting_condition(bindparam("now", type_=UtcDateTime()), line)
    )
    next_one = first.order_by(line.c.waiting_since).limit(ONE).correlate(given).scalar_subquery()
    return select(tasks.c.task_id, tasks.c.lane).select_from(given).join(tasks, tasks.c.task_id == next_one)
