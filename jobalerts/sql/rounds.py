"""The rounds of the loops of schedulers and mailers: each process keeps its own rows up to date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, select

from jobalerts.domain.alarms import Loop
from jobalerts.sql.engine import clock, insert
from jobalerts.sql.tables import rounds

FORGOTTEN_AFTER = timedelta(hours=1)
LONGEST_ERROR = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """Whose rounds they are: `name` is host:pid, `age` how many seconds it has run."""

    name: str
    program: str
    age: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A loop, the seconds since its last good round (None: none yet), and why the latest was none."""

    work: str
    good_ago: float | None
    error: str


def save(connection: Connection, process: Process, found: Sequence[Round]) -> None:
    """Say by the database's clock how the loops of this process stand."""
    now = clock(connection)
    started_at = now - timedelta(seconds=process.age)
    rows: list[Mapping[str, Any]] = [
        {
            "process": process.name,
            "program": process.program,
            "work": one.work,
            "good_at": None if one.good_ago is None else now - timedelta(seconds=one.good_ago),
            "error": one.error[:LONGEST_ERROR],
            "started_at": started_at,
            "saved_at": now,
        }
        for one in found
    ]
    statement = insert(connection, rounds)
    renewed = {name: statement.excluded[name] for name in ("good_at", "error", "started_at", "saved_at")}
    connection.execute(statement.on_conflict_do_update(index_elements=["process", "work"], set_=renewed), rows)


def leave(connection: Connection, process: str) -> None:
    """The process stops on purpose."""
    connection.execute(delete(rounds).where(rounds.c.process == process))


def forget_old(connection: Connection) -> int:
    """Drop what processes that have been silent for an hour left behind; return how many rows."""
    return connection.execute(delete(rounds).where(rounds.c.saved_at < clock(connection) - FORGOTTEN_AFTER)).rowcount


def loops(connection: Connection) -> tuple[Loop, ...]:
    """Every loop of every process, by program and work."""
    now = clock(connection)
    rows = connection.execute(select(rounds).order_by(rounds.c.program, rounds.c.work, rounds.c.process))
    return tuple(
        Loop(
            program=row.program,
            work=row.work,
            process=row.process,
            silent=(now - (row.good_at or row.started_at)).total_seconds(),
            process_silent=(now - row.saved_at).total_seconds(),
            error=row.error,
        )
        for row in rows
    )
