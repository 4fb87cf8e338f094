"""The brokers behind one face, so that every test of the contract runs against each."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pika
import pytest
import uuid_utils
from sqlalchemy import Engine

from jobalerts.broker import Broker
from jobalerts.broker.embedded import EmbeddedBroker
from jobalerts.broker.rabbitmq import RabbitBroker
from jobalerts.broker.rabbitmq.topology import Topology
from jobalerts.sql.engine import clock, write
from jobalerts.sql.tables import messages

LEASE_S = 1.5  # of the embedded broker, so that a lost consumer is noticed soon


@dataclass(frozen=True, slots=True, kw_only=True)
class Seam:
    """A broker, a way to put any text into a queue, and the command of a consumer that is killed by its message."""

    broker: Broker
    put: Callable[[str, str], None]
    dying_consumer: list[str]


@pytest.fixture(params=["embedded-sqlite", "embedded-postgresql", "rabbitmq"])
def seam(request: pytest.FixtureRequest) -> Seam:
    found: Seam = request.getfixturevalue(request.param.replace("-", "_") + "_seam")
    return found


@pytest.fixture
def embedded_sqlite_seam(sqlite_engine: Engine) -> Seam:
    return _embedded(sqlite_engine)


@pytest.fixture
def embedded_postgresql_seam(postgres_engine: Engine) -> Seam:
    return _embedded(postgres_engine)


@pytest.fixture
def rabbitmq_seam(rabbitmq_url: str) -> Iterator[Seam]:
    prefix = f"t{uuid_utils.uuid7().hex}."
    broker = RabbitBroker(rabbitmq_url, prefix=prefix)
    topology = Topology(prefix)

    def put(queue: str, text: str) -> None:
        with pika.BlockingConnection(pika.URLParameters(rabbitmq_url)) as connection:
            channel = connection.channel()
            topology.declare(channel)
            channel.confirm_delivery()
            channel.basic_publish("", topology.name(queue), text.encode(), mandatory=True)

    yield Seam(broker=broker, put=put, dying_consumer=_command("rabbitmq", rabbitmq_url, prefix))
    broker.close()
    with pika.BlockingConnection(pika.URLParameters(rabbitmq_url)) as connection:
        for name in topology.names():
            connection.channel().queue_delete(name)


def _embedded(engine: Engine) -> Seam:
    def put(queue: str, text: str) -> None:
        with write(engine) as connection:
            row = {"queue": queue, "body": text, "deliveries": 0, "created_at": clock(connection)}
            connection.execute(messages.insert(), [row])

    url = engine.url.render_as_string(hide_password=False)
    return Seam(
        broker=EmbeddedBroker(engine, lease_s=LEASE_S), put=put, dying_consumer=_command("embedded", url, str(LEASE_S))
    )


def _command(*arguments: str) -> list[str]:
    return [sys.executable, str(Path(__file__).parent / "dying_consumer.py"), *arguments]
