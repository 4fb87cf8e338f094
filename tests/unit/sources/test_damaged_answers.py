"""Answers of every source, damaged: whatever comes, reading ends, and only in ways that have a name."""

import math
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.collector import Collector
from crawler.outcomes import PRECEDENCE, Unreadable
from crawler.shape import Answer, Ask, Board
from crawler.sources import load_source, source_names
from crawler.wanted import Wanted

FIXTURES = Path(__file__).parents[2] / "fixtures" / "sources"
PIECES = (
    b"",
    b"null",
    b'""',
    b"[]",
    b"{}",
    b"0",
    b"-1e999",
    b"<",
    b">",
    b'"',
    b"\x00",
    b"\xff",
    b"&#x0;",
    b"\\ud800",
    b"]]>",
)


def answers_of(name: str) -> list[tuple[str, bytes]]:
    case = orjson.loads((FIXTURES / name / "case.json").read_bytes())
    return [(url, (FIXTURES / name / file).read_bytes()) for url, file in case["answers"].items()]


@st.composite
def damaged(draw: st.DrawFn, bodies: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """One of the fixture's answers with a few stretches replaced, or cut off."""
    url, body = draw(st.sampled_from(bodies))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(0, len(body) - 1)))
        end = start + draw(st.integers(0, 40))
        body = body[:start] + draw(st.sampled_from(PIECES) | st.binary(max_size=4)) + body[end:]
    return url, body[: draw(st.integers(0, len(body)))] if draw(st.booleans()) else body


@pytest.mark.parametrize("name", source_names())
@settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_answer_is_read_or_has_a_name(name: str, data: st.DataObject) -> None:
    url, body = data.draw(damaged(answers_of(name)))
    source = load_source(name)
    token = orjson.loads((FIXTURES / name / "case.json").read_bytes())["token"]
    board = Board(source=name, token=token)
    first = source.start(board)[0]
    address = url if "://" in url else f"https://board.example{url}"
    collector = Collector(source=source, board=board, wanted=Wanted(), write=len, deadline=math.inf)
    ask = Ask(url=address, rules=first.rules, method=first.method, body=first.body)
    collector.answers += 1
    try:
        collector.take(source.read(Answer(ask=ask, url=address, body=body)))
    except Unreadable as error:
        collector.fail(error.name, str(error))
    assert collector.outcome().name in PRECEDENCE
