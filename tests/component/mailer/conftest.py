"""A world to mail in, on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from jobalerts.mongo.store import PostingStore
from tests.component.mailer.mailbox import Mailbox, serve
from tests.component.mailer.world import World


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def smtp_port(mailbox: Mailbox) -> Iterator[int]:
    controller = serve(mailbox)
    yield controller.port
    controller.stop()


@pytest.fixture
def world(engine: Engine, mongo: PostingStore, smtp_port: int) -> World:
    return World(engine=engine, store=mongo, port=smtp_port)
