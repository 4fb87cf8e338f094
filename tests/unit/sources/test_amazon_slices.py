"""Amazon answers no more than 10,000 hits, so a bigger board is read by country and then by category."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from crawler.outcomes import Unreadable
from crawler.shape import Answer, Ask, Board, Page
from crawler.sources.amazon import read, start


def answered(ask: Ask, **document: Any) -> Page:
    return read(Answer(ask=ask, url=ask.url, body=orjson.dumps({"error": None, "jobs": [], "facets": {}} | document)))


def query(ask: Ask) -> dict[str, list[str]]:
    return parse_qs(urlsplit(ask.url).query, keep_blank_values=True)


def facet(name: str, *values: str) -> dict[str, Any]:
    return {f"{name}_facet": [{value: 100} for value in values]}


def first() -> Ask:
    return start(Board(source="amazon", token="amazon"))[0]


def test_a_board_of_fewer_hits_is_read_page_by_page() -> None:
    page = answered(first(), hits=250, jobs=[{}] * 100)
    assert (len(page.rows), page.total, page.is_partial) == (100, 250, False)
    assert [query(ask)["offset"] for ask in page.more] == [["100"]]
    last = answered(page.more[0], hits=250, jobs=[{}] * 150)
    assert last.more == ()


def test_a_board_of_ten_thousand_hits_is_split_by_country_and_a_country_by_category() -> None:
    page = answered(first(), hits=10_000, jobs=[{}] * 100, facets=facet("normalized_country_code", "USA", "DEU"))
    assert (page.rows, page.total) == ((), None)
    assert [query(ask)["normalized_country_code[]"] for ask in page.more] == [["USA"], ["DEU"]]
    assert len({ask.part for ask in page.more}) == 2
    usa = answered(page.more[0], hits=10_000, facets=facet("category", "Sales", "Legal"))
    assert [(query(ask)["normalized_country_code[]"], query(ask)["category[]"]) for ask in usa.more] == [
        (["USA"], ["Sales"]),
        (["USA"], ["Legal"]),
    ]


def test_a_slice_that_cannot_be_split_is_read_as_far_as_it_goes_and_known_to_be_partial() -> None:
    page = answered(first(), hits=10_000, jobs=[{}] * 100)
    assert page.is_partial
    assert len(page.more) == 1
    end = Ask(url=page.more[0].url, seen=9_900)
    assert answered(end, hits=10_000, jobs=[{}] * 100).more == ()


def test_a_filter_in_the_token_is_sent() -> None:
    ask = start(Board(source="amazon", token="category[]=software-development"))[0]
    assert query(ask)["category[]"] == ["software-development"]


def test_the_error_of_the_site_is_told() -> None:
    with pytest.raises(Unreadable, match="Cannot return more than 10000"):
        answered(first(), jobs=None, error="Cannot return more than 10000 results at once")
