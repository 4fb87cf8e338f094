"""A claim and an end cost the same whatever waits, also when the database's statistics are of an empty table."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text

from jobalerts.sql import leases, tasks, waking
from jobalerts.sql.attempts import Ending
from jobalerts.sql.claims_together import claim_together
from jobalerts.sql.endings_together import succeed_together
from jobalerts.sql.engine import clock, is_postgresql, steady_clock, write
from jobalerts.sql.leases import Holding, Room
from jobalerts.sql.tables import tasks as rows
from jobalerts.sql.task_times import oldest_waiting

WAITING = 2000
IN_VAIN = ("Seq Scan", "Bitmap", "Hash", "Merge Join", "Removed by Filter",
           "SCAN tasks", "SCAN line", "SCAN other", "SCAN attempts", "SCAN fences", "AUTOMATIC")  # fmt: skip


@pytest.fixture
def flooded(engine: Engine) -> Engine:
    """An emptied table's statistics; since then tasks of two priorities wait, as many for later, and some have run."""
    with write(engine) as connection:
        crowd = [
            tasks.new_row(kind="crawl", board=f"lever/{n}", args={}, lane="oneoff", priority=5, now=clock(connection))
            for n in range(WAITING)
        ]
        connection.execute(rows.insert(), crowd)
        connection.execute(rows.delete())
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if is_postgresql(connection) else "ANALYZE"))
    with write(engine) as connection:
        now = clock(connection)
        for moment, priority in ((now, 5), (now - timedelta(hours=1), 3), (now + timedelta(days=1), 9)):
            crowd = [
                tasks.new_row(
                    kind="crawl",
                    board=f"lever/{priority}-{number}",
                    args={},
                    lane="oneoff",
                    priority=priority,
                    now=moment,
                )
                for number in range(WAITING)
            ]
            connection.execute(rows.insert(), crowd)
    for _ in range(10):
        with write(engine) as connection:
            claimed = claim_together(connection, lane="oneoff", worker="w", room=Room(is_idle=False), limit=20)
            succeed_together(connection, [(held(task), Ending(outcome="success")) for task in claimed])
    return engine


def held(task: tasks.Task) -> Holding:
    return Holding(task_id=task.task_id, epoch=task.epoch)


class Heard:
    """What a connection is told to do, and how the database goes about it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._statements: list[tuple[str, Any]] = []
        event.listen(connection, "before_cursor_execute", self._hear)

    def _hear(self, _connection: object, _cursor: object, statement: str, given: Any, *_rest: object) -> None:
        self._statements.append((statement, given))

    def costly(self) -> list[str]:
        """Lines of plans by which rows would be read in vain; the statements are forgotten."""
        event.remove(self._connection, "before_cursor_execute", self._hear)
        steady_clock(self._connection)
        found = []
        for statement, given in self._statements:
            if statement.startswith(("SELECT", "UPDATE", "INSERT")) and "set_config" not in statement:
                plan = self._plan(statement, given)
                found += [line for line in plan if any(word in line for word in IN_VAIN) and "on notices" not in line]
                found += [line for line, below in pairwise(plan) if "Index Scan" in line and "Index Cond" not in below]
        assert self._statements
        return found

    def _plan(self, statement: str, given: Any) -> list[str]:
        reads_only = statement.startswith("SELECT")
        words = "EXPLAIN (ANALYZE)" if reads_only else "EXPLAIN"
        explain = words if is_postgresql(self._connection) else "EXPLAIN QUERY PLAN"
        return [str(row[-1]) for row in self._connection.exec_driver_sql(f"{explain} {statement}", given)]


def test_claims_and_ends_of_many_look_rows_up_by_an_index(flooded: Engine) -> None:
    with write(flooded) as connection:
        heard = Heard(connection)
        claimed = claim_together(connection, lane="oneoff", worker="w", room=Room(is_idle=False), limit=20)
        assert len(claimed) > 1
        succeed_together(connection, [(held(task), Ending(outcome="success")) for task in claimed])
        assert heard.costly() == []


@pytest.mark.parametrize("passed_over", [0, 9], ids=["by priority", "the longest waiting"])
def test_a_single_claim_looks_rows_up_by_an_index(flooded: Engine, passed_over: int) -> None:
    room = Room()
    room.turns.passed_over = passed_over
    with write(flooded) as connection:
        heard = Heard(connection)
        assert leases.claim(connection, lane="oneoff", worker="w", room=room) is not None
        assert heard.costly() == []


def test_what_looks_after_the_waiting_reads_a_few_rows_of_an_index(flooded: Engine) -> None:
    with write(flooded) as connection:
        heard = Heard(connection)
        assert waking.waiting_lanes(connection) == ["oneoff"]
        assert oldest_waiting(connection, clock(connection)) is not None
        assert heard.costly() == []
