"""Every source: a list of the right outer shape with anything at all among its postings never loses the others."""

import html
import math
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import orjson
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crawler.collector import Collector
from crawler.outcomes import PRECEDENCE
from crawler.shape import Answer, Ask, Board
from crawler.sources import load_source, source_names
from crawler.wanted import Wanted

FIXTURES = Path(__file__).parents[2] / "fixtures" / "sources"
LISTS: dict[str, tuple[str, tuple[str, ...]]] = {  # the answer, and where in it the postings are
    "amazon": ("page1.json", ("jobs",)),
    "ashby": ("response.json", ("jobs",)),
    "bamboohr": ("list.json", ("result",)),
    "breezy": ("response.json", ()),
    "greenhouse": ("response.json", ("jobs",)),
    "hackernews": ("thread.json", ("children",)),
    "lever": ("response.json", ()),
    "recruitee": ("response.json", ("offers",)),
    "remoteok": ("response.json", ()),
    "smartrecruiters": ("page1.json", ("content",)),
    "teamtailor": ("page1.json", ("items",)),
    "workable": ("response.json", ("jobs",)),
    "workday": ("list.json", ("jobPostings",)),
}
MARKUP = {  # the answer, and what a posting stands behind in it
    "browser": ("rendered.html", b'<div id="jobs">'),
    "jsonld": ("nurse.html", b"<title>Nurse</title>"),
    "page": ("page1.html", b'<ul class="openings">'),
    "personio": ("bare.xml", b"<workzag-jobs>"),
    "weworkremotely": ("feed.xml", b"<channel>"),
}
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30)
)
ANYTHING = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=4), max_leaves=8)  # fmt: skip  # noqa: E501
FEW = settings(
    max_examples=10, phases=[Phase.generate], deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


def ids_of(name: str, file: str, body: bytes) -> set[str]:
    """The postings that are read from one answer, by their lists alone where postings have pages of their own."""
    case = orjson.loads((FIXTURES / name / "case.json").read_bytes())
    board = Board(source=name, token=case["token"])
    source = load_source(name)
    address = next(url for url, answer in case["answers"].items() if answer == file)
    url = address if "://" in address else f"https://board.example{address}"
    first = source.start(board)[0]
    collector = Collector(source=source, board=board, wanted=Wanted(), write=len, deadline=math.inf)
    collector.answers += 1
    ask = Ask(url=url, rules=first.rules, method=first.method, body=first.body)
    page = source.read(Answer(ask=ask, url=url, body=body))
    collector.take(page)
    for further in page.more:
        if further.row is not None:
            collector.take_alone(further, "not_found", "status 404")
    assert collector.outcome().name in PRECEDENCE
    return set(collector.ids)


@st.composite
def odd_rows(draw: st.DrawFn, good: list[Any]) -> list[Any]:
    """Anything, or a good posting (under another id) of which some fields hold anything."""
    rows = []
    for _ in range(draw(st.integers(1, 3))):
        row = draw(st.sampled_from(good))
        if draw(st.booleans()) or not isinstance(row, dict):
            rows.append(draw(ANYTHING))
        else:
            changed = draw(st.dictionaries(st.sampled_from(sorted(row)), ANYTHING, min_size=1, max_size=4))
            rows.append(row | changed)
    return rows


@pytest.mark.parametrize("name", sorted(LISTS))
@FEW
@given(data=st.data())
def test_odd_rows_in_a_list_leave_the_others(name: str, data: st.DataObject) -> None:
    file, path = LISTS[name]
    document = orjson.loads((FIXTURES / name / file).read_bytes())
    holder: Any = {"": document}
    key = ""
    for step in path:
        holder, key = holder[key], step
    good = holder[key]
    known = ids_of(name, file, orjson.dumps(document))
    assert known

    place = data.draw(st.integers(0, len(good))) if name != "remoteok" else len(good)  # its first row is no posting
    odd = data.draw(odd_rows(good))
    holder[key] = [*good[:place], *(row for row in odd if is_new(row, good)), *good[place:]]

    assert ids_of(name, file, as_bytes(holder[""] if not path else document)) >= known


def is_new(row: Any, good: list[Any]) -> bool:
    """A row that repeats all fields by which a vendor tells postings apart is that posting, not its neighbour."""
    return row not in good


def as_bytes(document: Any) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS, default=str)


@pytest.mark.parametrize("name", sorted(MARKUP))
@FEW
@given(text=st.text(max_size=60), number=st.integers(0, 10**9), inner=ANYTHING)
def test_an_odd_element_leaves_the_others(name: str, text: str, number: int, inner: Any) -> None:
    file, mark = MARKUP[name]
    body = (FIXTURES / name / file).read_bytes()
    assert mark in body
    markup = orjson.dumps({"@type": "JobPosting", "title": inner}).decode()
    shown = html.escape(text)
    odd = {
        "browser": f"<article><h2><a href={html.escape(repr(text))}>{html.escape(text)}</a></h2></article>",
        "jsonld": f'<script type="application/ld+json">{markup}</script>',
        "page": f"<li data-number='{number}'><h3>{shown}</h3><a class=more href='{shown}'>x</a></li>",
        "personio": f"<position><id>{number}</id><name>{escape(printable(text))}</name></position><position/>",
        "weworkremotely": f"<item><title>{escape(printable(text))}</title></item><item/>",
    }[name]  # fmt: skip
    assert ids_of(name, file, body.replace(mark, mark + odd.encode("utf-8", "replace"), 1)) >= ids_of(name, file, body)


def printable(text: str) -> str:
    """What XML can hold; what it cannot makes the whole document unreadable, by its own rules."""
    return "".join(letter for letter in text if letter.isprintable())


def test_every_source_is_in_one_of_the_tables() -> None:
    assert sorted([*LISTS, *MARKUP]) == sorted(source_names())
