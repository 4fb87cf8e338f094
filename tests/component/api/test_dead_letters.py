"""The API of dead letters: for admins, page by page, queued again or discarded."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from jobalerts.sql import dead_letter_ends
from jobalerts.sql.engine import write
from tests.component.api.conftest import bearer, fields, problem
from tests.component.api.rows import NOW, save_task

PATH = "/api/v1/dead_letters"


def a_letter(engine: Engine, body: str = '{"v": 1, "board": "greenhouse/stripe"}') -> None:
    with write(engine) as connection:
        dead_letter_ends.bury(connection, "postings.new", body, "no such board", now=NOW)


def a_dead_task(engine: Engine, **given: object) -> str:
    return save_task(engine, **({"status": "dead", "outcome": "blocked", "given_up_at": NOW, "attempt": 4} | given))


def _send(client: FlaskClient, action: str, body: object, token: str) -> TestResponse:
    return client.post(f"{PATH}/{action}", json=body, headers=bearer(token))


def test_admin_reads_all_of_it_page_by_page(client: FlaskClient, sqlite_engine: Engine, admin_token: str) -> None:
    for _ in range(3):
        a_dead_task(sqlite_engine)
        a_letter(sqlite_engine)
    seen, cursor = [], ""
    while cursor is not None:
        answer = client.get(f"{PATH}?limit=2&cursor={cursor}", headers=bearer(admin_token))
        assert answer.status_code == 200, answer.text
        seen += answer.get_json()["dead_letters"]
        cursor = answer.get_json()["next_cursor"]
    assert len({letter["id"] for letter in seen}) == len(seen) == 6
    assert [letter["kind"] for letter in seen] == ["task"] * 3 + ["message"] * 3
    assert (seen[0]["reason"], seen[0]["attempts"], seen[0]["status"]) == ("blocked", 4, "dead")
    assert (seen[-1]["reason"], seen[-1]["board"]) == ("refused", "greenhouse/stripe")


@pytest.mark.parametrize(
    ("query", "count"),
    [("kind=task", 2), ("kind=message", 1), ("reason=blocked", 1), ("board=greenhouse/stripe", 2), ("board=x", 0)],
)
def test_filters_choose(client: FlaskClient, sqlite_engine: Engine, admin_token: str, query: str, count: int) -> None:
    a_dead_task(sqlite_engine)
    a_dead_task(sqlite_engine, board="lever/acme", outcome="timeout", status="killed")
    a_letter(sqlite_engine)
    found = client.get(f"{PATH}?{query}", headers=bearer(admin_token)).get_json()["dead_letters"]
    assert len(found) == count


def test_letters_named_are_queued_again_and_others_skipped(
    client: FlaskClient, sqlite_engine: Engine, admin_token: str
) -> None:
    task_id = a_dead_task(sqlite_engine)
    body = {"ids": [task_id, "message-77"]}
    assert _send(client, "requeue", body, admin_token).get_json() == {"count": 1, "skipped": 1, "more": False}
    task = client.get(f"/api/v1/tasks/{task_id}").get_json()
    assert (task["status"], task["attempt"]) == ("created", 0)


def test_all_that_match_are_discarded(client: FlaskClient, sqlite_engine: Engine, admin_token: str) -> None:
    task_id = a_dead_task(sqlite_engine)
    a_letter(sqlite_engine)
    done = _send(client, "discard", {"all_matching": {"kind": "message"}}, admin_token).get_json()
    assert done == {"count": 1, "skipped": 0, "more": False}
    rest = client.get(PATH, headers=bearer(admin_token)).get_json()["dead_letters"]
    assert [letter["id"] for letter in rest] == [task_id]


def test_only_admins_read_or_change_them(client: FlaskClient, ada_token: str) -> None:
    for token, status in ((None, 401), (ada_token, 403)):
        headers = bearer(token) if token else {}
        problem(client.get(PATH, headers=headers), status)
        for action in ("requeue", "discard"):
            problem(client.post(f"{PATH}/{action}", json={"all_matching": {}}, headers=headers), status)


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, ""),
        ({"ids": []}, "ids"),
        ({"ids": ["x"]}, "ids.0"),
        ({"ids": ["message-1"], "all_matching": {}}, ""),
        ({"all_matching": {"status": "dead"}}, "all_matching.status"),
        ({"all_matching": None}, "all_matching"),
    ],
)
def test_request_that_does_not_say_which_is_refused(
    client: FlaskClient, admin_token: str, body: object, wrong: str
) -> None:
    assert wrong in fields(_send(client, "requeue", body, admin_token))


@pytest.mark.parametrize("query", ["cursor=x", "limit=0", "kind=mail", "status=dead", "reason=%00"])
def test_query_that_is_not_right_is_refused(client: FlaskClient, admin_token: str, query: str) -> None:
    problem(client.get(f"{PATH}?{query}", headers=bearer(admin_token)), 422)
