"""When every board fails at the network, it is the network, and no board pays for it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, update

from jobalerts.domain.retry import RetryRule
from jobalerts.sql import boards, endings, leases
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock, write
from jobalerts.sql.leases import Holding
from jobalerts.sql.tables import attempts
from jobalerts.sql.tasks import Task

RULE = RetryRule()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with write(engine) as connection:
        yield connection


def crawled(connection: Connection, name: str, outcome: str, *, base_url: str | None = None) -> Task:
    now = clock(connection)
    boards.put_company(connection, name)
    board = boards.put(connection, source="lever", token=name, company=name, base_url=base_url, every_hours=6, now=now)
    boards.crawl_now(connection, board.id, now)
    task = leases.claim(connection, lane="oneoff", worker="w1")
    assert task is not None
    ended = endings.finish(
        connection, Holding(task_id=task.task_id, epoch=task.epoch), Ending(outcome=outcome, message="refused"), RULE
    )
    assert ended is not None
    return ended


def test_a_board_that_alone_cannot_be_reached_spends_a_try(connection: Connection) -> None:
    crawled(connection, "good", "success")
    for name in ("a", "b"):
        crawled(connection, name, "network")

    task = crawled(connection, "c", "network")

    assert (task.status, task.attempt, task.is_retry) == ("retrying", 1, True)


def test_when_every_board_fails_no_try_is_spent(connection: Connection) -> None:
    for name in ("a", "b"):
        crawled(connection, name, "network")

    task = crawled(connection, "c", "network")

    assert (task.status, task.attempt, task.is_retry) == ("retrying", 0, False)
    assert task.message.startswith("no network")
    assert task.next_try_at is not None
    assert task.next_try_at - clock(connection) <= timedelta(minutes=2)


def test_one_other_failure_is_not_enough_to_blame_the_network(connection: Connection) -> None:
    crawled(connection, "a", "network")

    assert crawled(connection, "b", "network").attempt == 1


def test_a_board_next_door_that_answers_says_nothing_of_the_internet(connection: Connection) -> None:
    crawled(connection, "demo", "success", base_url="http://127.0.0.1:1")
    for name in ("a", "b"):
        crawled(connection, name, "network")

    assert crawled(connection, "c", "network").attempt == 0


def test_what_was_long_ago_is_forgotten(connection: Connection) -> None:
    crawled(connection, "good", "success")
    connection.execute(update(attempts).values(ended_at=clock(connection) - timedelta(minutes=11)))
    for name in ("a", "b"):
        crawled(connection, name, "network")

    assert crawled(connection, "c", "network").attempt == 0
