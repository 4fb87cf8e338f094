"""How values are said to people."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from jobalerts.domain import task_states
from jobalerts.mongo.boards import BoardState, CrawlRecord
from jobalerts.sql import mail_views
from jobalerts.sql.task_hours import Hour
from webapp import status_words, words
from webapp.access import local_path
from webapp.charts import crawl_words, hour_bars, spark_bars
from webapp.rate_limits import network

TEMPLATES = Path(__file__).parents[3] / "templates" / "email"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "just now"),
        (-60, "1 minute ago"),
        (-3599, "59 minutes ago"),
        (-7200, "2 hours ago"),
        (-86400 * 3, "3 days ago"),
        (30, "in a moment"),
        (120, "in 2 minutes"),
    ],
)
@time_machine.travel(NOON, tick=False)
def test_time_is_said_relatively(seconds: int, said: str) -> None:
    assert words.ago(NOON + timedelta(seconds=seconds)) == said


@time_machine.travel(NOON, tick=False)
def test_time_carries_its_moment_for_machines() -> None:
    assert words.when("2026-11-20T11:00:00Z") == (
        '<time datetime="2026-11-20T11:00:00Z" title="20 November 2026, 11:00 UTC">1 hour ago</time>'
    )
    assert words.when(None) == "never"


@time_machine.travel(NOON, tick=False)
def test_what_is_due_already_is_due_now() -> None:
    assert words.due(NOON - timedelta(hours=1)) == "now"
    assert "in 1 hour" in words.due(NOON + timedelta(hours=1))
    assert words.due(None) == "–"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "JAVASCRIPT:x"])
def test_address_that_is_not_of_the_web_leads_nowhere(url: str) -> None:
    assert words.web_link(url) == "#"


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("/alerts", "/alerts"),
        ("/postings?q=a%2Fb&x=1", "/postings?q=a%2Fb&x=1"),
        ("//evil.example", None),
        ("/\\evil.example", None),
        ("https://evil.example", None),
        ("alerts", None),
        ("/a\nb", None),
        ("", None),
        (None, None),
    ],
)
def test_only_a_path_of_this_site_is_led_back_to(target: str | None, kept: str | None) -> None:
    assert local_path(target) == kept


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        (None, "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_tries_are_counted_by_address_or_by_network_of_ipv6(address: str | None, counted: str) -> None:
    assert network(address) == counted


def test_bars_of_an_hour_stack_to_its_share_of_the_largest() -> None:
    hours = [
        Hour(start=NOON, success=2, retried=1, failed=1),
        Hour(start=NOON, success=0, retried=0, failed=0),
        Hour(start=NOON, success=2, retried=0, failed=0),
    ]
    bars = [(bar.x, bar.kind, bar.y, bar.height) for bar in hour_bars(hours)]
    assert bars == [
        (0, "success", 50.0, 50.0),
        (0, "retried", 25.0, 25.0),
        (0, "failed", 0.0, 25.0),
        (2, "success", 50.0, 50.0),
    ]


def after_runs(*runs: tuple[str, int]) -> BoardState:
    """A board after runs with these outcomes, each having seen so many postings."""
    same = {"at": NOON, "epoch": 1, "new": 0, "changed": 0, "closed": 0, "skipped": 0, "seconds": 1, "complete": True}
    records = tuple(CrawlRecord(outcome=outcome, seen=seen, **same) for outcome, seen in runs)
    return BoardState(board="lever/x", open_count=3, last_records=records, last_success_at=NOON, first_crawled_at=NOON)


def test_failed_run_of_a_board_is_a_low_mark_whatever_it_saw() -> None:
    state = after_runs(("success", 80), ("blocked", 80), ("success", 40))
    assert [(bar.kind, bar.height) for bar in spark_bars(state)] == [("seen", 100.0), ("failed", 14.0), ("seen", 50.0)]
    assert spark_bars(None) == []


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        ([("success", 1)], "The only run so far brought 1 posting."),
        ([("success", 1420)], "The only run so far brought 1,420 postings."),
        ([("blocked", 0)], "The only run so far brought no postings: it failed."),
        ([("blocked", 0)] * 2, "None of the last 2 runs brought postings."),
    ],
)
def test_few_runs_are_said_in_words(runs: list[tuple[str, int]], said: str) -> None:
    assert crawl_words(after_runs(*runs)) == said


def test_every_kind_of_mail_and_every_status_has_words() -> None:
    assert set(status_words.MAIL_KINDS) == {folder.name for folder in TEMPLATES.iterdir()} - {"shared"}
    assert set(status_words.TASK_STATUSES) == set(task_states.STATUSES)
    assert set(status_words.MAIL_STATUSES) == set(mail_views.STATUSES)
