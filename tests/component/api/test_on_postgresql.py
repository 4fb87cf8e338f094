"""The same answers with PostgreSQL, which is stricter than SQLite about what it takes."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from jobalerts import task_tokens
from jobalerts.config import Settings
from jobalerts.mongo.store import PostingStore
from tests.component.api.conftest import BrokerPing, a_token, bearer, problem
from tests.component.api.rows import NOW, PASSWORD, save_board, save_task, save_user
from tests.component.api.test_accounts import BODY
from webapp.app import create_app
from webapp.services import EXTENSION


@pytest.fixture
def app(settings: Settings, postgres_engine: Engine, empty_mongo: PostingStore) -> Flask:
    return create_app(settings, postgres_engine, empty_mongo, BrokerPing())


@pytest.fixture
def root(app: Flask, postgres_engine: Engine) -> dict[str, str]:
    return bearer(a_token(app, save_user(postgres_engine, "root@example.org", is_admin=True)))


def test_an_account_from_registration_to_a_used_up_refresh_token(client: FlaskClient, postgres_engine: Engine) -> None:
    for _ in range(2):
        answer = client.post("/api/v1/register", json=BODY, headers={"Idempotency-Key": "k"})
        assert answer.status_code == 201
    save_user(postgres_engine, "ada@example.org")
    tokens = client.post("/api/v1/login", json={"email": "ada@example.org", "password": PASSWORD}).get_json()
    used = {"refresh_token": tokens["refresh_token"]}
    newer = {"refresh_token": client.post("/api/v1/token/refresh", json=used).get_json()["refresh_token"]}
    problem(client.post("/api/v1/token/refresh", json=used), 401)
    problem(client.post("/api/v1/token/refresh", json=newer), 401)


def test_a_task_is_listed_changed_and_counted(
    client: FlaskClient, app: Flask, postgres_engine: Engine, root: dict[str, str]
) -> None:
    task_id = save_task(postgres_engine, status="running", epoch=2, start_time=NOW)
    run = bearer(task_tokens.issue(app.extensions[EXTENSION].key, task_id, 2, 60))
    path = f"/api/v1/tasks/{task_id}"
    report = {"progress": {"done": 1, "total": 2**31 - 1}, "message": "é\n漢"}
    assert client.patch(path, json=report, headers=run).get_json()["progress"] == report["progress"]
    etag = client.get(path, headers=root).headers["ETag"]
    problem(client.patch(path, json={"status": "created"}, headers=root), 409)
    assert client.patch(path, json={"status": "killed"}, headers={**root, "If-Match": etag}).status_code == 200
    problem(client.patch(path, json={"status": "created"}, headers={**root, "If-Match": etag}), 412)
    assert client.get("/api/v1/tasks?status=killed").get_json()["tasks"][0]["task_id"] == task_id
    assert client.get("/api/v1/task_stats").get_json()["by_status"]["killed"] == 1


def test_text_that_postgresql_cannot_hold_is_never_sent_to_it(client: FlaskClient, root: dict[str, str]) -> None:
    problem(client.get("/api/v1/tasks/%00"), 404)
    problem(client.patch("/api/v1/tasks/%00", json={"status": "killed"}, headers=root), 404)
    problem(client.get("/api/v1/tasks?board=%00"), 422)
    problem(client.post("/api/v1/register", json=BODY | {"username": "\x00"}), 422)
    problem(client.post("/api/v1/register", json=BODY | {"companies": ["a\x00"]}), 422)
    problem(client.post("/api/v1/login", json={"email": "a\x00", "password": "x"}), 422)
    problem(client.post("/api/v1/token/refresh", json={"refresh_token": "a" * 36 + ".\x00"}), 422)
    assert client.post("/api/v1/login", json={"email": "a@b.c", "password": "\x00"}).status_code == 401


def test_a_run_whose_task_id_is_odd_is_not_looked_for(client: FlaskClient, app: Flask) -> None:
    token = task_tokens.issue(app.extensions[EXTENSION].key, "\x00", 1, 60)
    problem(client.patch("/api/v1/tasks/%00", json={"message": "x"}, headers=bearer(token)), 404)


def test_of_people_who_change_a_task_at_once_one_wins_and_the_others_hear_of_it(
    app: Flask, postgres_engine: Engine, root: dict[str, str]
) -> None:
    task_id = save_task(postgres_engine)
    path = f"/api/v1/tasks/{task_id}"
    etag = app.test_client().get(path, headers=root).headers["ETag"]
    start = threading.Barrier(4)

    def change(priority: int) -> int:
        start.wait()
        answer = app.test_client().patch(path, json={"priority": priority}, headers={**root, "If-Match": etag})
        return answer.status_code

    with ThreadPoolExecutor(4) as people:
        assert sorted(people.map(change, range(4))) == [200, 412, 412, 412]


def test_of_the_same_tasks_asked_for_at_once_one_is_made(
    app: Flask, postgres_engine: Engine, root: dict[str, str]
) -> None:
    board = save_board(postgres_engine)
    start = threading.Barrier(4)

    def ask(_number: int) -> tuple[int, str]:
        start.wait()
        answer = app.test_client().post("/api/v1/tasks", json={"kind": "crawl", "board": board}, headers=root)
        return answer.status_code, answer.get_json()["task_id"]

    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(ask, range(4)))
    assert sorted(status for status, _ in answers) == [200, 200, 200, 201]
    assert len({task_id for _, task_id in answers}) == 1


def test_dead_letters_are_read_and_queued_again(
    client: FlaskClient, postgres_engine: Engine, root: dict[str, str]
) -> None:
    task_id = save_task(postgres_engine, status="dead", outcome="blocked", given_up_at=NOW, attempt=4)
    [letter] = client.get("/api/v1/dead_letters?board=greenhouse/stripe", headers=root).get_json()["dead_letters"]
    assert letter["id"] == task_id
    done = client.post("/api/v1/dead_letters/requeue", json={"all_matching": {}}, headers=root).get_json()
    assert done == {"count": 1, "skipped": 0, "more": False}
    assert client.get(f"/api/v1/tasks/{task_id}").get_json()["status"] == "created"
