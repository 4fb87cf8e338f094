"""A board that has not changed costs one conditional request, or one hash; its postings stay as they are."""

import json
from http.server import BaseHTTPRequestHandler
from typing import Any

import orjson
import pytest

from crawler.ingest import Crawl, Ingested, ingest
from crawler.progress import silent
from jobalerts.mongo.store import PostingStore
from tests.component.crawl.conftest import Fetched, HostileBoard, body, fetch

SITE = "https://acme.example/jobs"


def _rows(**names: str) -> list[dict[str, Any]]:
    values = {"id": "{}", "title": "Engineer {}", "url": f"{SITE}/{{}}"}
    return [{names[key]: value.format(number) for key, value in values.items()} for number in range(3)]


LISTS: dict[str, tuple[str, Any]] = {
    "greenhouse": ("/v1/boards/acme/jobs", {"jobs": _rows(id="id", title="title", url="absolute_url")}),
    "lever": ("/v0/postings/acme", _rows(id="id", title="text", url="hostedUrl")),
    "ashby": ("/posting-api/job-board/acme", {"jobs": _rows(id="id", title="title", url="jobUrl")}),
}


def conditional(content: bytes, etag: str) -> Any:
    """As servers answer that know the version somebody has."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == etag
        answer = body(b"", status=304) if known else body(content, ETag=etag)
        answer(handler)

    return respond


def store_it(found: Fetched, mongo: PostingStore, source: str, epoch: int) -> Ingested:
    lines = [orjson.dumps(one) for one in (*found.postings, found.outcome)]
    crawl = Crawl(board=f"{source}/acme", epoch=epoch, is_demo=False, is_filtered=False)
    return ingest(lines, mongo, crawl, silent)


@pytest.mark.parametrize("says_so", [True, False], ids=["by 304", "by hash"])
@pytest.mark.parametrize("source", LISTS)
def test_second_crawl_of_an_unchanged_board_is_one_request_and_no_posting(
    hostile: HostileBoard, mongo: PostingStore, source: str, says_so: bool
) -> None:
    path, listed = LISTS[source]
    content = json.dumps(listed).encode()
    hostile.paths[path] = conditional(content, '"one"') if says_so else body(content)
    first = store_it(fetch(hostile, source, "acme"), mongo, source, 1)
    assert (first.outcome.name, first.saved.new) == ("success", 3 if first.saved.new else 0)
    assert mongo.board_state(f"{source}/acme").robots == "is not there, so all may be read"
    known = mongo.answer_of(f"{source}/acme")
    assert known is not None

    hostile.asked.clear()
    second = fetch(hostile, source, "acme", known=known[0])
    assert hostile.asked.count(path) == 1
    assert set(hostile.asked) <= {path, "/robots.txt"}
    assert (second.name, second.postings) == ("success", [])
    ingested = store_it(second, mongo, source, 2)
    assert (ingested.outcome.name, ingested.saved.seen, ingested.closed) == ("success", 3, 0)
    state = mongo.board_state(f"{source}/acme")
    assert (state.open_count, state.last_records[-1].is_unchanged, state.last_records[-1].complete) == (3, True, True)
    assert mongo.answer_of(f"{source}/acme") == known, "it is read whole again a day after it was"

    content = content.replace(b"Engineer 2", b"Engineer 3")
    hostile.paths[path] = conditional(content, '"two"') if says_so else body(content)
    assert len(fetch(hostile, source, "acme", known=known[0]).postings) == 3


def test_a_board_of_which_a_posting_could_not_be_read_whole_is_read_again(
    hostile: HostileBoard, mongo: PostingStore
) -> None:
    rows = [{"id": str(number), "name": f"Cook {number}"} for number in range(11)]
    path = "/v1/companies/acme/postings"
    hostile.paths[path] = body(json.dumps({"totalFound": 11, "content": rows}).encode())
    hostile.paths |= {f"{path}/{row['id']}": body(json.dumps(row | {"jobAd": {}}).encode()) for row in rows[1:]}
    alone = fetch(hostile, "smartrecruiters", "acme")
    assert (alone.name, alone.outcome["alone"]) == ("success", 1)
    store_it(alone, mongo, "smartrecruiters", 1)
    assert mongo.answer_of("smartrecruiters/acme") is None
    hostile.paths[f"{path}/0"] = body(json.dumps(rows[0] | {"jobAd": {}}).encode())
    store_it(fetch(hostile, "smartrecruiters", "acme"), mongo, "smartrecruiters", 2)
    assert mongo.answer_of("smartrecruiters/acme") is not None
