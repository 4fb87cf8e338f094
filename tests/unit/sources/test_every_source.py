"""Every source against the answers in its fixture folder; there is no test a source."""

import math
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson
import pytest

from crawler.collector import Collector
from crawler.outcomes import Unreadable
from crawler.shape import Answer, Ask, Board
from crawler.sources import load_source, source_names
from crawler.wanted import Wanted
from jobalerts.domain.posting import POSTING_KEYS

FIXTURES = Path(__file__).parents[2] / "fixtures" / "sources"


def load(name: str, file: str) -> Any:
    return orjson.loads((FIXTURES / name / file).read_bytes())


def answer_to(ask: Ask, name: str, answers: dict[str, str]) -> bytes | None:
    """The recorded file whose address (host when given, path, query pairs when given) fits what is asked."""
    asked = urlsplit(ask.url)
    for address, file in answers.items():
        given = urlsplit(address)
        fits = given.path == asked.path and given.netloc in {"", asked.netloc}
        if fits and set(parse_qsl(given.query)) <= set(parse_qsl(asked.query)):
            return (FIXTURES / name / file).read_bytes()
    return None


def read_board(name: str) -> tuple[Collector, list[dict[str, Any]]]:
    case = load(name, "case.json")
    lines: list[bytes] = []
    board = Board(source=name, token=case["token"])
    source = load_source(name)
    collector = Collector(source=source, board=board, wanted=Wanted(), write=lines.append, deadline=math.inf)
    waiting = list(source.start(board))
    while waiting:
        ask = waiting.pop(0)
        body = answer_to(ask, name, case["answers"])
        if body is None:
            assert ask.instead or ask.row, f"no answer is recorded for {ask.url}"
            waiting += ask.instead
            if ask.row:
                collector.take_alone(ask, "not_found", "status 404")
            continue
        collector.answers += 1
        page = source.read(Answer(ask=ask, url=ask.url, body=body))
        collector.take(page, ask.part)
        waiting += collector.to_ask(page.more)
    outcome = collector.outcome()
    assert outcome.name == "success", outcome
    assert outcome.skipped == case.get("skipped", 0)
    return collector, [orjson.loads(line) for line in b"".join(lines).splitlines()]


def test_sources_and_fixture_folders_are_the_same_set() -> None:
    assert set(source_names()) == {folder.name for folder in FIXTURES.iterdir() if folder.is_dir()}


@pytest.mark.parametrize("name", source_names())
def test_a_recorded_board_is_read_as_expected(name: str) -> None:
    _, postings = read_board(name)
    assert postings == load(name, "expected.json")


@pytest.mark.parametrize("name", source_names())
def test_every_posting_has_exactly_the_keys_of_the_contract(name: str) -> None:
    _, postings = read_board(name)
    assert postings
    assert all(tuple(posting) == POSTING_KEYS for posting in postings)


@pytest.mark.parametrize("name", source_names())
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"{}",
        b"null",
        b"[" * 100_000,
        b'{"jobs": null, "error": "no"}',
        b"<title>Robot Check</title>captcha",
    ],
)
def test_an_answer_that_is_no_board_is_never_a_success(name: str, body: bytes) -> None:
    source = load_source(name)
    board = Board(source=name, token=load(name, "case.json")["token"])
    collector = Collector(source=source, board=board, wanted=Wanted(), write=print, deadline=math.inf)
    collector.answers += 1
    ask = source.start(board)[0]
    try:
        collector.take(source.read(Answer(ask=ask, url=ask.url, body=body)))
    except Unreadable as error:
        collector.fail(error.name, str(error))
    outcome = collector.outcome()
    assert outcome.name in {"malformed", "blocked"}
    assert outcome.parts == {"": False}
