"""A dead letter of RabbitMQ stands in the list once, also when its keeper dies before it has acknowledged it."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pika
import pytest
import uuid_utils
from sqlalchemy import Engine

from jobalerts.broker import POSTINGS_NEW, Message
from jobalerts.broker.rabbitmq import RabbitBroker
from jobalerts.broker.rabbitmq.topology import DELIVERY_LIMIT, Topology
from jobalerts.errors import PermanentError
from jobalerts.sql import dead_letter_ends, dead_letters
from jobalerts.sql.engine import clock, read, write
from scheduler.sweepers import sweep_dead_messages

PREFIX = f"t{uuid_utils.uuid7().hex}."
NAMES = Topology(PREFIX)
KEEPER = Path(__file__).with_name("dying_keeper.py")
RETURNED_WITHIN_S = 30


@pytest.fixture
def broker(rabbitmq_url: str) -> Iterator[RabbitBroker]:
    broker = RabbitBroker(rabbitmq_url, prefix=PREFIX)
    yield broker
    broker.close()
    with pika.BlockingConnection(pika.URLParameters(rabbitmq_url)) as connection:
        for name in NAMES.names():
            connection.channel().queue_delete(name)


@pytest.fixture
def give_up(broker: RabbitBroker, rabbitmq_url: str) -> Callable[[], None]:
    """Publish a message and return it until RabbitMQ has had enough, as of workers that die of it."""

    def give_up() -> None:
        broker.publish([Message(queue=POSTINGS_NEW, body={"v": 1, "board": "lever/acme"})])
        with pika.BlockingConnection(pika.URLParameters(rabbitmq_url)) as connection:
            channel = connection.channel()
            for _, (method, _properties, _body) in zip(
                range(DELIVERY_LIMIT + 1), channel.consume(NAMES.name(POSTINGS_NEW)), strict=False
            ):
                channel.basic_reject(method.delivery_tag, requeue=True)

    return give_up


def listed(engine: Engine) -> list[str]:
    with read(engine) as connection:
        return [letter.id for letter in dead_letters.page(connection).letters]


def swept(engine: Engine, broker: RabbitBroker, *, count: int) -> list[str]:
    """What is listed once the queue of dead letters is empty, and `count` letters of it were taken."""
    end = time.monotonic() + RETURNED_WITHIN_S
    taken = 0
    while taken < count:
        assert time.monotonic() < end, f"{taken} of {count} dead letters came back"
        waiting = broker.depth("dead")
        sweep_dead_messages(engine, broker)
        taken += waiting
        time.sleep(0.05)
    assert broker.depth("dead") == 0
    return listed(engine)


def test_the_database_knows_a_letter_whose_keeper_was_killed_before_the_acknowledgement(
    engine: Engine, broker: RabbitBroker, give_up: Callable[[], None], rabbitmq_url: str
) -> None:
    give_up()
    database_url = engine.url.render_as_string(hide_password=False)
    killed = subprocess.run([sys.executable, str(KEEPER), rabbitmq_url, PREFIX, database_url], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    kept = listed(engine)
    assert len(kept) == 1

    assert swept(engine, broker, count=1) == kept


def test_the_database_knows_a_refused_one_too(sqlite_engine: Engine, broker: RabbitBroker, rabbitmq_url: str) -> None:
    stop = threading.Event()

    def refuse(_message: Message) -> None:
        stop.set()
        raise PermanentError("nobody knows that board")

    broker.publish([Message(queue=POSTINGS_NEW, body={"v": 1, "board": "lever/acme"})])
    broker.consume([POSTINGS_NEW], refuse, stop=stop)
    database_url = sqlite_engine.url.render_as_string(hide_password=False)
    killed = subprocess.run([sys.executable, str(KEEPER), rabbitmq_url, PREFIX, database_url], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    kept = listed(sqlite_engine)
    assert len(kept) == 1
    assert swept(sqlite_engine, broker, count=1) == kept


def test_letters_that_say_the_same_are_two_and_one_that_dies_again_is_listed_again(
    engine: Engine, broker: RabbitBroker, give_up: Callable[[], None]
) -> None:
    give_up()
    give_up()
    first = swept(engine, broker, count=2)
    assert len(first) == 2

    with write(engine) as connection:
        dead_letter_ends.requeue(connection, first, clock(connection))
    assert listed(engine) == []
    give_up()  # as the relay would publish it
    assert len(swept(engine, broker, count=1)) == 1
