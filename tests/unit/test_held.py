"""Postings between reading and writing."""

from dataclasses import replace

import orjson

from crawler.drafts import Draft
from crawler.held import MOST_BYTES, Held
from crawler.postings import posting_from
from crawler.shape import Board
from crawler.wanted import Wanted
from jobalerts.domain.posting import Location

BOARD = Board(source="lever", token="acme")
ENGINEER = posting_from(
    Draft(external_id="1", title="Software Engineer", url="https://acme.example/1", html="<p>Work</p>"), BOARD
)
LONG = "x" * (MOST_BYTES // 4)


def test_postings_beyond_what_memory_may_hold_are_kept_whole_and_in_order() -> None:
    held = Held(Wanted())
    postings = [replace(ENGINEER, external_id=str(number), description_text=LONG) for number in range(8)]
    for posting in postings:
        held.put(posting)
    changed = replace(postings[2], title="Changed")
    held.put(changed)
    assert held.get("2") == changed
    assert held.get("7") == postings[7]
    assert [orjson.loads(line)["title"] for line in held.wanted()] == [
        "Changed" if number == 2 else "Software Engineer" for number in range(8)
    ]


def test_what_is_cleared_is_forgotten() -> None:
    held = Held(Wanted())
    held.put(ENGINEER)
    held.clear()
    assert (held.get("1"), list(held.wanted()), held.unwanted()) == (None, [], 0)


def test_a_posting_is_judged_as_it_was_put_last() -> None:
    held = Held(Wanted(location="Berlin"))
    held.put(ENGINEER)
    assert (held.unwanted(), list(held.wanted())) == (1, [])
    held.put(replace(ENGINEER, locations=in_berlin()))
    assert (held.unwanted(), len(list(held.wanted()))) == (0, 1)


def in_berlin() -> tuple[Location, ...]:
    return (Location(text="Berlin", city="Berlin", country="DE"),)
