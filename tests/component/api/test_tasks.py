"""Reading tasks over the API: who sees what, paging, wrong input."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from jobalerts.sql.engine import write
from jobalerts.sql.tables import attempts
from tests.component.api.conftest import bearer, fields, problem
from tests.component.api.rows import BOARD, NOW, a_task_id, save_task

FIELDS = {
    "task_id", "schedule_id", "kind", "board", "args", "status", "is_retry", "priority", "attempt", "max_attempts",
    "message", "worker", "progress", "created_at", "start_time", "end_time", "next_try_at",
}  # fmt: skip
SECRET = "connection to 10.0.0.7 refused"


@pytest.fixture
def task_id(sqlite_engine: Engine) -> str:
    """A running task with everything that not everybody sees."""
    return save_task(
        sqlite_engine,
        status="running",
        message=SECRET,
        worker="host-7/1",
        progress_done=62,
        progress_total=120,
        start_time=NOW,
        epoch=1,
        attempt=1,
    )


def test_a_task_has_exactly_its_fields(client: FlaskClient, task_id: str) -> None:
    task = client.get(f"/api/v1/tasks/{task_id}").get_json()
    assert task.keys() == FIELDS
    assert task["args"] == {"job_type": None, "location": None, "company": "Stripe"}
    assert task["progress"] == {"done": 62, "total": 120}
    assert task["start_time"] == "2026-11-20T12:00:00Z"
    assert client.get("/api/v1/tasks").get_json()["tasks"] == [task]


def test_everybody_sees_the_task_without_worker_and_message(client: FlaskClient, task_id: str, ada_token: str) -> None:
    for headers in ({}, bearer(ada_token)):
        for path in ("/api/v1/tasks", f"/api/v1/tasks/{task_id}"):
            answer = client.get(path, headers=headers)
            assert answer.status_code == 200
            assert SECRET not in answer.text
            assert "host-7" not in answer.text


def test_an_admin_sees_worker_and_message(client: FlaskClient, task_id: str, admin_token: str) -> None:
    task = client.get(f"/api/v1/tasks/{task_id}", headers=bearer(admin_token)).get_json()
    assert (task["worker"], task["message"]) == ("host-7/1", SECRET)
    listed = client.get("/api/v1/tasks", headers=bearer(admin_token)).get_json()["tasks"]
    assert listed == [task]


def test_the_cursor_leads_through_all_tasks_and_ends(client: FlaskClient, sqlite_engine: Engine) -> None:
    made = [save_task(sqlite_engine, task_id=a_task_id(NOW, serial)) for serial in range(5)]
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = client.get("/api/v1/tasks", query_string={"limit": 2, "cursor": cursor}).get_json()
        seen += [task["task_id"] for task in page["tasks"]]
        cursor = page["next_cursor"]
    assert seen == made[::-1]


def test_a_page_has_fifty_tasks_unless_asked_otherwise(client: FlaskClient, sqlite_engine: Engine) -> None:
    for serial in range(51):
        save_task(sqlite_engine, task_id=a_task_id(NOW, serial))
    assert len(client.get("/api/v1/tasks").get_json()["tasks"]) == 50
    assert len(client.get("/api/v1/tasks?limit=200").get_json()["tasks"]) == 51


def test_filters_name_a_status_and_a_board(client: FlaskClient, sqlite_engine: Engine) -> None:
    wanted = save_task(sqlite_engine, status="dead")
    save_task(sqlite_engine, status="dead", board="lever/acme")
    save_task(sqlite_engine, status="success")
    answer = client.get("/api/v1/tasks", query_string={"status": "dead", "board": BOARD})
    assert [task["task_id"] for task in answer.get_json()["tasks"]] == [wanted]
    assert client.get("/api/v1/tasks?board=lever/nobody").get_json() == {"tasks": [], "next_cursor": None}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=done", "status"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=many", "limit"),
        ("cursor=x", "cursor"),
        ("board=%00", "board"),
        ("page=2", "page"),
        ("limit=5&limit=6", "limit"),
    ],
)
def test_a_wrong_query_is_named(client: FlaskClient, query: str, field: str) -> None:
    assert fields(client.get(f"/api/v1/tasks?{query}")) == [field]


def test_the_issue_s_own_example_of_a_query_works(client: FlaskClient) -> None:
    assert client.get("/api/v1/tasks?status=&board=&limit=50&cursor=").status_code == 200


@pytest.mark.parametrize("task_id", [a_task_id(NOW), "x", "%00", "'; drop table tasks", "a" * 5000])
def test_a_task_that_is_not_there_is_a_404(client: FlaskClient, task_id: str) -> None:
    problem(client.get(f"/api/v1/tasks/{task_id}"), 404)


def test_a_bad_token_is_a_401_even_where_none_is_needed(client: FlaskClient, task_id: str) -> None:
    for path in (
        "/api/v1/tasks",
        "/api/v1/tasks?limit=x",
        f"/api/v1/tasks/{task_id}",
        "/api/v1/tasks/x",
        "/api/v1/task_stats",
    ):
        answer = client.get(path, headers=bearer("nonsense"))
        problem(answer, 401)
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    problem(client.get("/api/v1/tasks", headers={"Authorization": "Basic YTpi"}), 401)


def test_cookies_are_not_read(client: FlaskClient, task_id: str, admin_token: str) -> None:
    client.set_cookie("access_token", admin_token)
    client.set_cookie("session", admin_token)
    assert client.get(f"/api/v1/tasks/{task_id}").get_json()["worker"] is None
    problem(client.patch(f"/api/v1/tasks/{task_id}", json={"status": "killed"}), 401)


def test_an_unchanged_task_is_a_304(client: FlaskClient, task_id: str, admin_token: str) -> None:
    path = f"/api/v1/tasks/{task_id}"
    etag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    assert client.get(path, headers=bearer(admin_token, **{"If-None-Match": etag})).status_code == 200


def test_tries_and_their_output_are_for_admins(
    client: FlaskClient, sqlite_engine: Engine, task_id: str, ada_token: str, admin_token: str
) -> None:
    with write(sqlite_engine) as connection:
        for epoch in (1, 2):
            row = {"task_id": task_id, "epoch": epoch, "number": epoch, "worker": "w", "started_at": NOW}
            connection.execute(attempts.insert().values(row | {"output_tail": f"try {epoch}"}))
    path = f"/api/v1/tasks/{task_id}/attempts"
    problem(client.get(path), 401)
    problem(client.get(path, headers=bearer(ada_token)), 403)
    problem(client.get("/api/v1/tasks/x/attempts", headers=bearer(ada_token)), 403)
    problem(client.get("/api/v1/tasks/x/attempts", headers=bearer(admin_token)), 404)
    tries = client.get(path, headers=bearer(admin_token)).get_json()["attempts"]
    assert [attempt["output_tail"] for attempt in tries] == ["try 2", "try 1"]


def test_figures_are_public_and_name_no_worker(client: FlaskClient, task_id: str) -> None:
    found = client.get("/api/v1/task_stats").get_json()
    assert {
        "by_status", "by_board", "by_day", "success_rate", "seconds", "running", "next_due", "postings", "mails"
    } <= found.keys()  # fmt: skip
    assert found["by_status"]["running"] == found["running"] == 1
    assert found["postings"] == {"open": 0, "new_24h": 0, "note": None}
    assert found["mails"] == {"sent_24h": 0}
    assert found["seconds"] == found["start_delay"] == {"median": None, "p95": None}
    assert found["oldest_running_seconds"] is None
    assert found["oldest_waiting_seconds"] is None


def test_figures_are_counted_once_for_all_who_ask_within_seconds(client: FlaskClient, sqlite_engine: Engine) -> None:
    first = client.get("/api/v1/task_stats").get_json()
    save_task(sqlite_engine)
    assert client.get("/api/v1/task_stats").get_json() == first
