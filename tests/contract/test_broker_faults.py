"""What only one of the brokers can suffer: RabbitMQ stopped, killed or emptied; a lease of the embedded one."""

import threading
from collections.abc import Iterator
from contextlib import suppress

import pika
import pytest
from sqlalchemy import Engine

from jobalerts.broker import ALERT_CHANGED, MAIL_SEND, POSTINGS_NEW, QUEUES, Message
from jobalerts.broker.embedded import EmbeddedBroker
from jobalerts.broker.rabbitmq import RabbitBroker
from jobalerts.broker.rabbitmq.topology import Topology
from jobalerts.errors import ConfigError, TemporaryError
from tests import servers
from tests.contract.consuming import consuming, eventually
from tests.servers import RabbitServer

SYNC_S = 1.5  # RabbitMQ 3.10 writes the names of new quorum queues down every half second only


def mail(mail_id: str) -> Message:
    return Message(queue=MAIL_SEND, body={"v": 1, "mail_id": mail_id})


@pytest.fixture(scope="module")
def own_server() -> Iterator[RabbitServer]:
    """A RabbitMQ that these tests may kill."""
    with servers.rabbitmq() as server:
        yield server


@pytest.fixture
def own_broker(own_server: RabbitServer) -> Iterator[RabbitBroker]:
    broker = RabbitBroker(own_server.url)
    yield broker
    broker.close()
    with pika.BlockingConnection(pika.URLParameters(own_server.url)) as connection:
        for name in Topology("").names():
            connection.channel().queue_delete(name)


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_messages_consumers_and_publishers_outlive_a_restart_of_rabbitmq(
    own_server: RabbitServer, own_broker: RabbitBroker, end: str
) -> None:
    own_broker.publish([Message(queue=ALERT_CHANGED, body={"v": 1, "n": number}) for number in range(300)])
    own_broker.publish([mail("before")])
    with consuming(own_broker, [POSTINGS_NEW, MAIL_SEND]) as consumer:
        assert consumer.next() == mail("before")
        threading.Event().wait(SYNC_S)
        getattr(own_server, end)()
        with pytest.raises(TemporaryError, match="RabbitMQ does not answer"):
            own_broker.publish([mail("lost? no: it raised")])
        with pytest.raises(TemporaryError, match="RabbitMQ does not answer"):
            own_broker.ping()
        own_server.start()
        eventually(lambda: _published(own_broker, mail("after")))
        assert eventually(lambda: consumer.next() == mail("after"))
    with consuming(own_broker, [ALERT_CHANGED]) as consumer:
        assert {consumer.next().body["n"] for _ in range(300)} == set(range(300))


def test_a_handler_may_work_longer_than_the_heartbeat(own_server: RabbitServer, own_broker: RabbitBroker) -> None:
    handled: list[Message] = []

    def work(message: Message) -> None:
        handled.append(message)
        threading.Event().wait(4)

    impatient = RabbitBroker(f"{own_server.url}?heartbeat=1")
    own_broker.publish([mail("1")])
    with consuming(impatient, [MAIL_SEND], work) as consumer:
        assert consumer.next() == mail("1")
    assert handled == [mail("1")], "a lost connection would have it delivered again"
    assert own_broker.depth(MAIL_SEND) == 0


def test_a_deleted_queue_is_made_anew_and_consumed_again(own_server: RabbitServer, own_broker: RabbitBroker) -> None:
    own_broker.publish([mail("1")])
    with consuming(own_broker, [MAIL_SEND]) as consumer:
        consumer.next()
        with pika.BlockingConnection(pika.URLParameters(own_server.url)) as connection:
            connection.channel().queue_delete(Topology("").name(MAIL_SEND))
        eventually(lambda: _published(own_broker, mail("2")))
        assert consumer.next() == mail("2")


def _published(broker: RabbitBroker, message: Message) -> bool:
    with suppress(TemporaryError):
        broker.publish([message])
        return True
    return False


def test_publishing_to_a_deleted_queue_raises_and_the_next_try_makes_it(
    own_server: RabbitServer, own_broker: RabbitBroker
) -> None:
    own_broker.publish([mail("1")])
    with pika.BlockingConnection(pika.URLParameters(own_server.url)) as connection:
        connection.channel().queue_delete(Topology("").name(MAIL_SEND))
    with pytest.raises(TemporaryError, match=r"no queue mail\.send\.v1"):
        own_broker.publish([mail("2")])
    own_broker.publish([mail("3")])
    assert own_broker.depth(MAIL_SEND) == 1


def test_a_queue_that_exists_with_other_arguments_is_named(own_server: RabbitServer, own_broker: RabbitBroker) -> None:
    with pika.BlockingConnection(pika.URLParameters(own_server.url)) as connection:
        connection.channel().queue_declare(Topology("").name(MAIL_SEND), durable=True)
    with pytest.raises(ConfigError, match=r"mail\.send\.v1"):
        own_broker.publish([mail("1")])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("guest:guest", "guest:wrong", "RabbitMQ refuses this user or password$"),
        ("%2F", "nowhere", "RabbitMQ refuses this user its virtual host, or has none of that name$"),
    ],
)
def test_a_wrong_password_or_virtual_host_is_a_wrong_setting(
    own_server: RabbitServer, old: str, new: str, said: str
) -> None:
    broker = RabbitBroker(own_server.url.replace(old, new))
    with pytest.raises(ConfigError, match=f"^BROKER_URL: {said}"):
        broker.publish([mail("1")])
    with pytest.raises(ConfigError, match=f"^BROKER_URL: {said}"):
        broker.consume([MAIL_SEND], lambda message: None, stop=threading.Event())


def test_every_queue_is_a_quorum_queue_that_dead_letters_at_least_once(own_broker: RabbitBroker) -> None:
    arguments = Topology("").arguments()
    assert arguments["x-queue-type"] == "quorum"
    assert arguments["x-dead-letter-strategy"] == "at-least-once"
    assert arguments["x-overflow"] == "reject-publish", "else RabbitMQ dead-letters at most once"
    assert [own_broker.depth(queue) for queue in QUEUES] == [0] * len(QUEUES)


def test_the_lease_of_a_handler_that_works_is_renewed(engine: Engine) -> None:
    broker, other = EmbeddedBroker(engine, lease_s=1.5), EmbeddedBroker(engine, lease_s=1.5)
    begun, go_on = threading.Event(), threading.Event()

    def work(_message: Message) -> None:
        begun.set()
        assert go_on.wait(30)

    broker.publish([mail("1")])
    with consuming(broker, [MAIL_SEND], work) as consumer:
        assert begun.wait(30)
        with consuming(other, [MAIL_SEND]) as rival:
            threading.Event().wait(4)
            assert not rival.rest()
        go_on.set()
        assert consumer.next() == mail("1")
