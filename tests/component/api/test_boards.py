"""Boards in the API: their cards, and what an admin may change."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from jobalerts.domain.crawls import CrawlRecord
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import board_notices, boards
from jobalerts.sql.engine import read, write
from tests.component.api.conftest import bearer, fields, problem
from tests.component.api.rows import BOARD, save_board

ADDRESS = f"/api/v1/boards/{BOARD}"
AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def board(sqlite_engine: Engine, empty_mongo: PostingStore) -> str:
    found = save_board(sqlite_engine)
    record = CrawlRecord(
        at=AT, epoch=1, outcome="suspicious", seen=40, new=0, changed=1, closed=0, skipped=1, seconds=1.5,
        complete=False, filled={"salary": 0, "place": 40, "text": 40}, doubts=("salary",), message="0 of 40",
    )  # fmt: skip
    empty_mongo.record_unless_known(found, record)
    empty_mongo.keep_rejects(found, [('{"id": 7}', "KeyError: 'title'")], AT)
    return found


def test_anybody_reads_a_board_with_its_last_crawls(client: FlaskClient, sqlite_engine: Engine) -> None:
    with write(sqlite_engine) as connection:
        board_notices.book(connection, BOARD, outcome="suspicious", message="0 of 40 postings have pay")
    answer = client.get(ADDRESS)
    found = answer.get_json()
    assert (found["id"], found["company"], found["is_active"], found["last_outcome"]) == (
        BOARD, "Stripe", False, "suspicious"
    )  # fmt: skip
    assert found["crawls"][0]["filled"] == {"salary": 0, "place": 40, "text": 40}
    assert found["crawls"][0]["doubts"] == ["salary"]
    assert found["notice"]["subject"] == f"{BOARD} is suspicious"
    assert (found["rejects"], found["crawls"][0]["message"]) == (None, ""), "for admins"
    assert client.get(ADDRESS, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    [listed] = client.get("/api/v1/boards").get_json()["boards"]
    assert listed.items() <= found.items()


def test_admin_sees_messages_and_the_rows_that_could_not_be_read(client: FlaskClient, admin_token: str) -> None:
    found = client.get(ADDRESS, headers=bearer(admin_token)).get_json()
    assert found["crawls"][0]["message"] == "0 of 40"
    assert [(one["row"], one["error"]) for one in found["rejects"]] == [('{"id": 7}', "KeyError: 'title'")]


def test_admin_disables_a_board_writes_a_note_and_enables_it(
    client: FlaskClient, admin_token: str, sqlite_engine: Engine
) -> None:
    changed = client.patch(ADDRESS, headers=bearer(admin_token), json={"is_active": False, "note": "They asked."})
    assert (changed.status_code, changed.get_json()["note"]) == (200, "They asked.")
    assert changed.get_json()["disabled_at"] is not None
    with write(sqlite_engine) as connection:
        assert boards.follow(connection, ["stripe"], AT) == [], "following does not wake it"
    tag = changed.headers["ETag"]
    enabled = client.patch(ADDRESS, headers=bearer(admin_token, **{"If-Match": tag}), json={"is_active": True})
    assert (enabled.get_json()["is_active"], enabled.get_json()["note"]) == (True, "They asked.")
    stale = client.patch(ADDRESS, headers=bearer(admin_token, **{"If-Match": tag}), json={"note": ""})
    problem(stale, 412)
    with read(sqlite_engine) as connection:
        assert boards.one(connection, BOARD).active


def test_what_is_wrong_is_said_in_the_promised_order(client: FlaskClient, ada_token: str, admin_token: str) -> None:
    nowhere = "/api/v1/boards/greenhouse/none"
    problem(client.patch(nowhere, data="{"), 401)
    problem(client.patch(nowhere, headers=bearer(ada_token), data="{"), 403)
    problem(client.patch(nowhere, headers=bearer(admin_token), data="{"), 404)
    problem(client.patch(ADDRESS, headers=bearer(admin_token), data="{"), 415)
    assert fields(client.patch(ADDRESS, headers=bearer(admin_token), json={"is_active": 1, "x": 2})) == [
        "is_active", "x"
    ]  # fmt: skip
    problem(client.patch(ADDRESS, headers=bearer(admin_token), json={}), 422)
    problem(client.get("/api/v1/boards/greenhouse/none"), 404)
    problem(client.get("/api/v1/boards/greenhouse/%00"), 404)
