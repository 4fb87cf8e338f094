"""A task that kills its worker, whichever that is: it ends in the dead letters, alone, and every neighbour is done."""

from datetime import timedelta

from sqlalchemy import Engine, select, update

from jobalerts.domain.retry import RetryRule
from jobalerts.sql import dead_letters, endings, leases, tasks
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock, read, write
from jobalerts.sql.leases import Holding, Room
from jobalerts.sql.tables import tasks as rows
from jobalerts.sql.tasks import Task

RULE = RetryRule()
SLOTS = 4
NEIGHBOURS = 11
POISON = "lever/poison"


def a_worker_lives(engine: Engine, name: str) -> list[str]:
    """It takes what it can and carries it out, unless one of its tasks kills it; returns the boards it took."""
    taken: list[Task] = []
    for lane in ("retry", "oneoff") * SLOTS:
        runs_alone = any(task.lost_workers >= 2 for task in taken)
        if len(taken) < SLOTS and not runs_alone:
            with write(engine) as connection:
                task = leases.claim(connection, lane=lane, worker=name, room=Room(is_idle=not taken))
            taken += [task] if task else []
    with write(engine) as connection:
        if any(task.board == POISON for task in taken):
            past = clock(connection) - timedelta(seconds=1)
            connection.execute(update(rows).where(rows.c.worker == name).values(lease_until=past))
            endings.expire(connection, RULE)
        else:
            for task in taken:
                holding = Holding(task_id=task.task_id, epoch=task.epoch)
                endings.finish(connection, holding, Ending(outcome="success"), RULE)
    return [str(task.board) for task in taken]


def test_a_task_that_kills_its_worker_is_given_up_alone_and_takes_no_neighbour_along(engine: Engine) -> None:
    with write(engine) as connection:
        now = clock(connection)
        for board in (POISON, *(f"lever/{number}" for number in range(NEIGHBOURS))):
            tasks.request(connection, kind="crawl", board=board, args={}, now=now)

    lives = []
    while took := a_worker_lives(engine, f"w{len(lives)}"):
        lives.append(took)

    with read(engine) as connection:
        found = {row.board: row for row in connection.execute(select(rows))}
        letters = dead_letters.page(connection).letters
    assert [(letter.board, letter.reason, letter.attempts) for letter in letters] == [(POISON, "lost", 4)]
    assert {row.status for board, row in found.items() if board != POISON} == {"success"}
    deaths = [took for took in lives if POISON in took]
    assert len(deaths) == 4
    assert deaths[2:] == [[POISON], [POISON]], "after two lost workers it runs alone"
