"""Fixtures that all tests share: real databases, a real broker, a real MongoDB, each fresh for every test.

TEST_DATABASE_URL (a superuser's), TEST_BROKER_URL and TEST_MONGODB_URL point at servers that run already.
"""

import contextlib
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pika
import psycopg
import pytest
import uuid_utils
from psycopg import sql
from pymongo import MongoClient
from sqlalchemy import Engine

from jobalerts.broker import Broker
from jobalerts.broker.embedded import EmbeddedBroker
from jobalerts.broker.rabbitmq import RabbitBroker
from jobalerts.broker.rabbitmq.topology import Topology
from jobalerts.config import Settings
from jobalerts.mongo.store import PostingStore, open_store
from jobalerts.sql import schema
from jobalerts.sql.engine import open_engine
from tests import killable, servers

TEMPLATE = f"jobalerts_template_{os.getpid()}"  # of its own for each process that runs tests


def pytest_configure() -> None:
    """SIGTERM ends the tests as Ctrl-C does, so that the servers are ended too."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def _name() -> str:
    return f"t{uuid_utils.uuid7().hex}"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The defaults, whatever the environment says, with a home folder of this test's own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)  # no .env here
    return Settings(jobalerts_home=tmp_path / "var")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the whole schema and no rows."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = open_engine(f"sqlite:///{path}")
    schema.migrate(engine)
    engine.dispose()
    return path


@pytest.fixture
def sqlite_engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    shutil.copyfile(sqlite_template, tmp_path / "test.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'test.db'}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a superuser of a PostgreSQL, whose database TEMPLATE has the whole schema and no rows."""
    given = os.environ.get("TEST_DATABASE_URL")
    with contextlib.nullcontext(given) if given else servers.postgresql() as url:
        _drop_database(url, TEMPLATE)
        _create_database(url, TEMPLATE, "template1")
        engine = open_engine(_sqlalchemy_url(url, TEMPLATE))
        schema.migrate(engine)
        engine.dispose()
        yield url
        _drop_database(url, TEMPLATE)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A migrated, empty database of this test's own, as DATABASE_URL takes it."""
    name = _name()
    _create_database(postgres_server, name, TEMPLATE)
    yield _sqlalchemy_url(postgres_server, name).replace("+psycopg", "")
    _drop_database(postgres_server, name)


@pytest.fixture
def postgres_engine(postgres_url: str) -> Iterator[Engine]:
    engine = open_engine(postgres_url.replace("postgresql://", "postgresql+psycopg://"))
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Both databases: a test that takes this runs twice."""
    found: Engine = request.getfixturevalue({"sqlite": "sqlite_engine", "postgresql": "postgres_engine"}[request.param])
    return found


@pytest.fixture(scope="session")
def rabbitmq_url() -> Iterator[str]:
    """BROKER_URL of a RabbitMQ that all tests share: use a queue prefix of your own."""
    given = os.environ.get("TEST_BROKER_URL")
    if given:
        yield given
        return
    with servers.rabbitmq() as server:
        yield server.url


@pytest.fixture
def rabbitmq_broker(rabbitmq_url: str) -> Iterator[RabbitBroker]:
    prefix = f"{_name()}."
    broker = RabbitBroker(rabbitmq_url, prefix=prefix)
    yield broker
    broker.close()
    with pika.BlockingConnection(pika.URLParameters(rabbitmq_url)) as connection:
        for name in Topology(prefix).names():
            connection.channel().queue_delete(name)


@pytest.fixture
def embedded_broker(sqlite_engine: Engine) -> EmbeddedBroker:
    return EmbeddedBroker(sqlite_engine)


@pytest.fixture(params=["embedded", "rabbitmq"])
def broker(request: pytest.FixtureRequest) -> Broker:
    """Both brokers: a test that takes this runs twice."""
    found: Broker = request.getfixturevalue(f"{request.param}_broker")
    return found


@pytest.fixture(scope="session")
def mongodb_url() -> Iterator[str]:
    """MONGODB_URL of a mongod that all tests share: use a database of your own."""
    given = os.environ.get("TEST_MONGODB_URL")
    if given:
        yield given
        return
    with killable.mongodb() as server:
        yield server.url


@pytest.fixture
def mongodb_database(mongodb_url: str) -> Iterator[str]:
    """The name of an empty database, dropped after the test."""
    name = _name()
    yield name
    with MongoClient(mongodb_url) as client:
        client.drop_database(name)


@pytest.fixture
def mongo(mongodb_url: str, mongodb_database: str) -> Iterator[PostingStore]:
    """The store of postings on an empty database."""
    store = open_store(mongodb_url, mongodb_database)
    store.prepare()
    yield store
    store.close()


def _sqlalchemy_url(url: str, database: str) -> str:
    return f"{url.rsplit('/', 1)[0]}/{database}".replace("postgresql://", "postgresql+psycopg://")


def _create_database(url: str, name: str, template: str) -> None:
    _run(url, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


def _drop_database(url: str, name: str) -> None:
    _run(url, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _run(url: str, statement: sql.Composed) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
