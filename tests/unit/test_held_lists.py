"""When pages of a list that may be unchanged are read after all."""

import json
import time

from crawler.collector import Collector
from crawler.large_lists import LONG
from crawler.shape import Answer, Ask, Board
from crawler.sources import load_source
from crawler.unchanged import Answers
from crawler.wanted import Wanted

ASK = Ask(url="https://api.lever.co/v0/postings/acme?mode=json")
ROWS = [{"id": str(number), "text": "Cook", "hostedUrl": f"https://acme.example/{number}"} for number in range(3)]


def a_collector(known: dict[str, str] | None, lines: list[bytes]) -> Collector:
    board = Board(source="lever", token="acme")
    collector = Collector(
        source=load_source("lever"),
        board=board,
        wanted=Wanted(),
        write=lines.append,
        deadline=time.monotonic() + 60,
        lists=Answers(known=known),
    )
    collector.lists.lists = 1
    return collector


def an_answer(padding: int = 0) -> Answer:
    return Answer(ask=ASK, url=ASK.url, body=b" " * padding + json.dumps(ROWS).encode())


def known_to_a_first_crawl() -> dict[str, str] | None:
    collector = a_collector(None, [])
    collector.follow(an_answer())
    return collector.lists.to_know


def test_pages_are_held_until_the_last_has_come_and_then_say_the_same() -> None:
    lines: list[bytes] = []
    collector = a_collector(known_to_a_first_crawl(), lines)
    collector.follow(an_answer())
    collector.let_go()
    assert (collector.lists.is_unchanged, lines) == (True, [])


def test_pages_let_go_before_the_last_has_come_are_read_whatever_they_say() -> None:
    lines: list[bytes] = []
    collector = a_collector(known_to_a_first_crawl(), lines)
    collector.lists.waiting = 1
    collector.follow(an_answer())
    collector.let_go()
    assert not collector.lists.is_unchanged
    assert b"".join(lines).count(b"\n") == len(ROWS)


def test_a_page_is_late_once_half_of_the_time_has_passed() -> None:
    collector = a_collector(None, [])
    assert not collector.is_late
    collector.began -= 100
    assert collector.is_late


def test_a_very_long_answer_is_read_at_once() -> None:
    lines: list[bytes] = []
    collector = a_collector(known_to_a_first_crawl(), lines)
    collector.lists.waiting = 1
    collector.follow(an_answer(LONG))
    assert b"".join(lines).count(b"\n") == len(ROWS)


def test_after_a_failure_nothing_is_unchanged() -> None:
    lines: list[bytes] = []
    collector = a_collector(known_to_a_first_crawl(), lines)
    collector.follow(an_answer())
    collector.fail("network", "status 500")
    collector.let_go()
    assert not collector.lists.is_unchanged
    assert lines
