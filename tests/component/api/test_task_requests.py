"""Asking for a task over the API: once, however often it is asked for."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update
from werkzeug.test import TestResponse

from jobalerts.recent_keys import RecentKeys
from jobalerts.sql import leases, task_requests
from jobalerts.sql.engine import clock, read, write
from jobalerts.sql.tables import outbox
from jobalerts.sql.tables import task_requests as request_rows
from jobalerts.sql.tables import tasks as task_rows
from jobalerts.sql.task_requests import Request
from tests.component.api.conftest import bearer, fields, problem
from tests.component.api.rows import BOARD, NOW, save_board
from webapp.api.task_requests import EXTENSION

ASKED = {"kind": "crawl", "board": BOARD}
A_REQUEST = Request(kind="crawl", board=BOARD, args={"company": "Stripe"}, priority=5)


@pytest.fixture(autouse=True)
def board(sqlite_engine: Engine) -> str:
    return save_board(sqlite_engine)


def _ask(client: FlaskClient, token: str, body: object = ASKED, **headers: str) -> TestResponse:
    return client.post("/api/v1/tasks", json=body, headers=bearer(token, **headers))


def _count(engine: Engine) -> int:
    with read(engine) as connection:
        return len(connection.execute(select(task_rows.c.task_id)).all())


def test_a_task_is_made_and_a_worker_woken(client: FlaskClient, sqlite_engine: Engine, admin_token: str) -> None:
    answer = _ask(client, admin_token, {**ASKED, "priority": 9, "args": {"location": "Berlin"}})
    assert answer.status_code == 201, answer.text
    task = answer.get_json()
    assert (task["status"], task["priority"], task["schedule_id"]) == ("created", 9, None)
    assert task["args"] == {"job_type": None, "location": "Berlin", "company": None}
    assert answer.headers["Location"] == f"/api/v1/tasks/{task['task_id']}"
    assert client.get(answer.headers["Location"], headers=bearer(admin_token)).headers["ETag"] == answer.headers["ETag"]
    with read(sqlite_engine) as connection:
        assert [row.body["task_id"] for row in connection.execute(outbox.select())] == [task["task_id"]]


def test_the_same_asked_for_again_is_the_same_task(
    client: FlaskClient, app: Flask, sqlite_engine: Engine, admin_token: str
) -> None:
    first = _ask(client, admin_token)
    again = _ask(client, admin_token, {**ASKED, "priority": 1})
    app.extensions[EXTENSION] = RecentKeys(task_requests.SAME_WITHIN)  # as in another process
    elsewhere = _ask(client, admin_token)
    assert [answer.status_code for answer in (first, again, elsewhere)] == [201, 200, 200]
    assert first.get_json() == again.get_json() == elsewhere.get_json()
    assert _count(sqlite_engine) == 1


def test_another_object_or_other_arguments_are_another_task(
    client: FlaskClient, sqlite_engine: Engine, admin_token: str
) -> None:
    bodies: list[dict[str, Any]] = [{}, {"object_id": "a"}, {"object_id": "b"}, {"args": {"company": "Other"}}]
    assert [_ask(client, admin_token, ASKED | more).status_code for more in bodies * 2] == [201] * 4 + [200] * 4
    assert _count(sqlite_engine) == 4


def test_after_five_minutes_it_is_a_new_task(
    client: FlaskClient, app: Flask, sqlite_engine: Engine, admin_token: str
) -> None:
    first = _ask(client, admin_token).get_json()
    with write(sqlite_engine) as connection:
        connection.execute(update(request_rows).values(asked_at=datetime.now(UTC) - timedelta(minutes=5)))
    app.extensions[EXTENSION] = RecentKeys(task_requests.SAME_WITHIN)
    answer = _ask(client, admin_token)
    assert answer.status_code == 201
    assert answer.get_json()["task_id"] != first["task_id"]


def test_a_key_is_carried_out_once_and_not_for_another_body(
    client: FlaskClient, app: Flask, sqlite_engine: Engine, admin_token: str
) -> None:
    key = {"Idempotency-Key": "k1"}
    first = _ask(client, admin_token, **key)
    with write(sqlite_engine) as connection:
        connection.execute(request_rows.delete())
    app.extensions[EXTENSION] = RecentKeys(task_requests.SAME_WITHIN)
    again = _ask(client, admin_token, **key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()
    assert _count(sqlite_engine) == 1
    assert fields(_ask(client, admin_token, {**ASKED, "priority": 1}, **key)) == ["Idempotency-Key"]


def test_an_answer_given_again_has_the_etag_of_the_first_even_when_the_task_has_changed(
    client: FlaskClient, admin_token: str
) -> None:
    key = {"Idempotency-Key": "k1"}
    first = _ask(client, admin_token, **key)
    change = {"priority": 9}
    changed = client.patch(first.headers["Location"], json=change, headers=bearer(admin_token))
    assert changed.status_code == 200
    again = _ask(client, admin_token, **key)
    assert again.headers["ETag"] == first.headers["ETag"] != changed.headers["ETag"]
    assert (again.headers["Location"], again.data) == (first.headers["Location"], first.data)
    seen = {"If-Match": again.headers["ETag"]}
    refused = client.patch(first.headers["Location"], json=change, headers=bearer(admin_token, **seen))
    assert refused.status_code == 412, "whoever sends it has not seen the change"


def test_a_task_for_later_is_not_run_before(client: FlaskClient, sqlite_engine: Engine, admin_token: str) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    task = _ask(client, admin_token, {**ASKED, "run_at": later.isoformat()}).get_json()
    assert datetime.fromisoformat(task["next_try_at"]) == later
    with write(sqlite_engine) as connection:
        assert leases.claim(connection, lane="oneoff", worker="w") is None
        assert connection.execute(outbox.select()).all() == []
        due = clock(connection)
        connection.execute(update(task_rows).values(next_try_at=due, waiting_since=due))
        claimed = leases.claim(connection, lane="oneoff", worker="w")
    assert claimed is not None
    assert claimed.task_id == task["task_id"]


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"board": "lever/nobody"}, "board"),
        ({"kind": "mail"}, "kind"),
        ({"priority": 10}, "priority"),
        ({"run_at": "2999-01-01T00:00:00Z"}, "run_at"),
        ({"run_at": "2026-01-01T00:00:00"}, "run_at"),
        ({"object_id": ""}, "object_id"),
        ({"args": {"colour": "red"}}, "args.colour"),
        ({"status": "running"}, "status"),
    ],
)
def test_what_is_wrong_is_named(client: FlaskClient, admin_token: str, more: dict[str, Any], wrong: str) -> None:
    assert fields(_ask(client, admin_token, ASKED | more)) == [wrong]


def test_only_admins_may_ask(client: FlaskClient, ada_token: str) -> None:
    problem(client.post("/api/v1/tasks", json=ASKED), 401)
    problem(_ask(client, ada_token), 403)


def test_the_primary_key_decides_on_both_databases(engine: Engine) -> None:
    with write(engine) as connection:
        first = task_requests.ask(connection, A_REQUEST, now=NOW)
        again = task_requests.ask(connection, A_REQUEST, now=NOW + timedelta(minutes=4))
        later = task_requests.ask(connection, A_REQUEST, now=NOW + timedelta(minutes=5))
        assert (first.is_new, again.is_new, later.is_new) == (True, False, True)
        assert again.task_id == first.task_id != later.task_id
        assert task_requests.forget_old(connection, NOW + timedelta(minutes=9)) == 0
        assert task_requests.forget_old(connection, NOW + timedelta(minutes=10)) == 1
