"""Boards that misbehave, closely looked at: what is printed and counted. The whole set is crawled by hostile_set.py."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.component.crawl.conftest import Fetched, HostileBoard, body, fetch
from tests.component.crawl.hostile_answers import in_turn

LEVER = "/v0/postings/acme"
GREENHOUSE = "/v1/boards/acme/jobs"
FIXTURES = Path(__file__).parents[2] / "fixtures" / "sources"
BOARD = (FIXTURES / "lever" / "response.json").read_bytes()


def expect(fetched: Fetched, name: str) -> None:
    assert (fetched.name, fetched.exit_code) == (name, 1), (fetched.outcome, fetched.errors)
    assert fetched.errors == ""


def test_a_length_above_the_limit_is_refused_before_it_is_read(hostile: HostileBoard) -> None:
    hostile.paths[LEVER] = body(BOARD)
    expect(fetch(hostile, "lever", "acme", max_bytes=1000), "too_large")


def test_a_refused_connection_is_network(hostile: HostileBoard) -> None:
    expect(fetch(hostile, "lever", "acme", base_url="http://127.0.0.1:1"), "network")


def test_fewer_rows_than_declared_is_short_and_still_prints_what_came(hostile: HostileBoard) -> None:
    document = json.loads((FIXTURES / "greenhouse" / "response.json").read_bytes())
    document["meta"]["total"] = 5
    hostile.paths[GREENHOUSE] = body(json.dumps(document).encode())
    fetched = fetch(hostile, "greenhouse", "acme")
    expect(fetched, "short")
    assert len(fetched.postings) == 3
    assert (fetched.outcome["received"], fetched.outcome["total"], fetched.outcome["skipped"]) == (4, 5, 1)


def test_an_empty_list_is_success_without_postings(hostile: HostileBoard) -> None:
    hostile.paths[LEVER] = body(b"[]")
    fetched = fetch(hostile, "lever", "acme")
    assert (fetched.name, fetched.exit_code, fetched.postings) == ("success", 0, [])


def test_trouble_that_passes_is_retried(hostile: HostileBoard) -> None:
    busy, asked_to_wait = body(b"busy", status=503), body(b"slow down", status=429, Retry_After="0")
    hostile.paths[LEVER] = in_turn(busy, asked_to_wait, body(BOARD))
    fetched = fetch(hostile, "lever", "acme")
    assert (fetched.name, len(fetched.postings)) == ("success", 2)


def test_a_long_retry_after_is_not_waited_for_but_passed_on(hostile: HostileBoard) -> None:
    hostile.paths[LEVER] = body(b"slow down", status=429, Retry_After="900")
    fetched = fetch(hostile, "lever", "acme")
    expect(fetched, "blocked")
    assert fetched.outcome["retry_after"] == 900


@pytest.mark.parametrize(
    ("encoding", "kind"),
    [("utf-8", "application/json"), ("cp1252", "application/json"), ("utf-16", "application/json; charset=utf-16"),
     ("utf-8-sig", "application/json"), ("shift-jis", "application/json; charset=shift_jis")],
)  # fmt: skip
def test_any_encoding_is_read(hostile: HostileBoard, encoding: str, kind: str) -> None:
    title = "エンジニア" if encoding == "shift-jis" else "Ingénieur – Zürich"
    document = json.loads(BOARD)
    document[0]["text"] = title
    hostile.paths[LEVER] = body(
        json.dumps([document[0]], ensure_ascii=False).replace("€", "").encode(encoding), kind=kind
    )
    fetched = fetch(hostile, "lever", "acme")
    assert [posting["title"] for posting in fetched.postings] == [title]


def test_one_bad_posting_never_loses_the_others(hostile: HostileBoard) -> None:
    good = json.loads(BOARD)[0]
    bad: list[Any] = [
        None,
        7,
        "x",
        [],
        {},
        good | {"id": "2", "text": ""},
        good | {"id": "3", "categories": 5, "lists": {"a": 1}},
    ]
    hostile.paths[LEVER] = body(json.dumps([*bad, good]).encode())
    fetched = fetch(hostile, "lever", "acme")
    assert good["id"] in [posting["external_id"] for posting in fetched.postings]
    assert fetched.name == "success"
    assert fetched.outcome["skipped"] >= 6


def test_rows_that_repeat_an_id_are_one_posting_and_do_not_make_the_board_short(hostile: HostileBoard) -> None:
    document = json.loads((FIXTURES / "greenhouse" / "response.json").read_bytes())
    row = document["jobs"][0]
    jobs = [row | {"location": {"name": name}} for name in ("Madrid, Spain", "Lisbon, Portugal")]
    hostile.paths[GREENHOUSE] = body(json.dumps({"jobs": jobs, "meta": {"total": 2}}).encode())
    fetched = fetch(hostile, "greenhouse", "acme")
    assert fetched.name == "success"
    assert [[place["country"] for place in posting["locations"]] for posting in fetched.postings] == [["ES", "PT"]]


def test_deep_and_huge_descriptions_cost_little(hostile: HostileBoard) -> None:
    row = json.loads(BOARD)[0] | {
        "description": "<div>" * 60_000 + "deep" + "<b>" * 60_000,
        "lists": [],
        "additional": "",
    }
    wide = row | {"id": "2", "description": "<p>" + "<br>" * 200_000 + "wide", "additional": "<p>x</p>" * 100_000}
    hostile.paths[LEVER] = body(json.dumps([row, wide]).encode())
    fetched = fetch(hostile, "lever", "acme")
    assert len(fetched.postings) == 2
    assert fetched.outcome["seconds"] < 20


def test_pages_that_come_round_again_end_the_crawl(hostile: HostileBoard) -> None:
    page = json.loads((FIXTURES / "amazon" / "page1.json").read_bytes()) | {"hits": 500}
    hostile.paths["/en/search.json"] = body(json.dumps(page).encode())
    fetched = fetch(hostile, "amazon", "amazon")
    expect(fetched, "short")
    assert len(fetched.postings) == 2
    assert hostile.asked.count("/en/search.json") == 2
