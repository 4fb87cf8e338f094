"""A schedule that goes away while its task runs, and a message of another version."""

import threading
from datetime import UTC, datetime

from sqlalchemy import Engine

from jobalerts.broker import Broker, Message
from jobalerts.domain.retry import RetryRule
from jobalerts.sql import boards, dead_letters, endings, leases, schedules, tasks
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import read, write
from jobalerts.sql.leases import Holding
from jobalerts.sql.tables import schedules as schedule_rows
from scheduler.dispatch import dispatch_due
from scheduler.sweepers import sweep_dead_messages

BOARD = "lever/acme"


def test_a_task_whose_schedule_is_deleted_runs_to_its_end_and_nothing_follows(engine: Engine) -> None:
    now = datetime.now(UTC)
    with write(engine) as connection:
        boards.put_company(connection, "Acme")
        boards.put(connection, source="lever", token="acme", company="Acme", every_hours=6, now=now)
        schedules.set_due(connection, BOARD, now)
    assert dispatch_due(engine, now) == 1
    with write(engine) as connection:
        task = leases.claim(connection, lane="recurring", worker="w")
        connection.execute(schedule_rows.delete())
    assert task is not None
    holding = Holding(task_id=task.task_id, epoch=task.epoch)

    with write(engine) as connection:
        assert leases.renew(connection, [holding]) == {task.task_id}
        ended = endings.finish(connection, holding, Ending(outcome="success", counts={"seen": 1}), RetryRule())

    assert ended is not None
    assert (ended.status, ended.schedule_id) == ("success", task.schedule_id)
    assert dispatch_due(engine, now.replace(year=now.year + 1)) == 0
    with read(engine) as connection:
        assert tasks.one(connection, task.task_id).scheduled_for == task.scheduled_for


def test_a_message_of_another_version_is_a_dead_letter_that_says_so_and_holds_up_nobody(
    sqlite_engine: Engine, broker: Broker
) -> None:
    broker.publish([Message(queue="tasks.oneoff", body={"v": body, "task_id": "x"}) for body in (2, "1", None, 1)])
    handled: list[Message] = []
    stop = threading.Event()

    def handle(message: Message) -> None:
        handled.append(message)
        stop.set()

    broker.consume(["tasks.oneoff"], handle, stop=stop)
    sweep_dead_messages(sqlite_engine, broker)

    assert [message.body["v"] for message in handled] == [1]
    with read(sqlite_engine) as connection:
        letters = dead_letters.page(connection).letters
    assert [letter.reason for letter in letters] == ["version"] * 3
    assert {letter.message for letter in letters} == {
        f"unknown version {version!r}: this program reads version 1" for version in (2, "1", None)
    }
