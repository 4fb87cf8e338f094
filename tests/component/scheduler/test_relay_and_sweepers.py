"""The outbox reaches the broker, and what got stuck is found."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update

from jobalerts.broker import Broker, Message
from jobalerts.broker.embedded import EmbeddedBroker
from jobalerts.domain.retry import RetryRule
from jobalerts.errors import PermanentError, TemporaryError
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import endings, leases, outbox, tasks
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock, read, write
from jobalerts.sql.leases import Holding
from jobalerts.sql.tables import dead_letters
from jobalerts.sql.tables import outbox as outbox_rows
from jobalerts.sql.tables import tasks as task_rows
from jobalerts.sql.tasks import Task
from scheduler.relay import publish_waiting
from scheduler.sweepers import sweep_dead_messages, sweep_postings, sweep_tasks

RULE = RetryRule()


class BrokerThatIsAway(EmbeddedBroker):
    def publish(self, messages_: object) -> None:
        raise TemporaryError("away")


def asked_for(engine: Engine, *, age: timedelta = timedelta(0)) -> Task:
    with write(engine) as connection:
        now = clock(connection) - age
        return tasks.request(connection, kind="crawl", board="lever/acme", args={}, now=now)


def queues(engine: Engine) -> list[str]:
    with read(engine) as connection:
        return list(connection.execute(select(outbox_rows.c.queue).order_by(outbox_rows.c.id)).scalars())


def emptied(engine: Engine) -> None:
    with write(engine) as connection:
        connection.execute(outbox_rows.delete())


def running(engine: Engine) -> Holding:
    asked_for(engine)
    with write(engine) as connection:
        task = leases.claim(connection, lane="oneoff", worker="w1")
    assert task is not None
    return Holding(task_id=task.task_id, epoch=task.epoch)


def changed(engine: Engine, **values: object) -> None:
    with write(engine) as connection:
        connection.execute(update(task_rows).values(**values))


def test_the_relay_publishes_what_waits_and_forgets_it(engine: Engine, broker: Broker) -> None:
    task = asked_for(engine)
    seen: list[Message] = []
    stop = threading.Event()

    assert publish_waiting(engine, broker) == 1
    assert publish_waiting(engine, broker) == 0

    def handle(message: Message) -> None:
        seen.append(message)
        stop.set()

    broker.consume(["tasks.oneoff"], handle, stop=stop)
    assert [message.body["task_id"] for message in seen] == [task.task_id]


def test_what_cannot_be_published_stays_in_the_outbox(engine: Engine) -> None:
    asked_for(engine)

    with pytest.raises(TemporaryError):
        publish_waiting(engine, BrokerThatIsAway(engine))

    with read(engine) as connection:
        assert outbox.waiting(connection) == 1


def test_what_could_not_be_published_may_be_taken_again_at_once(engine: Engine) -> None:
    asked_for(engine)
    with pytest.raises(TemporaryError):
        publish_waiting(engine, BrokerThatIsAway(engine))

    assert publish_waiting(engine, EmbeddedBroker(engine)) == 1


def test_what_a_relay_had_taken_when_it_died_is_published_by_another(engine: Engine) -> None:
    asked_for(engine)
    with write(engine) as connection:
        assert len(outbox.claim(connection, 10)) == 1
    broker = EmbeddedBroker(engine)
    assert publish_waiting(engine, broker) == 0  # it may be publishing still

    with write(engine) as connection:
        connection.execute(update(outbox_rows).values(claimed_until=clock(connection) - timedelta(seconds=1)))
    assert publish_waiting(engine, broker) == 1
    assert broker.depth("tasks.oneoff") == 1


def test_a_lost_workers_task_is_due_again_and_somebody_is_woken(engine: Engine) -> None:
    running(engine)
    emptied(engine)
    changed(engine, lease_until=datetime.now(UTC) - timedelta(seconds=1))

    sweep_tasks(engine, RULE)

    with read(engine) as connection:
        row = connection.execute(task_rows.select()).one()
    assert (row.status, row.lane, row.lost_workers, row.attempt) == ("retrying", "retry", 1, 1)
    assert queues(engine) == ["tasks.retry"]


def test_a_retry_is_woken_when_it_is_due_and_not_before(engine: Engine) -> None:
    holding = running(engine)
    with write(engine) as connection:
        endings.finish(connection, holding, Ending(outcome="blocked"), RULE)
    emptied(engine)
    sweep_tasks(engine, RULE)
    assert queues(engine) == []

    changed(engine, next_try_at=datetime.now(UTC), waiting_since=datetime.now(UTC))
    sweep_tasks(engine, RULE)
    sweep_tasks(engine, RULE)

    assert queues(engine) == ["tasks.retry"]


def test_a_task_whose_wake_up_was_lost_is_woken_after_60_s(engine: Engine) -> None:
    asked_for(engine, age=timedelta(seconds=50))
    emptied(engine)
    sweep_tasks(engine, RULE)
    assert queues(engine) == []

    changed(engine, woken_at=datetime.now(UTC) - timedelta(seconds=61))
    sweep_tasks(engine, RULE)

    assert queues(engine) == ["tasks.oneoff"]


def test_a_task_whose_board_is_being_crawled_is_not_woken_in_vain(engine: Engine) -> None:
    running(engine)
    asked_for(engine, age=timedelta(seconds=90))
    emptied(engine)

    sweep_tasks(engine, RULE)

    assert queues(engine) == []


def test_a_message_that_was_given_up_is_kept_for_people(engine: Engine) -> None:
    broker = EmbeddedBroker(engine)
    broker.publish([Message(queue="tasks.oneoff", body={"v": 1, "task_id": "x"})])
    stop = threading.Event()

    def refuse(_message: Message) -> None:
        stop.set()
        raise PermanentError("nobody wants this")

    broker.consume(["tasks.oneoff"], refuse, stop=stop)
    sweep_dead_messages(engine, broker)

    with read(engine) as connection:
        row = connection.execute(dead_letters.select()).one()
    assert (row.queue, row.reason) == ("tasks.oneoff", "nobody wants this")
    assert '"task_id"' in row.body


def test_no_matcher_is_woken_when_nothing_waits(engine: Engine, mongo: PostingStore) -> None:
    sweep_postings(engine, mongo, datetime.now(UTC))

    assert queues(engine) == []
