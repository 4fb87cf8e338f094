"""The web application on real stores, and callers of its API."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pymongo import MongoClient
from sqlalchemy import Engine
from uuid_utils import uuid7
from werkzeug.test import TestResponse

from jobalerts.config import Settings
from jobalerts.errors import TemporaryError
from jobalerts.mongo.store import PostingStore, open_store
from jobalerts.sql.users import User
from tests.component.api.rows import save_user
from webapp.api import access_tokens
from webapp.app import create_app
from webapp.services import EXTENSION


class BrokerPing:
    """Answers, until it is told not to."""

    def __init__(self) -> None:
        self.is_away = False

    def __call__(self) -> None:
        if self.is_away:
            raise TemporaryError("the broker does not answer")


@pytest.fixture(scope="session")
def empty_mongo(mongodb_url: str) -> Iterator[PostingStore]:
    """One store for all tests of the API, which only counts what is in it."""
    name = f"t{uuid7().hex}"
    store = open_store(mongodb_url, name)
    store.prepare()
    yield store
    store.close()
    with MongoClient(mongodb_url) as server:
        server.drop_database(name)


@pytest.fixture
def broker_ping() -> BrokerPing:
    return BrokerPing()


@pytest.fixture
def app(settings: Settings, sqlite_engine: Engine, empty_mongo: PostingStore, broker_ping: BrokerPing) -> Flask:
    return create_app(settings, sqlite_engine, empty_mongo, broker_ping)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def ada(sqlite_engine: Engine) -> User:
    """A confirmed user."""
    return save_user(sqlite_engine, "ada@example.org")


@pytest.fixture
def ada_token(app: Flask, ada: User) -> str:
    return a_token(app, ada)


@pytest.fixture
def admin_token(app: Flask, sqlite_engine: Engine) -> str:
    return a_token(app, save_user(sqlite_engine, "root@example.org", is_admin=True))


def a_token(app: Flask, user: User) -> str:
    """An access token of this account."""
    return access_tokens.issue(app.extensions[EXTENSION].key, user)


def bearer(token: str, **headers: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", **headers}


def problem(answer: TestResponse, status: int) -> dict[str, Any]:
    """The body of an answer that must be a problem of this status."""
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    body: dict[str, Any] = answer.get_json(force=True)
    assert {"type", "title", "status", "detail"} <= body.keys()
    assert body["status"] == status
    return body


def fields(answer: TestResponse) -> list[str]:
    """The fields that a 422 names."""
    return [error["field"] for error in problem(answer, 422)["errors"]]
