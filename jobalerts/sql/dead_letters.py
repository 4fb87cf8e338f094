"""Dead letters: tasks and messages that were given up, in one list, the latest first, read over indexes alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, literal, select, tuple_

from jobalerts.sql.engine import UtcDateTime, is_postgresql
from jobalerts.sql.tables import attempts, dead_letters, tasks

OUTPUT = 4096  # characters of the last output that stand in the list; all of it is with the task's attempts
MESSAGE = "message-"  # what the id of a message begins with
Kind = Literal["task", "message"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """`attempts` and `output` are a task's, `queue` and `body` a message's.

    `reason` is one word: the outcome of the last try; of a message refused, unreadable, version or undelivered.
    """

    id: str
    kind: Kind
    given_up_at: datetime
    reason: str
    message: str
    board: str | None
    status: str | None = None
    attempts: int | None = None
    output: str | None = None
    queue: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which to list; None: any."""

    kind: Kind | None = None
    reason: str | None = None
    board: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The place of one letter in the list; of letters given up in the same moment tasks come first."""

    moment: datetime
    kind: Kind
    id: str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`next_after` is where the next page begins, None on the last."""

    letters: tuple[DeadLetter, ...]
    next_after: Position | None


ANY = Wanted()


def page(connection: Connection, wanted: Wanted = ANY, *, after: Position | None = None, limit: int = 50) -> Page:
    """At most `limit` letters that come after a position."""
    found: list[DeadLetter] = []
    if wanted.kind in (None, "task"):
        found += [_of_task(row) for row in connection.execute(_tasks(connection, wanted, after, limit + 1))]
    if wanted.kind in (None, "message"):
        found += [_of_message(row) for row in connection.execute(_messages(wanted, after, limit + 1))]
    found.sort(key=_order, reverse=True)
    shown = tuple(found[:limit])
    return Page(letters=shown, next_after=position(shown[-1]) if len(found) > limit else None)


def position(letter: DeadLetter) -> Position:
    own = int(letter.id.removeprefix(MESSAGE)) if letter.kind == "message" else letter.id
    return Position(moment=letter.given_up_at, kind=letter.kind, id=own)


def count(connection: Connection, *, most: int = 1000) -> int:
    """How many there are, counted up to `most`."""
    open_tasks = select(literal(1)).where(tasks.c.given_up_at.is_not(None)).limit(most)
    open_messages = select(literal(1)).where(dead_letters.c.resolved_at.is_(None)).limit(most)
    rows = (row for query in (open_tasks, open_messages) for row in connection.execute(query))
    return sum(1 for _ in islice(rows, most))


def reasons(connection: Connection) -> Sequence[str]:
    """Every reason there is one of, for a person to choose from."""
    of_tasks = select(tasks.c.outcome).where(tasks.c.given_up_at.is_not(None)).distinct()
    of_messages = select(dead_letters.c.cause).where(dead_letters.c.resolved_at.is_(None)).distinct()
    return sorted({reason for query in (of_tasks, of_messages) for reason in connection.execute(query).scalars()})


def _order(letter: DeadLetter) -> tuple[datetime, bool, int, str]:
    own = position(letter).id
    return letter.given_up_at, letter.kind == "task", own if isinstance(own, int) else 0, letter.id


def _tasks(connection: Connection, wanted: Wanted, after: Position | None, limit: int) -> Select[Any]:
    tail = attempts.c.output_tail
    output = (
        select(func.right(tail, OUTPUT) if is_postgresql(connection) else func.substr(tail, -OUTPUT))
        .where(attempts.c.task_id == tasks.c.task_id, attempts.c.epoch == tasks.c.epoch)
        .scalar_subquery()
    )
    columns = (tasks.c.task_id, tasks.c.given_up_at, tasks.c.outcome, tasks.c.message, tasks.c.board)
    query = select(*columns, tasks.c.status, tasks.c.attempt, output.label("output"))
    query = query.where(tasks.c.given_up_at.is_not(None), _chosen(wanted, tasks.c.outcome, tasks.c.board))
    if after is not None and after.kind == "task":
        query = query.where(_before(tasks.c.given_up_at, tasks.c.task_id, after))
    elif after is not None:
        query = query.where(tasks.c.given_up_at < after.moment)
    return query.order_by(tasks.c.given_up_at.desc(), tasks.c.task_id.desc()).limit(limit)


def _messages(wanted: Wanted, after: Position | None, limit: int) -> Select[Any]:
    letters = dead_letters.c
    query = select(dead_letters).where(letters.resolved_at.is_(None), _chosen(wanted, letters.cause, letters.board))
    if after is not None and after.kind == "message":
        query = query.where(_before(letters.created_at, letters.id, after))
    elif after is not None:
        query = query.where(letters.created_at <= after.moment)
    return query.order_by(letters.created_at.desc(), letters.id.desc()).limit(limit)


def _chosen(wanted: Wanted, reason: ColumnElement[Any], board: ColumnElement[Any]) -> ColumnElement[bool]:
    given = [(reason, wanted.reason), (board, wanted.board)]
    return and_(True, *(column == value for column, value in given if value is not None))


def _before(moment: ColumnElement[Any], own: ColumnElement[Any], after: Position) -> ColumnElement[bool]:
    """A comparison of rows, which both databases answer from an index."""
    return tuple_(moment, own) < tuple_(literal(after.moment, UtcDateTime()), literal(after.id))


def _of_task(row: Row[Any]) -> DeadLetter:
    return DeadLetter(
        id=row.task_id,
        kind="task",
        given_up_at=row.given_up_at,
        reason=row.outcome or row.status,
        message=row.message,
        board=row.board,
        status=row.status,
        attempts=row.attempt,
        output=row.output or "",
    )


def _of_message(row: Row[Any]) -> DeadLetter:
    return DeadLetter(
        id=f"{MESSAGE}{row.id}",
        kind="message",
        given_up_at=row.created_at,
        reason=row.cause,
        message=row.reason,
        board=row.board,
        queue=row.queue,
        body=row.body,
    )
