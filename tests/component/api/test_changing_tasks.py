"""PATCH of a task: who may, what the table of task status allows, and the order of the checks."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from jobalerts import task_tokens
from jobalerts.domain.task_states import STATUSES
from jobalerts.sql import task_views
from jobalerts.sql.engine import read
from jobalerts.sql.tables import outbox
from tests.component.api.conftest import bearer, fields, problem
from tests.component.api.rows import NOW, a_task_id, save_task
from webapp.services import EXTENSION

NOT_JSON = {"data": b"{", "content_type": "application/json"}
AFTER = {
    ("created", "killed"): "killed",
    ("running", "killed"): "killed",
    ("retrying", "killed"): "killed",
    ("failed", "created"): "created",
    ("killed", "created"): "created",
    ("dead", "created"): "created",
    ("retrying", "created"): "created",
}


@pytest.fixture
def run_token(app: Flask, task_id: str) -> str:
    return _run_token(app, task_id, epoch=3)


@pytest.fixture
def task_id(sqlite_engine: Engine) -> str:
    return save_task(sqlite_engine, status="running", epoch=3, worker="host-7/1", message="reading")


def _run_token(app: Flask, task_id: str, *, epoch: int, lifetime_s: float = 60) -> str:
    return task_tokens.issue(app.extensions[EXTENSION].key, task_id, epoch, lifetime_s)


def _patch(client: FlaskClient, task_id: str, body: object, token: str, **headers: str) -> TestResponse:
    return client.patch(f"/api/v1/tasks/{task_id}", json=body, headers=bearer(token, **headers))


@pytest.mark.parametrize("wanted", STATUSES)
@pytest.mark.parametrize("status", STATUSES)
def test_an_admin_changes_the_status_by_the_table_and_not_otherwise(
    client: FlaskClient, sqlite_engine: Engine, admin_token: str, status: str, wanted: str
) -> None:
    task_id = save_task(sqlite_engine, status=status)
    answer = _patch(client, task_id, {"status": wanted}, admin_token)
    if (status, wanted) in AFTER:
        assert answer.status_code == 200, answer.text
        assert answer.get_json()["status"] == AFTER[status, wanted]
        assert _status(sqlite_engine, task_id) == AFTER[status, wanted]
    else:
        problem(answer, 409)
        assert _status(sqlite_engine, task_id) == status


def _status(engine: Engine, task_id: str) -> str:
    with read(engine) as connection:
        task = task_views.one(connection, task_id)
    assert task is not None
    return task.status


def test_a_task_that_runs_again_wakes_a_worker(client: FlaskClient, sqlite_engine: Engine, admin_token: str) -> None:
    task_id = save_task(sqlite_engine, status="dead", attempt=4)
    assert _patch(client, task_id, {"status": "created"}, admin_token).get_json()["attempt"] == 0
    with read(sqlite_engine) as connection:
        bodies = [row.body["task_id"] for row in connection.execute(outbox.select())]
    assert bodies == [task_id]


def test_an_admin_may_change_everything_at_once(client: FlaskClient, task_id: str, admin_token: str) -> None:
    body = {"status": "killed", "message": "the board moved", "progress": {"done": 1, "total": 2}}
    task = _patch(client, task_id, body, admin_token).get_json()
    assert (task["status"], task["message"], task["progress"]) == ("killed", "the board moved", {"done": 1, "total": 2})
    assert _patch(client, task_id, {"status": "created", "priority": 9}, admin_token).get_json()["priority"] == 9


def test_nothing_is_changed_when_a_part_cannot_be(client: FlaskClient, sqlite_engine: Engine, admin_token: str) -> None:
    task_id = save_task(sqlite_engine, status="dead", message="given up")
    problem(_patch(client, task_id, {"status": "created", "progress": {"done": 1, "total": 2}}, admin_token), 409)
    assert _status(sqlite_engine, task_id) == "dead"


def test_a_run_reports_its_progress_and_a_message(client: FlaskClient, task_id: str, run_token: str) -> None:
    body = {"progress": {"done": 62, "total": 120}, "message": "62 of 120"}
    task = _patch(client, task_id, body, run_token).get_json()
    assert (task["progress"], task["message"]) == ({"done": 62, "total": 120}, "62 of 120")
    assert (
        _patch(client, task_id, {"progress": {"done": 63, "total": 120}}, run_token).get_json()["message"]
        == "62 of 120"
    )


@pytest.mark.parametrize(
    "body", [{"status": "killed"}, {"priority": 9}, {"message": "x", "status": "success"}, {"priority": "x"}]
)
def test_a_run_may_set_nothing_else(client: FlaskClient, task_id: str, run_token: str, body: dict[str, object]) -> None:
    problem(_patch(client, task_id, body, run_token), 403)


def test_a_run_may_not_touch_another_task(
    client: FlaskClient, app: Flask, sqlite_engine: Engine, run_token: str
) -> None:
    other = save_task(sqlite_engine, status="running", epoch=3)
    problem(_patch(client, other, {"message": "x"}, run_token), 403)
    problem(_patch(client, a_task_id(NOW), {"message": "x"}, run_token), 403)
    gone = a_task_id(NOW, 1)
    problem(_patch(client, gone, {"message": "x"}, _run_token(app, gone, epoch=1)), 404)


def test_an_earlier_try_and_one_that_ended_report_nothing(
    client: FlaskClient, app: Flask, sqlite_engine: Engine, task_id: str
) -> None:
    problem(_patch(client, task_id, {"message": "x"}, _run_token(app, task_id, epoch=2)), 409)
    ended = save_task(sqlite_engine, status="killed", epoch=3)
    problem(_patch(client, ended, {"message": "x"}, _run_token(app, ended, epoch=3)), 409)


def test_a_run_s_token_ends_and_opens_nothing_else(
    client: FlaskClient, app: Flask, task_id: str, run_token: str
) -> None:
    problem(_patch(client, task_id, {"message": "x"}, _run_token(app, task_id, epoch=3, lifetime_s=-1)), 401)
    problem(client.get(f"/api/v1/tasks/{task_id}/attempts", headers=bearer(run_token)), 403)
    assert client.get(f"/api/v1/tasks/{task_id}", headers=bearer(run_token)).get_json()["worker"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"satus": "killed"}, "satus"),
        ({"status": "done"}, "status"),
        ({"status": None}, "status"),
        ({"message": "x" * 1001}, "message"),
        ({"message": "\x00"}, "message"),
        ({"priority": 10}, "priority"),
        ({"priority": -1}, "priority"),
        ({"priority": "5"}, "priority"),
        ({"priority": 5.5}, "priority"),
        ({"priority": True}, "priority"),
        ({"progress": {"done": 2, "total": 1}}, "progress"),
        ({"progress": {"done": -1, "total": 1}}, "progress.done"),
        ({"progress": {"done": 1}}, "progress.total"),
        ({"progress": {"done": 1, "total": 10**30}}, "progress.total"),
        ({}, ""),
        ([], ""),
        ("killed", ""),
        (None, ""),
    ],
)
def test_a_wrong_field_is_named(client: FlaskClient, task_id: str, admin_token: str, body: object, field: str) -> None:
    answer = client.patch(
        f"/api/v1/tasks/{task_id}", data=_text(body), content_type="application/json", headers=bearer(admin_token)
    )
    assert fields(answer) == [field]


def _text(body: object) -> bytes:
    return json.dumps(body).encode()


def test_checks_come_in_the_order_401_403_404_422_409(
    client: FlaskClient, sqlite_engine: Engine, ada_token: str, admin_token: str
) -> None:
    gone, done = a_task_id(NOW), save_task(sqlite_engine, status="success")
    problem(client.patch(f"/api/v1/tasks/{gone}", **NOT_JSON), 401)
    problem(client.patch(f"/api/v1/tasks/{gone}", **NOT_JSON, headers=bearer(ada_token)), 403)
    problem(client.patch(f"/api/v1/tasks/{gone}", **NOT_JSON, headers=bearer(admin_token)), 404)
    problem(client.patch(f"/api/v1/tasks/{done}", **NOT_JSON, headers=bearer(admin_token)), 400)
    problem(_patch(client, done, {"status": "killed", "x": 1}, admin_token), 422)
    problem(_patch(client, done, {"status": "killed"}, admin_token), 409)


def test_a_change_of_another_version_is_a_412(client: FlaskClient, task_id: str, admin_token: str) -> None:
    etag = client.get(f"/api/v1/tasks/{task_id}", headers=bearer(admin_token)).headers["ETag"]
    changed = _patch(client, task_id, {"priority": 7}, admin_token, **{"If-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag
    problem(_patch(client, task_id, {"priority": 8}, admin_token, **{"If-Match": etag}), 412)
    assert _patch(client, task_id, {"priority": 8}, admin_token, **{"If-Match": "*"}).status_code == 200
