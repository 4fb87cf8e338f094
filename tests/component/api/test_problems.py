"""Whatever goes wrong below /api is a problem+json; health checks name what is away."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from jobalerts.config import Settings
from jobalerts.mongo.store import PostingStore, open_store
from jobalerts.sql.engine import open_engine
from tests.component.api.conftest import BrokerPing, bearer, problem
from tests.component.api.rows import save_board, save_task
from tests.servers import free_port
from webapp.api.operations import OPERATIONS, Operation
from webapp.api.reading import LARGEST_BODY
from webapp.app import create_app

AWAY = "postgresql+psycopg://127.0.0.1:1/x"
POSTS = ("/api/v1/register", "/api/v1/login", "/api/v1/token/refresh")


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v1/nothing", "/api/v2/tasks", "/api/v1/tasks/"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_unknown_address_is_a_404_problem(client: FlaskClient, path: str, method: str) -> None:
    problem(client.open(path, method=method), 404)


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("GET", "/api/v1/register", {"POST", "OPTIONS"}),
        ("DELETE", "/api/v1/tasks", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("POST", "/api/v1/tasks/x", {"GET", "HEAD", "OPTIONS", "PATCH"}),
        ("TRACE", "/api/v1/task_stats", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_wrong_method_is_a_405_that_names_the_right_ones(
    client: FlaskClient, method: str, path: str, allow: set[str]
) -> None:
    answer = client.open(path, method=method)
    problem(answer, 405)
    assert set(answer.headers["Allow"].split(", ")) == allow


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b'{"a": NaN}', b"\xff\xfe{}", '{"a": "é"}'.encode("latin-1"), b"[" * 100_000, b"[" * 900 + b"]" * 900,
     b'"\\ud800"'],
)  # fmt: skip
def test_a_body_that_is_not_json_in_utf_8_is_a_400(client: FlaskClient, path: str, body: bytes) -> None:
    problem(client.post(path, data=body, content_type="application/json"), 400)


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_a_body_that_is_not_said_to_be_json_is_a_415(client: FlaskClient, path: str, content_type: str | None) -> None:
    problem(client.post(path, data=b"{}", content_type=content_type), 415)


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("body", [[], "x", 1, None, {}])
def test_json_that_is_something_else_is_a_422(client: FlaskClient, path: str, body: Any) -> None:
    problem(client.post(path, data=json.dumps(body), content_type="application/json; charset=utf-8"), 422)


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.query is None], ids=lambda one: one.name)
def test_a_parameter_where_none_is_known_is_a_422_that_names_it(
    client: FlaskClient, sqlite_engine: Engine, admin_token: str, operation: Operation
) -> None:
    board, task_id = save_board(sqlite_engine), save_task(sqlite_engine)
    path = operation.path.replace("<task_id>", task_id).replace("<source>/<path:token>", board)
    body = None if operation.body is None else {}
    answer = problem(
        client.open(f"/api/v1{path}?status=failed", method=operation.method, headers=bearer(admin_token), json=body),
        422,
    )
    assert answer["errors"] == [{"field": "status", "detail": "There is no such field."}]


@pytest.mark.parametrize(("query", "said"), [("limit=0", "Use at least 1."), ("limit=201", "Use at most 200.")])
def test_a_wrong_value_is_answered_with_what_would_be_right(
    client: FlaskClient, admin_token: str, query: str, said: str
) -> None:
    (error,) = problem(client.get(f"/api/v1/dead_letters?{query}", headers=bearer(admin_token)), 422)["errors"]
    assert error["detail"] == said


@pytest.fixture
def no_mongodb() -> Iterator[PostingStore]:
    """A store that nobody answers for."""
    store = open_store(f"mongodb://127.0.0.1:{free_port()}/?directConnection=true", "x")
    yield store
    store.close()


class Endless:
    """A body that fails the test when more than a megabyte of it is read."""

    def __init__(self) -> None:
        self.read_bytes = 0

    def read(self, size: int = -1) -> bytes:
        assert 0 <= size <= 2 * LARGEST_BODY
        self.read_bytes += size
        assert self.read_bytes <= 2 * LARGEST_BODY
        return b"x" * size


@pytest.mark.parametrize("path", [*POSTS, "/api/v1/tasks/x"])
def test_fifty_megabytes_are_refused_unread(client: FlaskClient, path: str) -> None:
    body = Endless()
    answer = client.open(
        path,
        method="PATCH" if "tasks" in path else "POST",
        content_type="application/json",
        environ_overrides={"wsgi.input": body, "CONTENT_LENGTH": str(50 * 2**20)},
    )
    problem(answer, 413)
    assert body.read_bytes == 0


def test_a_body_of_unknown_length_is_refused_once_it_is_too_long(client: FlaskClient) -> None:
    answer = client.post(
        "/api/v1/login",
        content_type="application/json",
        environ_overrides={"wsgi.input": Endless(), "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )
    problem(answer, 413)


def test_another_site_may_not_read_the_api(client: FlaskClient) -> None:
    answer = client.get("/api/v1/tasks", headers={"Origin": "https://evil.example"})
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


def test_alive_is_answered_without_any_store(settings: Settings, no_mongodb: PostingStore) -> None:
    app = create_app(settings, open_engine(AWAY), no_mongodb, BrokerPing())
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "alive"})


def test_ready_is_answered_when_every_store_is_there(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json() == {"status": "ready", "stores": {"sql": "ok", "mongodb": "ok", "broker": "ok"}}


def test_not_ready_names_the_store_that_is_away(client: FlaskClient, broker_ping: BrokerPing) -> None:
    broker_ping.is_away = True
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["stores"] == {"sql": "ok", "mongodb": "ok", "broker": "no answer"}


def test_all_stores_away_are_all_named(settings: Settings, no_mongodb: PostingStore, broker_ping: BrokerPing) -> None:
    broker_ping.is_away = True
    app = create_app(settings, open_engine(AWAY), no_mongodb, broker_ping)
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert set(answer.get_json()["stores"].values()) == {"no answer"}


def test_a_store_that_hangs_is_waited_for_once(
    settings: Settings, sqlite_engine: Engine, empty_mongo: PostingStore
) -> None:
    release = threading.Event()
    asked: list[int] = []

    def hang() -> None:
        asked.append(1)
        release.wait(60)

    client = create_app(settings, sqlite_engine, empty_mongo, hang).test_client()
    for _ in range(2):
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.get_json()["stores"]["broker"] == "no answer"
    assert len(asked) == 1
    release.set()


def test_figures_stay_when_the_store_of_postings_is_away(
    settings: Settings, sqlite_engine: Engine, no_mongodb: PostingStore
) -> None:
    app = create_app(settings, sqlite_engine, no_mongodb, BrokerPing())
    answer = app.test_client().get("/api/v1/task_stats")
    assert answer.status_code == 200
    postings = answer.get_json()["postings"]
    assert (postings["open"], postings["new_24h"]) == (None, None)
    assert "does not answer" in postings["note"]


def test_a_database_that_is_away_is_a_503_problem(settings: Settings, empty_mongo: PostingStore) -> None:
    app = create_app(settings, open_engine(AWAY), empty_mongo, BrokerPing())
    answer = app.test_client().get("/api/v1/tasks")
    problem(answer, 503)
    assert answer.headers["Retry-After"] == "10"


def test_a_mistake_of_ours_is_a_500_problem_that_says_nothing_of_it(client: FlaskClient, sqlite_engine: Engine) -> None:
    task_id = save_task(sqlite_engine, args="what no program writes")
    body = problem(client.get(f"/api/v1/tasks/{task_id}"), 500)
    assert "AttributeError" not in body["detail"]
