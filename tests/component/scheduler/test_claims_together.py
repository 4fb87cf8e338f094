"""Several tasks claimed, and several ends booked, at once: the same as one after the other."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, update
from sqlalchemy.exc import IntegrityError

from jobalerts.domain.retry import RetryRule
from jobalerts.domain.turns import SHARE, Turns
from jobalerts.sql import board_notices, endings, leases, notices, tasks
from jobalerts.sql.attempts import Ending
from jobalerts.sql.claims_together import Collision, claim_together
from jobalerts.sql.endings_together import succeed_together
from jobalerts.sql.engine import clock, read, write
from jobalerts.sql.leases import Holding, Room
from jobalerts.sql.tables import attempts, outbox
from jobalerts.sql.tables import tasks as rows
from jobalerts.sql.tasks import Task

WENT_WELL = Ending(outcome="success", message="all read", counts={"seen": 3}, output_tail="GET …", output_name="a.log")


def asked(engine: Engine, board: str, *, priority: int = 5, age_s: float = 0, lane: str = "oneoff") -> str:
    with write(engine) as connection:
        now = clock(connection) - timedelta(seconds=age_s)
        task = tasks.request(
            connection, kind="crawl", board=board, args={}, lane=lane, priority=priority, now=now
        )  # fmt: skip
    return task.task_id


def together(engine: Engine, limit: int, turns: Turns | None = None, lane: str = "oneoff") -> list[Task]:
    with write(engine) as connection:
        room = Room(turns=turns or Turns(), free_seconds=2.5)
        return claim_together(connection, lane=lane, worker="w1", room=room, limit=limit)


def holdings(claimed: Sequence[Task]) -> list[Holding]:
    return [Holding(task_id=task.task_id, epoch=task.epoch) for task in claimed]


def rows_of_all(engine: Engine, table: Any) -> list[dict[str, Any]]:
    with read(engine) as connection:
        return [dict(row._mapping) for row in connection.execute(select(table).order_by(table.c.task_id))]


def test_the_highest_priority_goes_first_and_the_longest_waiting_of_it(engine: Engine) -> None:
    low = asked(engine, "lever/low", priority=1, age_s=9)
    young, old = asked(engine, "lever/young"), asked(engine, "lever/old", age_s=5)
    asked(engine, "lever/lane", lane="recurring")

    assert [task.task_id for task in together(engine, 2)] == [old, young]
    assert [task.task_id for task in together(engine, 5)] == [low]
    assert together(engine, 5) == []


def test_each_is_claimed_as_if_alone(engine: Engine) -> None:
    for name in ("alone", "together"):
        asked(engine, f"lever/{name}", age_s=40)
        asked(engine, f"lever/{name}", age_s=40)  # two of a lock key: never at the same time
        with write(engine) as connection:
            if name == "alone":
                assert leases.claim(connection, lane="oneoff", worker="w1", room=Room(free_seconds=2.5)) is not None
        if name == "together":
            assert len(together(engine, 9)) == 1

    alone, both = [row for row in rows_of_all(engine, rows) if row["status"] == "running"]
    differing = {name for name in alone if alone[name] != both[name]}
    assert differing <= {
        "task_id", "board", "lock_key", "lease_until", "start_time", "created_at", "woken_at", "waiting_since",
    }  # fmt: skip
    first, second = rows_of_all(engine, attempts)
    assert {name for name in first if first[name] != second[name]} <= {"task_id", "started_at"}
    assert second["waited_seconds"] == 2.5


def test_an_epoch_rises_with_each_claim_of_a_lock_key(engine: Engine) -> None:
    asked(engine, "lever/acme")
    [first] = together(engine, 3)
    with write(engine) as connection:
        endings.hand_back(connection, holdings([first])[0], Ending(outcome="stopped"), after=timedelta(0))
    [second] = together(engine, 3)
    assert (second.task_id, second.epoch, second.attempt) == (first.task_id, first.epoch + 1, 1)


def test_one_in_ten_is_left_to_the_longest_waiting(engine: Engine) -> None:
    asked(engine, "lever/low", priority=0, age_s=100)
    for number in range(2 * SHARE):
        asked(engine, f"lever/{number}", priority=9)
    turns = Turns()

    assert len(together(engine, 2 * SHARE, turns)) == SHARE - 1
    assert turns.is_longest_waitings


def test_what_lost_its_workers_or_is_for_later_is_left(engine: Engine) -> None:
    alone, later = asked(engine, "lever/alone"), asked(engine, "lever/later")
    with write(engine) as connection:
        connection.execute(update(rows).where(rows.c.task_id == alone).values(lost_workers=2))
        soon = clock(connection) + timedelta(minutes=5)
        connection.execute(update(rows).where(rows.c.task_id == later).values(waiting_since=soon, next_try_at=soon))

    assert together(engine, 5) == []


def test_a_lock_key_that_runs_is_passed_over_and_the_database_refuses_a_second(engine: Engine) -> None:
    asked(engine, "lever/acme")
    [running] = together(engine, 5)
    waiting = asked(engine, "lever/acme")
    assert together(engine, 5) == []

    with pytest.raises(IntegrityError), write(engine) as connection:
        connection.execute(update(rows).where(rows.c.task_id == waiting).values(status=running.status))


def test_ends_that_went_well_are_booked_as_if_alone(engine: Engine) -> None:
    for name in ("a", "b", "c"):
        asked(engine, f"lever/{name}")
    alone, *others = holdings(together(engine, 3))
    with write(engine) as connection:
        connection.execute(outbox.delete())
        endings.finish(connection, alone, WENT_WELL, RetryRule())
        assert succeed_together(connection, [(one, WENT_WELL) for one in others]) == {one.task_id for one in others}

    differing_by_nature = {"task_id", "board", "lock_key", "created_at", "woken_at", "waiting_since", "end_time"}
    first, *rest = rows_of_all(engine, rows)
    for row in rest:
        assert {name for name in row if row[name] != first[name]} <= differing_by_nature
    tried, *others_tried = rows_of_all(engine, attempts)
    for row in others_tried:
        assert {name for name in row if row[name] != tried[name]} <= {"task_id", "ended_at", "waited_seconds"}
    with read(engine) as connection:
        news = connection.execute(select(outbox.c.queue, outbox.c.body)).all()
    assert sorted(row.body["board"] for row in news) == ["lever/a", "lever/b", "lever/c"]


def test_the_end_of_a_try_that_is_not_held_any_more_changes_nothing(engine: Engine) -> None:
    asked(engine, "lever/a")
    asked(engine, "lever/b")
    kept, lost = holdings(together(engine, 2))
    with write(engine) as connection:
        endings.hand_back(connection, lost, Ending(outcome="stopped"), after=timedelta(0))
    before = rows_of_all(engine, rows)

    with write(engine) as connection:
        ended = succeed_together(connection, [(lost, WENT_WELL), (kept, WENT_WELL)])

    assert ended == {kept.task_id}
    after = rows_of_all(engine, rows)
    assert [row for row in after if row["task_id"] == lost.task_id] == [
        row for row in before if row["task_id"] == lost.task_id
    ]


def test_who_waited_for_a_lock_key_is_woken(engine: Engine) -> None:
    asked(engine, "lever/a")
    claimed = holdings(together(engine, 2))
    waiting = asked(engine, "lever/a", age_s=9)
    asked(engine, "lever/a")
    with write(engine) as connection:
        connection.execute(outbox.delete())
        succeed_together(connection, [(claimed[0], Ending(outcome="success"))])

    with read(engine) as connection:
        assert [row.body["task_id"] for row in connection.execute(select(outbox))] == [waiting]


def test_of_each_lock_key_one_is_woken(engine: Engine) -> None:
    for board in ("lever/a", "lever/b", "lever/c"):
        asked(engine, board)
    claimed = holdings(together(engine, 3))
    waiting = {asked(engine, board) for board in ("lever/a", "lever/c")}
    with write(engine) as connection:
        connection.execute(outbox.delete())
        succeed_together(connection, [(holding, Ending(outcome="success")) for holding in claimed])

    with read(engine) as connection:
        assert {row.body["task_id"] for row in connection.execute(select(outbox))} == waiting


def test_a_board_that_is_read_and_believed_again_has_no_notice_any_more(engine: Engine) -> None:
    """But for one that was read in part."""
    with write(engine) as connection:
        for board in ("lever/a", "lever/b", "lever/part"):
            board_notices.book(connection, board, outcome="suspicious", message="0 of 40 postings have pay")
            part = {"job_type": "frontend"} if board == "lever/part" else {}
            tasks.request(connection, kind="crawl", board=board, args=part, now=clock(connection))
    claimed = holdings(together(engine, 3))
    with write(engine) as connection:
        succeed_together(connection, [(holding, WENT_WELL) for holding in claimed])
        open_ones = [notice.key for notice in notices.open_notices(connection)]

    assert open_ones == [board_notices.key_of("lever/part")]


def test_a_lock_key_that_another_worker_has_just_taken_undoes_the_whole(engine: Engine) -> None:
    """The database refuses it, and nothing of the claim stays."""
    asked(engine, "lever/a")
    twin = asked(engine, "lever/b")
    with write(engine) as connection:
        meanwhile = update(rows).where(rows.c.task_id == twin).values(status="running", lock_key="crawl:lever/a")

        def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if statement.startswith("INSERT INTO fences"):
                connection.execute(meanwhile)

        event.listen(connection, "before_cursor_execute", hear)
        with pytest.raises(Collision):
            claim_together(connection, lane="oneoff", worker="w1", room=Room(is_idle=False), limit=1)
        event.remove(connection, "before_cursor_execute", hear)
        connection.rollback()
    assert [row["status"] for row in rows_of_all(engine, rows)] == ["created", "created"]
