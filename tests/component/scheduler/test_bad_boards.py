"""Boards that turn bad: people see what happened, no posting closes, and the other boards do not notice."""

import html
import json
from functools import partial
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr

from jobalerts.config import Settings
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import boards
from jobalerts.sql.engine import write
from tests.component.crawl.conftest import HostileBoard, Respond, body, hostile
from tests.component.scheduler.boards_on_loopback import postings_of
from tests.component.scheduler.conftest import Plant
from webapp.app import create_app
from webapp.services import now

__all__ = ["hostile"]

WITHIN_S = 120
LARGEST = 2**20


def good(board: str) -> bytes:
    return json.dumps(postings_of(board)).encode()


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Two gigabytes for who takes them."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Connection", "close")
    handler.end_headers()
    for _ in range(2048):
        handler.wfile.write(b" " * 2**20)


def cut_off(handler: BaseHTTPRequestHandler) -> None:
    content = good("cut")
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content[: len(content) // 2])
    handler.close_connection = True


def document(**changed: Any) -> Respond:
    return body(json.dumps(postings_of("x") | changed).encode())


# the board, what it answers the second time, the outcome, the status, and words that its page shows
BAD = [
    ("truncated", body(good("truncated")[:400]), "malformed", "retrying", "answer could not be read"),
    ("cut", cut_off, "malformed", "retrying", "answer could not be read"),
    (
        "captcha",
        body(b"<title>Robot Check</title>Type the captcha", kind="text/html"),
        "blocked",
        "retrying",
        "let us in",
    ),
    ("nothing", body(b""), "malformed", "retrying", "answer could not be read"),
    ("emptied", document(jobs=[], meta={"total": 0}), "empty", "retrying", "suddenly empty"),
    (
        "looping",
        body(b"", status=302, Location="/v1/boards/looping/jobs"),
        "network",
        "retrying",
        "could not be reached",
    ),
    ("endless", endless, "too_large", "retrying", "too big"),
    ("gone", body(b"{}", status=404), "not_found", "failed", "is gone"),
    ("short", document(meta={"total": 9}), "short", "retrying", "fewer postings than it says"),
]
NAMES = [name for name, *_rest in BAD]


@pytest.fixture
def pages(plant: Plant, mongo: PostingStore) -> FlaskClient:
    settings = Settings(jobalerts_home=plant.home, mongodb_url=SecretStr(plant.environment["MONGODB_URL"]))
    return create_app(settings, plant.engine, mongo, lambda: None).test_client()


@pytest.mark.parametrize("plant", ["embedded"], indirect=True)
def test_a_board_that_turns_bad_says_so_on_its_page_and_keeps_its_postings(
    plant: Plant, hostile: HostileBoard, mongo: PostingStore, pages: FlaskClient
) -> None:
    found = {name: add_board(plant, hostile, name) for name in [*NAMES, "sound"]}
    plant.start("scheduler")
    plant.start("worker", CRAWL_MAX_BYTES=str(LARGEST), WORKER_SLOTS="3")
    for name in found:
        hostile.paths[f"/v1/boards/{name}/jobs"] = body(good(name))
    crawl(plant, list(found.values()))
    assert {mongo.board_state(board).open_count for board in found.values()} == {3}

    for name, answer, *_rest in BAD:
        hostile.paths[f"/v1/boards/{name}/jobs"] = answer
    crawl(plant, list(found.values()))

    ended = {row.board: row for row in plant.tasks()}  # the later of each board
    for name, _answer, outcome, status, words in BAD:
        board = found[name]
        assert (name, ended[board].outcome, ended[board].status) == (name, outcome, status)
        for path in (f"/boards/{board}", "/boards", "/stats"):
            page = html.unescape(pages.get(path).text)
            assert f"{outcome}: " in page, (path, outcome)
            assert words in page, (path, words)
        state = mongo.board_state(board)
        assert (state.open_count, state.last_records[-1].outcome, state.last_records[-1].closed) == (3, outcome, 0)
    assert ended[found["sound"]].outcome == "success"


def add_board(plant: Plant, hostile: HostileBoard, name: str) -> str:
    with write(plant.engine) as connection:
        boards.put_company(connection, name)
        board = boards.put(
            connection, source="greenhouse", token=name, company=name, base_url=hostile.url, every_hours=6, now=now()
        )
        boards.enable(connection, board.id, now())
    return board.id


def crawl(plant: Plant, found: list[str]) -> None:
    """Have all of them crawled once, and wait for the end of each."""
    for task_id in [plant.crawl(board) for board in found]:
        plant.wait_for(partial(outcomes, plant, task_id), WITHIN_S, f"{task_id} has ended")


def outcomes(plant: Plant, task_id: str) -> list[str]:
    return [row.outcome for row in plant.tasks(task_id=task_id) if row.outcome]
