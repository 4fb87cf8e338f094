"""Tells a board that cannot be reached from a network that is away: then every board fails alike."""

from datetime import timedelta

from sqlalchemy import Connection, select

from jobalerts.domain.retry import NETWORK
from jobalerts.sql.engine import clock
from jobalerts.sql.tables import attempts, boards, tasks

WINDOW = timedelta(minutes=10)
LONGEST_RUN = timedelta(hours=1)  # what ran for longer is no witness
WITNESSES = 2  # other boards that failed too: one alone may itself be away
NO_WITNESS = ("lost", "stopped", "killed", "crashed", "storage", "stale", "invalid")  # say nothing of the network


def is_away(connection: Connection, *, but_for: str) -> bool:
    """Whether all other tasks of the last ten minutes failed at the network too, two boards at least.

    Boards with a base address of their own (the demo, a mirror next door) say nothing of the internet.
    """
    since = clock(connection) - WINDOW
    query = (
        select(tasks.c.board, attempts.c.outcome)
        .join(tasks, tasks.c.task_id == attempts.c.task_id)
        .join(boards, boards.c.id == tasks.c.board)
        .where(
            attempts.c.started_at > since - LONGEST_RUN,  # by its index; the end has none
            attempts.c.ended_at > since,
            attempts.c.outcome.not_in(NO_WITNESS),
            attempts.c.task_id != but_for,
            boards.c.base_url.is_(None),
        )
        .distinct()
    )
    rows = connection.execute(query).all()
    return all(row.outcome == NETWORK for row in rows) and len({row.board for row in rows}) >= WITNESSES
