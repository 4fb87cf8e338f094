"""What makes a crawl suspicious, on both sides of every boundary."""

from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobalerts.domain.crawls import FIELDS, CrawlRecord, filled_of
from jobalerts.domain.doubts import Counted, doubts, expected_range

NOW = datetime(2026, 3, 1, tzinfo=UTC)
FULL = {"salary": 60, "place": 100, "text": 100}


def a_crawl(hours_ago: float = 6, **given: Any) -> CrawlRecord:
    values: dict[str, Any] = {
        "epoch": 1, "outcome": "success", "seen": 100, "new": 0, "changed": 0, "closed": 0, "skipped": 0,
        "seconds": 1.0, "complete": given.get("outcome", "success") == "success",
    }  # fmt: skip
    return CrawlRecord(at=NOW - timedelta(hours=hours_ago), **values | given)


def kinds(counted: Counted, *history: CrawlRecord, open_before: int = 0) -> set[str]:
    return {doubt.kind for doubt in doubts(counted, history, open_before=open_before, now=NOW)}


@pytest.mark.parametrize(
    ("before", "seen", "is_doubted"),
    [(100, 50, False), (100, 49, True), (20, 9, True), (20, 10, False), (19, 0, False)],
)
def test_far_fewer_postings_than_the_crawl_before(before: int, seen: int, is_doubted: bool) -> None:
    assert kinds(Counted(seen=seen), a_crawl(seen=before)) == ({"few"} if is_doubted else set())
    assert kinds(Counted(seen=seen), open_before=before) == ({"few"} if is_doubted else set())


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    ("used_to", "filled", "is_doubted"), [(10, 2, True), (10, 3, False), (9, 0, False), (40, 9, True), (40, 10, False)]
)
def test_field_that_used_to_be_filled(field: str, used_to: int, filled: int, is_doubted: bool) -> None:
    before = a_crawl(filled=dict.fromkeys(FIELDS, 0) | {field: used_to})
    now = Counted(seen=100, filled=dict.fromkeys(FIELDS, 0) | {field: filled})
    assert kinds(now, before) == ({field} if is_doubted else set())


def test_board_that_never_had_the_field_or_never_counted_it_is_not_doubted() -> None:
    nothing = Counted(seen=100, filled=dict.fromkeys(FIELDS, 0))
    assert kinds(nothing) == set()
    assert kinds(nothing, a_crawl(filled=None)) == set()
    assert kinds(nothing, a_crawl(filled=FULL | {"salary": 0})) == {"place", "text"}
    assert kinds(Counted(seen=100, filled=None), a_crawl(filled=FULL)) == set()


def test_field_that_comes_and_goes_is_measured_by_the_lowest_of_three_crawls() -> None:
    low, high = a_crawl(18, filled=FULL | {"salary": 1}), a_crawl(6, filled=FULL)
    gone = Counted(seen=100, filled=FULL | {"salary": 0})
    assert kinds(gone, low, a_crawl(12, filled=FULL), high) == set()
    assert kinds(gone, low, a_crawl(16, filled=FULL), a_crawl(12, filled=FULL), high) == {"salary"}


@pytest.mark.parametrize(
    ("seen", "skipped", "is_doubted"), [(27, 3, False), (26, 3, True), (2, 2, False), (0, 3, True), (900, 100, False)]
)
def test_many_rows_that_cannot_be_read(seen: int, skipped: int, is_doubted: bool) -> None:
    assert kinds(Counted(seen=seen, skipped=skipped)) == ({"unreadable"} if is_doubted else set())


def test_board_with_rows_that_never_could_be_read_is_doubted_when_they_more_than_double() -> None:
    usual = a_crawl(seen=80, skipped=20)
    assert kinds(Counted(seen=60, skipped=40), usual) == set()
    assert kinds(Counted(seen=59, skipped=41), usual) == {"unreadable"}


def test_what_is_doubted_for_a_day_is_believed_and_only_that() -> None:
    gone = Counted(seen=40, filled=FULL | {"salary": 0})
    before = a_crawl(30, filled=FULL)
    doubted = a_crawl(24, outcome="suspicious", doubts=("salary",))
    later = a_crawl(6, outcome="suspicious", doubts=("salary", "few"))
    assert kinds(gone, before, doubted, later) == {"few"}
    assert kinds(gone, before, a_crawl(23.9, outcome="suspicious", doubts=("salary",))) == {"few", "salary"}


def test_failed_and_filtered_crawls_are_no_measure_and_one_that_reads_what_it_can_is() -> None:
    few = Counted(seen=10)
    assert kinds(few, a_crawl(outcome="short"), a_crawl(complete=False)) == set()
    assert kinds(few, a_crawl(complete=False, as_far_as_it_goes=True)) == {"few"}


def test_expected_range_is_from_half_to_twice_the_last_crawl_that_counts() -> None:
    def found(*seen: int) -> tuple[int, int] | None:
        expected = expected_range(
            [a_crawl(hours, seen=one) for hours, one in zip(range(99, 0, -1), seen, strict=False)]
        )
        return (expected.low, expected.high) if expected else None

    assert found() is None
    assert (found(500, 101), found(20), found(19), found(0)) == ((51, 202), (10, 40), (1, 40), (0, 40))


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_crawl_below_the_expected_range_of_a_large_board_is_doubted_and_no_other(before: int, seen: int) -> None:
    history = a_crawl(seen=before)
    expected = expected_range([history])
    assert expected is not None
    assert kinds(Counted(seen=seen), history) == ({"few"} if before >= 20 and seen < expected.low else set())


@given(st.lists(st.integers(0, 100), min_size=1, max_size=3), st.integers(1, 300), st.integers(0, 300))
def test_share_of_a_field_counts_and_not_its_number(before: list[int], seen: int, filled: int) -> None:
    history = [a_crawl(9 - number, filled={"salary": one}) for number, one in enumerate(before)]
    expected = min(before) * seen / 100
    now = Counted(seen=seen, filled={"salary": min(filled, seen)})
    is_doubted = min(before) * seen >= 1000 and min(filled, seen) * 400 < min(before) * seen
    assert ("salary" in kinds(now, *history)) == is_doubted, expected


@given(st.integers(200, 1000), st.lists(st.floats(0.25, 4), max_size=30))
def test_field_that_fades_by_no_more_than_three_quarters_a_crawl_is_never_doubted(
    start: int, steps: list[float]
) -> None:
    history = [a_crawl(500, seen=1000, filled={"salary": start})]
    for number, step in enumerate(steps):
        last = (history[-1].filled or {})["salary"]
        filled = {"salary": min(1000, ceil(last * step))}
        assert kinds(Counted(seen=1000, filled=filled), *history) == set()
        history.append(a_crawl(400 - number, seen=1000, filled=filled))


def test_pay_place_and_text_are_counted_and_remote_is_a_place() -> None:
    empty: dict[str, Any] = {"salary": None, "locations": [], "workplace": None, "description_text": ""}
    remote = empty | {"workplace": "remote", "salary": {"min": 1}}
    placed = empty | {"locations": [{"text": "Berlin"}], "workplace": "hybrid", "description_text": "x"}
    assert filled_of([empty, remote, placed]) == {"salary": 1, "place": 2, "text": 1}
