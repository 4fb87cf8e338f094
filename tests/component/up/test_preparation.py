"""What is made ready before the programs start, and the admin's way in."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine

from jobalerts import administration
from jobalerts.config import Settings
from jobalerts.embedded import records
from jobalerts.embedded.addresses import resolved
from jobalerts.embedded.demo import DEMO_EMAIL
from jobalerts.errors import ConfigError
from jobalerts.preparation import prepare
from jobalerts.sql import alerts, boards, companies, tokens, users
from jobalerts.sql.engine import read, write

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def ready(settings: Settings, mongodb_url: str, mongodb_database: str) -> Settings:
    """Settings that name a MongoDB and a demo server."""
    values = {
        "mongodb_url": SecretStr(mongodb_url),
        "mongodb_database": mongodb_database,
        "demo_url": "http://demo.test",
    }
    return settings.model_copy(update=values)


def test_doing_it_twice_is_doing_it_once(ready: Settings, engine: Engine) -> None:
    prepare(ready, engine)
    with read(engine) as connection:
        before = boards.all_boards(connection)
    prepare(ready, engine)
    with read(engine) as connection:
        assert boards.all_boards(connection) == before
        user = users.by_email(connection, DEMO_EMAIL)
        assert user is not None
        assert user.is_demo
        assert len(alerts.of(connection, user.id)) == 1


def test_the_demo_boards_are_crawled_and_the_listed_ones_wait_for_a_follower(ready: Settings, engine: Engine) -> None:
    prepare(ready, engine)
    with read(engine) as connection:
        found = boards.all_boards(connection)
        assert len(companies.all_names(connection, demo=False)) >= 20
    assert {board.active for board in found if board.is_demo} == {True}
    assert {board.base_url for board in found if board.is_demo} == {"http://demo.test"}
    assert {board.active for board in found if not board.is_demo} == {False}


def test_boards_of_a_demo_that_is_switched_off_rest_until_it_is_on_again(ready: Settings, engine: Engine) -> None:
    def active() -> set[bool]:
        with read(engine) as connection:
            return {board.active for board in boards.all_boards(connection) if board.is_demo}

    prepare(ready, engine)
    prepare(ready.model_copy(update={"demo": False}), engine)
    assert active() == {False}
    prepare(ready, engine)
    assert active() == {True}


def test_the_admin_s_link_works_once_for_a_day(settings: Settings, engine: Engine) -> None:
    with write(engine) as connection:
        link = administration.sign_in_link(connection, settings, now=NOW)
        token = link.removeprefix(f"{settings.site}/sign-in/")
        admin = users.by_email(connection, settings.admin_email)
        assert admin is not None
        assert admin.is_admin
        assert tokens.owner(connection, token, purpose="sign_in", now=NOW + timedelta(hours=25)) is None
        assert tokens.use(connection, token, purpose="sign_in", now=NOW + timedelta(hours=23)) == admin.id
        assert tokens.use(connection, token, purpose="sign_in", now=NOW + timedelta(hours=23)) is None


def test_an_address_of_somebody_else_does_not_become_the_admin_s(settings: Settings, engine: Engine) -> None:
    with write(engine) as connection:
        users.add(connection, username="Ana", email=settings.admin_email, now=NOW)
        with pytest.raises(ConfigError, match="ADMIN_EMAIL"):
            administration.sign_in_link(connection, settings, now=NOW)


def test_a_program_alone_names_what_is_neither_configured_nor_running(settings: Settings) -> None:
    with pytest.raises(ConfigError, match="MONGODB_URL is not set and nothing is running"):
        resolved(settings)


def test_a_record_of_a_process_that_is_gone_is_not_believed(settings: Settings) -> None:
    records.write(settings.home, records.Record(name="mongod", pid=1, started=1.0, address="mongodb://127.0.0.1:1"))
    with pytest.raises(ConfigError, match="MONGODB_URL"):
        resolved(settings)
