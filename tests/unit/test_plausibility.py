"""A crawl that says it went well is still not believed when it brings too little."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler import plausibility
from crawler.outcomes import Outcome
from jobalerts.domain.crawls import CrawlRecord
from jobalerts.mongo.boards import BoardState

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def judged(outcome: Outcome, before: BoardState, *, is_filtered: bool = False) -> Outcome:
    return plausibility.judged(outcome, before, is_filtered=is_filtered, now=NOW).outcome


def a_record(seen: int, hours_ago: float, outcome: str = "success") -> CrawlRecord:
    return CrawlRecord(
        at=NOW - timedelta(hours=hours_ago), epoch=1, outcome=outcome, seen=seen, new=0, changed=0, closed=0,
        skipped=0, seconds=1.0, complete=outcome == "success",
        doubts=("few",) if outcome == "suspicious" else (),
    )  # fmt: skip


def state(*records: CrawlRecord, open_count: int = 0) -> BoardState:
    first = records[0].at if records else None
    return BoardState(
        board="lever/acme", open_count=open_count, last_records=records, last_success_at=first, first_crawled_at=first
    )


def crawled(seen: int, name: str = "success") -> Outcome:
    return Outcome(name=name, received=seen, seen=seen)


def test_an_empty_board_is_a_success_only_if_nothing_was_open() -> None:
    assert judged(crawled(0), state()).name == "success"
    assert judged(crawled(0), state(a_record(0, 6))).name == "success"
    assert judged(crawled(0), state(a_record(3, 6), open_count=3)).name == "empty"


@pytest.mark.parametrize(
    ("before", "seen", "name"), [(100, 50, "success"), (100, 49, "suspicious"), (19, 1, "success")]
)
def test_less_than_half_of_what_a_large_board_had_is_suspicious(before: int, seen: int, name: str) -> None:
    assert judged(crawled(seen), state(a_record(before, 6), open_count=before)).name == name


def test_the_comparison_is_with_the_last_complete_crawl() -> None:
    history = state(a_record(100, 12), a_record(3, 6, "short"), open_count=100)
    assert judged(crawled(40), history).name == "suspicious"
    assert judged(crawled(90), history).name == "success"


def test_after_so_many_failures_that_no_complete_crawl_is_known_what_is_open_is_compared() -> None:
    failed = [a_record(0, hours, "blocked") for hours in range(30, 0, -1)]
    assert judged(crawled(49), state(*failed, open_count=100)).name == "suspicious"
    assert judged(crawled(50), state(*failed, open_count=100)).name == "success"
    in_part = replace(crawled(49), parts={"": False})
    assert judged(in_part, state(*failed, open_count=100)).name == "success", "it closes nothing"
    doubted = [*failed[:26], *(a_record(49, hours, "suspicious") for hours in (24, 18, 12, 6))]
    assert judged(crawled(49), state(*doubted, open_count=100)).name == "success"


def test_a_board_that_stays_small_for_a_day_is_believed() -> None:
    doubted = [a_record(40, hours, "suspicious") for hours in (23.5, 18, 12, 6)]
    assert judged(crawled(40), state(a_record(100, 30), *doubted, open_count=100)).name == "suspicious"
    doubted = [a_record(40, hours, "suspicious") for hours in (24, 18, 12, 6)]
    assert judged(crawled(40), state(a_record(100, 30), *doubted, open_count=100)).name == "success"


def test_a_filtered_crawl_and_a_failed_one_are_taken_as_they_are() -> None:
    history = state(a_record(100, 6), open_count=100)
    assert judged(crawled(0), history, is_filtered=True).name == "success"
    assert judged(crawled(0, "blocked"), history).name == "blocked"


def test_pay_that_is_suddenly_gone_and_rows_that_cannot_be_read_are_said_in_the_outcome() -> None:
    before = replace(a_record(100, 6), filled={"salary": 40})
    verdict = plausibility.judged(
        replace(crawled(95), skipped=12), state(before), is_filtered=False, now=NOW, filled={"salary": 2}
    )
    assert (verdict.outcome.name, verdict.doubts) == ("suspicious", ("salary", "unreadable"))
    assert "2 of 95 postings have pay, about 38 used to" in verdict.outcome.detail
    assert "12 of 107 postings could not be read" in verdict.outcome.detail


def test_crawl_that_comes_as_far_as_it_can_is_told_from_one_that_failed() -> None:
    def is_far(name: str, *, seen: int, whole: bool) -> bool:
        return plausibility.went_as_far_as_it_goes(replace(crawled(seen, name), parts={"": whole}))

    assert is_far("success", seen=2000, whole=False)
    assert is_far("too_large", seen=2000, whole=False)
    assert not is_far("success", seen=2000, whole=True)
    assert not is_far("too_large", seen=0, whole=False)
    assert not is_far("timeout", seen=2000, whole=False)
