"""Boards whose list says little, so that each posting is asked for: what happens when that fails."""

import json
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from tests.component.crawl.conftest import Fetched, HostileBoard, body, fetch

LIST = "/v1/companies/acme/postings"
JOBS = "/wday/cxs/acme/Careers/jobs"


def a_row(number: int) -> dict[str, Any]:
    return {"id": str(number), "name": f"Cook {number}", "location": {"city": "Paris", "country": "fr"}}


def a_detail(number: int) -> bytes:
    text = {"jobDescription": {"title": "Job Description", "text": "<p>You cook.</p>"}}
    return json.dumps(a_row(number) | {"jobAd": {"sections": text}}).encode()


def a_board(board: HostileBoard, count: int) -> None:
    rows = [a_row(number) for number in range(count)]
    board.paths[LIST] = body(json.dumps({"totalFound": count, "content": rows}).encode())
    board.paths |= {f"{LIST}/{number}": body(a_detail(number)) for number in range(count)}


def texts(fetched: Fetched) -> list[str]:
    return [posting["description_text"] for posting in fetched.postings]


def test_postings_that_close_between_list_and_page_are_kept_and_the_crawl_is_whole(hostile: HostileBoard) -> None:
    a_board(hostile, 20)
    hostile.paths[f"{LIST}/3"] = body(b"{}", status=404)
    hostile.paths[f"{LIST}/4"] = body(b"<html>gone</html>")
    fetched = fetch(hostile, "smartrecruiters", "acme")
    assert (fetched.name, fetched.outcome["alone"], fetched.outcome["parts"]) == ("success", 2, {"": True})
    assert (len(fetched.postings), texts(fetched).count("")) == (20, 2)


def test_a_crawl_in_which_many_pages_are_gone_succeeds_but_is_not_whole(hostile: HostileBoard) -> None:
    a_board(hostile, 4)
    for number in (0, 1):
        hostile.paths[f"{LIST}/{number}"] = body(b"{}", status=410)
    fetched = fetch(hostile, "smartrecruiters", "acme")
    assert (fetched.exit_code, fetched.name, fetched.outcome["parts"]) == (0, "success", {"": False})
    assert len(fetched.postings) == 4


@pytest.mark.parametrize(
    ("answer", "name", "kept"),
    [
        (body(b"oops", status=500), "network", 4),
        (body(b'{"message": "changed"}', status=400), "malformed", 4),
        (body(b"slower", status=429), "blocked", 2),
    ],
)
def test_pages_that_fail_name_the_crawl_and_only_a_refusal_loses_postings(
    hostile: HostileBoard, answer: Any, name: str, kept: int
) -> None:
    a_board(hostile, 4)
    for number in (0, 1):
        hostile.paths[f"{LIST}/{number}"] = answer
    fetched = fetch(hostile, "smartrecruiters", "acme")
    assert (fetched.name, fetched.exit_code, fetched.outcome["parts"]) == (name, 1, {"": False})
    assert len(fetched.postings) == kept


def workday_list(hostile: HostileBoard, total: int, last: int, *, later_total: int) -> None:
    """Answers pages of 20 of `last` postings, and the first page again for offsets beyond them."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        asked = json.loads(handler.posted)  # type: ignore[attr-defined]  # set by the fixture's handler
        assert set(asked) == {"appliedFacets", "limit", "offset", "searchText"}
        offset = asked["offset"] if asked["offset"] < last else 0
        rows = [
            {"title": "Cook", "externalPath": f"/job/Paris/Cook_R-{number}", "bulletFields": [f"R-{number}"]}
            for number in range(offset, min(offset + asked["limit"], last))
        ]
        said = total if asked["offset"] == 0 else later_total
        body(json.dumps({"total": said, "jobPostings": rows}).encode())(handler)

    hostile.paths[JOBS] = respond
    for number in range(last):
        document = {"jobPostingInfo": {"jobDescription": "<p>You cook.</p>", "startDate": "2026-08-02"}}
        path = JOBS.removesuffix("/jobs") + f"/job/Paris/Cook_R-{number}"
        hostile.paths[path] = body(json.dumps(document).encode())


def test_a_total_of_zero_on_later_pages_ends_nothing(hostile: HostileBoard) -> None:
    workday_list(hostile, 45, 45, later_total=0)
    fetched = fetch(hostile, "workday", "acme.wd3/Careers")
    assert (fetched.name, len(fetched.postings), set(texts(fetched))) == ("success", 45, {"You cook."})
    assert fetched.outcome["parts"] == {"": True}


def test_a_list_that_begins_again_is_left_and_known_to_be_short(hostile: HostileBoard) -> None:
    workday_list(hostile, 100, 40, later_total=100)
    fetched = fetch(hostile, "workday", "acme.wd3/Careers")
    assert (fetched.name, len(fetched.postings), hostile.asked.count(JOBS)) == ("short", 40, 3)


def test_a_long_list_that_has_not_changed_is_all_that_is_asked_for(hostile: HostileBoard) -> None:
    workday_list(hostile, 45, 45, later_total=0)
    known = fetch(hostile, "workday", "acme.wd3/Careers").outcome["answer"]
    hostile.asked.clear()
    again = fetch(hostile, "workday", "acme.wd3/Careers", known=known)
    assert (again.name, again.outcome["is_unchanged"], again.postings) == ("success", True, [])
    assert hostile.asked.count(JOBS) == 3
    assert set(hostile.asked) == {"/robots.txt", JOBS}
    workday_list(hostile, 46, 46, later_total=0)
    more = fetch(hostile, "workday", "acme.wd3/Careers", known=known)
    assert (more.outcome["is_unchanged"], len(more.postings), set(texts(more))) == (False, 46, {"You cook."})


def test_a_list_that_might_be_unchanged_and_begins_again_is_left_as_well(hostile: HostileBoard) -> None:
    workday_list(hostile, 40, 40, later_total=40)
    known = fetch(hostile, "workday", "acme.wd3/Careers").outcome["answer"]
    workday_list(hostile, 100, 40, later_total=100)
    hostile.asked.clear()
    short = fetch(hostile, "workday", "acme.wd3/Careers", known=known)
    assert (short.name, short.outcome["is_unchanged"], hostile.asked.count(JOBS)) == ("short", False, 3)
    assert len(short.postings) == 40


def test_a_row_that_cannot_be_read_keeps_no_other_posting_from_being_asked_for(hostile: HostileBoard) -> None:
    a_board(hostile, 2)
    rows = [a_row(0), {"name": "Without an id"}, a_row(1)]
    hostile.paths[LIST] = body(json.dumps({"totalFound": 3, "content": rows}).encode())
    fetched = fetch(hostile, "smartrecruiters", "acme")
    assert (fetched.name, fetched.outcome["skipped"]) == ("success", 1)
    assert [bool(text) for text in texts(fetched)] == [True, True]


def test_a_token_of_another_form_says_how_it_is_written(hostile: HostileBoard) -> None:
    fetched = fetch(hostile, "workday", "acme")
    assert fetched.name == "not_found"
    assert "tenant.wdN/site" in fetched.outcome["detail"]
