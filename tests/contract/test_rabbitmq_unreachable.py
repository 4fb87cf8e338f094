"""What is said when no RabbitMQ is where BROKER_URL points: one plain line, none of pika's names."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress

import pika
import pytest

from jobalerts.broker import MAIL_SEND, Message
from jobalerts.broker.rabbitmq import RabbitBroker
from jobalerts.broker.rabbitmq.connection import parameters, translated
from jobalerts.broker.rabbitmq.publisher import Link
from jobalerts.errors import TemporaryError
from tests.servers import free_port

Connect = Callable[[pika.URLParameters], object]


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Takes connections and says nothing."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


@pytest.fixture
def rude_port() -> Iterator[int]:
    """Takes connections and hangs up."""
    server = socket.create_server(("127.0.0.1", 0))

    def hang_up() -> None:
        with suppress(OSError):
            while True:
                server.accept()[0].close()

    thread = threading.Thread(target=hang_up)
    thread.start()
    yield server.getsockname()[1]
    server.shutdown(socket.SHUT_RDWR)
    thread.join()
    server.close()


def said_of(url: str) -> set[str]:
    """By those that publish, and by those that only ask."""
    broker = RabbitBroker(url)
    with pytest.raises(TemporaryError) as of_publishing:
        broker.publish([Message(queue=MAIL_SEND, body={"v": 1, "mail_id": "1"})])
    with pytest.raises(TemporaryError) as of_asking:
        broker.ping()
    broker.close()
    return {str(of_publishing.value), str(of_asking.value)}


def test_a_port_where_nothing_listens_refuses() -> None:
    assert said_of(f"amqp://guest:guest@127.0.0.1:{free_port()}/") == {
        "RabbitMQ does not answer: connection refused: start it, or correct host and port of BROKER_URL"
    }


def test_a_host_that_is_none_is_not_found() -> None:
    assert said_of("amqp://guest:guest@nowhere.invalid:5672/") == {
        "RabbitMQ does not answer: its host is not found: correct BROKER_URL, or look at the name server"
    }


def test_what_hangs_up_at_once_is_no_rabbitmq(rude_port: int) -> None:
    (said,) = said_of(f"amqp://guest:guest@127.0.0.1:{rude_port}/")
    assert said.startswith("RabbitMQ does not answer: what is there hangs up, or is no RabbitMQ")


@pytest.mark.parametrize("connect", [pika.BlockingConnection, Link])
def test_a_server_that_says_nothing_is_a_time_out(silent_port: int, connect: Connect) -> None:
    impatient = parameters(f"amqp://guest:guest@127.0.0.1:{silent_port}/")
    impatient.stack_timeout = 0.5
    with pytest.raises(TemporaryError) as raised, translated():
        connect(impatient)
    assert str(raised.value) == "RabbitMQ does not answer: time-out: nothing came from its host"
