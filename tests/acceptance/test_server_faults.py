"""Real servers killed, restarted and alarmed in mid-crawl: nothing is lost or doubled, and all drains by itself."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pika
import psycopg
import pytest

from jobalerts.broker import QUEUES
from jobalerts.broker.rabbitmq.topology import Topology
from tests import killable, servers
from tests.acceptance.plant import LONG_S, PROGRAMS, Plant, Servers, plant_on
from tests.killable import MongoServer
from tests.servers import PostgresServer, RabbitServer

pytestmark = pytest.mark.timeout(300 + 12 * LONG_S)
DOWN_S = max(3.0, LONG_S)
UP_S = 2.0  # between a kill and a restart
CLOSE_CHANNELS = '[exit(P, {amqp_error, precondition_failed, "closed by a test", none}) || P <- rabbit_channel:list()].'


@dataclass(frozen=True, kw_only=True)
class Own:
    """Servers that these tests may end, and the plant on them."""

    sql: PostgresServer
    mongodb: MongoServer
    broker: RabbitServer
    plant: Plant


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Own]:
    with ExitStack() as stack:
        sql = stack.enter_context(servers.killable_postgresql())
        mongodb = stack.enter_context(killable.mongodb())
        broker = stack.enter_context(servers.rabbitmq())
        with psycopg.connect(sql.url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE plant")
        urls = Servers(sql=f"{sql.url.rpartition('/')[0]}/plant", mongodb=mongodb.url, broker=broker.url)
        plant = stack.enter_context(plant_on(urls, tmp_path_factory.mktemp("faults")))
        yield Own(sql=sql, mongodb=mongodb, broker=broker, plant=plant)


def suffer(own: Own, begin: Callable[[], None], end: Callable[[], None], pages: tuple[int, ...]) -> None:
    """A crawl is under way when it begins, and pages answer with these statuses until it ends."""
    plant = own.plant
    plant.all_is_told()
    plant.publish()
    plant.board.slow_for_s = 2
    plant.crawl()
    begin()
    until = time.monotonic() + DOWN_S
    try:
        answers = {path: plant.answer(path) for path in ("/", "/stats", "/register", "/api/v1/task_stats")}
        assert plant.answer("/healthz")[0] == 200
        time.sleep(max(0.0, until - time.monotonic()))
    finally:
        end()
        plant.board.slow_for_s = 0
    for path, (status, page) in answers.items():
        assert status in pages, (path, status)
        assert "Traceback" not in page, path
    plant.all_is_told()
    plant.wait(lambda: plant.answer("/readyz")[0] == 200, 60, "ready again")
    plant.wait(lambda: plant.count("SELECT count(*) FROM outbox") == 0, 60, "messages published")
    assert all("Traceback" not in plant.programs.log(name) for name in PROGRAMS)


@pytest.mark.parametrize("part", ["sql", "mongodb", "broker"])
def test_a_server_that_is_killed_and_then_restarted_in_mid_crawl_costs_nothing(own: Own, part: str) -> None:
    server = getattr(own, part)

    def start_twice() -> None:
        server.start()
        time.sleep(UP_S)
        server.stop()
        server.start()

    suffer(own, server.kill, start_twice, (200,) if part == "broker" else (200, 503))


@pytest.mark.parametrize(
    ("alarm", "over"),
    [
        (("set_disk_free_limit", "100000GB"), ("set_disk_free_limit", "50MB")),
        (("set_vm_memory_high_watermark", "absolute", "1MB"), ("set_vm_memory_high_watermark", "0.6")),
    ],
    ids=["disk", "memory"],
)
def test_an_alarm_of_rabbitmq_blocks_messages_and_nothing_else(
    own: Own, alarm: tuple[str, ...], over: tuple[str, ...]
) -> None:
    suffer(own, lambda: own.broker.control(*alarm), lambda: own.broker.control(*over), (200,))


def test_channels_that_rabbitmq_closes_are_opened_again(own: Own) -> None:
    suffer(own, lambda: own.broker.control("eval", CLOSE_CHANNELS), lambda: None, (200,))


def test_queues_that_are_deleted_are_made_again_and_what_was_in_them_is_found(own: Own) -> None:
    def delete_all() -> None:
        with pika.BlockingConnection(pika.URLParameters(own.broker.url)) as connection:
            for name in Topology("").names():
                connection.channel().queue_delete(name)

    suffer(own, delete_all, lambda: None, (200,))
    with pika.BlockingConnection(pika.URLParameters(own.broker.url)) as connection:
        for queue in QUEUES:
            connection.channel().queue_declare(Topology("").name(queue), passive=True)
