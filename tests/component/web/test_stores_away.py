"""What people see while a store is away: a page that says so, and no 500."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from jobalerts.config import Settings
from jobalerts.mongo.store import PostingStore, open_store
from jobalerts.sql.users import User
from tests.component.web.people import Browser
from webapp.app import create_app


@pytest.fixture
def database_away(adas: Browser, sqlite_engine: Engine, tmp_path: Path) -> Browser:
    """Ada's browser, signed in, once the database has gone."""
    sqlite_engine.dispose()
    (tmp_path / "test.db").unlink()
    (tmp_path / "test.db").mkdir()
    return adas


@pytest.mark.parametrize("path", ["/", "/stats", "/register", "/alerts", "/tasks", "/admin", "/confirm/abc"])
def test_page_says_that_a_part_is_away_while_the_database_is(database_away: Browser, path: str) -> None:
    answer = database_away.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "A part of jobalerts is away" in answer.text


def test_posting_can_be_read_while_the_database_is_away(database_away: Browser) -> None:
    assert database_away.get("/postings/lever/x/1").status_code == 404
    assert database_away.get("/postings").status_code == 200


def test_nobody_signs_in_by_guessing_while_tries_cannot_be_counted(
    settings: Settings, sqlite_engine: Engine, ada: User
) -> None:
    url = "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=50&directConnection=true"
    away = settings.model_copy(update={"mongodb_url": type(settings.mongodb_url)(url)})
    store = open_store(url, "jobalerts")
    try:
        answer = Browser(create_app(away, sqlite_engine, store, lambda: None)).sign_in(ada.email)
        assert answer.status_code == 503
    finally:
        store.close()


def test_broker_away_is_nothing_to_a_page(
    app: Flask, settings: Settings, sqlite_engine: Engine, mongo: PostingStore
) -> None:
    def away() -> None:
        raise AssertionError("a page asked for the broker")

    assert Browser(create_app(settings, sqlite_engine, mongo, away)).get("/stats").status_code == 200
