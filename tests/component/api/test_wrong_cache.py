"""A cache of asked-for keys that is wrong: the table of requests decides all the same, and one task is made."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update
from werkzeug.test import TestResponse

from jobalerts.recent_keys import RecentKeys
from jobalerts.sql.engine import read, write
from jobalerts.sql.tables import task_requests as request_rows
from jobalerts.sql.tables import tasks as task_rows
from jobalerts.sql.task_requests import SAME_WITHIN
from tests.component.api.conftest import bearer
from tests.component.api.rows import BOARD, save_board
from webapp.api.task_requests import EXTENSION


@pytest.fixture(autouse=True)
def board(sqlite_engine: Engine) -> str:
    return save_board(sqlite_engine)


@pytest.fixture
def cache(app: Flask) -> RecentKeys:
    found: RecentKeys = app.extensions[EXTENSION]
    return found


def ask(client: FlaskClient, token: str, object_id: str) -> TestResponse:
    body = {"kind": "crawl", "board": BOARD, "object_id": object_id}
    return client.post("/api/v1/tasks", json=body, headers=bearer(token))


def made(engine: Engine) -> set[str]:
    with read(engine) as connection:
        return set(connection.execute(select(task_rows.c.task_id)).scalars())


def age(engine: Engine, by: timedelta) -> None:
    with write(engine) as connection:
        connection.execute(update(request_rows).values(asked_at=datetime.now(UTC) - by))


def test_seen_though_nobody_asked_for_it_is_made(
    client: FlaskClient, cache: RecentKeys, sqlite_engine: Engine, admin_token: str
) -> None:
    cache.add("a", "a task that never was", datetime.now(UTC))
    assert ask(client, admin_token, "a").status_code == 201
    assert len(made(sqlite_engine)) == 1


def test_seen_as_another_key_s_task_is_made(
    client: FlaskClient, cache: RecentKeys, sqlite_engine: Engine, admin_token: str
) -> None:
    other = ask(client, admin_token, "b").get_json()["task_id"]
    cache.add("a", other, datetime.now(UTC))
    answer = ask(client, admin_token, "a")
    assert answer.status_code == 201
    assert made(sqlite_engine) == {other, answer.get_json()["task_id"]}


def test_seen_though_five_minutes_have_passed_is_made_anew(
    client: FlaskClient, sqlite_engine: Engine, admin_token: str
) -> None:
    first = ask(client, admin_token, "a").get_json()["task_id"]
    age(sqlite_engine, SAME_WITHIN)
    answer = ask(client, admin_token, "a")
    assert answer.status_code == 201
    assert made(sqlite_engine) == {first, answer.get_json()["task_id"]}


def test_seen_before_another_process_made_it_anew_is_that_one(
    client: FlaskClient, app: Flask, sqlite_engine: Engine, admin_token: str
) -> None:
    ask(client, admin_token, "a")
    stale = app.extensions[EXTENSION]
    age(sqlite_engine, SAME_WITHIN)
    app.extensions[EXTENSION] = RecentKeys(SAME_WITHIN)  # as in another process
    second = ask(client, admin_token, "a").get_json()["task_id"]
    app.extensions[EXTENSION] = stale
    answer = ask(client, admin_token, "a")
    assert (answer.status_code, answer.get_json()["task_id"]) == (200, second)
    assert len(made(sqlite_engine)) == 2


def test_not_seen_though_it_is_there_is_that_one(
    client: FlaskClient, app: Flask, sqlite_engine: Engine, admin_token: str
) -> None:
    first = ask(client, admin_token, "a").get_json()["task_id"]
    app.extensions[EXTENSION] = RecentKeys(SAME_WITHIN, most=0)  # forgets at once
    for _ in range(2):
        answer = ask(client, admin_token, "a")
        assert (answer.status_code, answer.get_json()["task_id"]) == (200, first)
    assert made(sqlite_engine) == {first}
