"""Several crawls of one host at the same time, each a process of its own: together they are as polite as one."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.host_queue import Ticket
from crawler.host_turns import SharedTurns, Turn
from jobalerts.host_locks import file_name
from tests.component.crawl.conftest import HostileBoard, body
from tests.component.crawl.counting_site import POSTINGS, CountingSite, serving

WITHIN_S = 120
NAMES = ("ash", "birch", "cedar")
REQUESTS = len(NAMES) * (POSTINGS + 2)
"""Of three crawls: robots.txt, the list, and the postings of each."""


@pytest.fixture
def site() -> Iterator[CountingSite]:
    with serving(CountingSite()) as site_:
        yield site_


def begin(site: CountingSite, name: str, folder: Path, **job: Any) -> subprocess.Popen[bytes]:
    order = {
        "source": "jsonld", "token": f"/{name}/careers", "base_url": site.url, "hosts": str(folder), "throttled": True,
        "host_delay": 0.1, "retry_delays": [0.01],
    } | job  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "crawler.fetch", json.dumps(order)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def outcome(crawl: subprocess.Popen[bytes]) -> dict[str, Any]:
    out, errors = crawl.communicate(timeout=WITHIN_S)
    assert out, errors.decode()
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def test_three_crawls_ask_two_things_at_a_time_and_keep_the_delay_together(site: CountingSite, tmp_path: Path) -> None:
    site.slow_for_s = 0.3
    crawls = [begin(site, name, tmp_path) for name in NAMES]
    found = [outcome(crawl) for crawl in crawls]

    assert [(one["outcome"], one["seen"]) for one in found] == [("success", POSTINGS)] * 3
    assert site.most_at_once == 2
    times = site.times()
    assert len(times) == REQUESTS
    assert times[-1] - times[0] > 0.1 * (REQUESTS - 2)  # what was asked first and last may have been late by a little


def test_crawls_of_one_host_take_turns_so_that_none_has_to_wait_for_the_whole_of_another(
    site: CountingSite, tmp_path: Path
) -> None:
    site.slow_for_s = 0.4
    first = begin(site, "ash", tmp_path)
    site.wait_for("ash/jobs")
    second = begin(site, "birch", tmp_path)
    third = begin(site, "cedar", tmp_path)
    assert {outcome(crawl)["outcome"] for crawl in (first, second, third)} == {"success"}
    assert site.times("birch/jobs")[0] < site.times("cedar/jobs")[-1]
    assert site.times("cedar/jobs")[0] < site.times("birch/jobs")[-1]


def test_a_crawl_that_is_killed_in_its_turn_gives_it_back(site: CountingSite, tmp_path: Path) -> None:
    site.slow_for_s = 60
    hanging = [begin(site, name, tmp_path, host_requests=1) for name in ("ash", "birch")]
    site.wait_for("robots.txt")
    turns = SharedTurns(tmp_path / file_name(site.url.removeprefix("http://")).removesuffix(".lock"), 1)
    me = Ticket(name="me", arrived=0.0)
    assert not isinstance(turns.take(me, 0, time.time()), Turn)

    for crawl in hanging:
        crawl.kill()
        crawl.communicate()

    taken = turns.take(me, 0, time.time())
    assert isinstance(taken, Turn)
    taken.end()
    site.let_go.set()
    assert outcome(begin(site, "cedar", tmp_path, host_requests=1))["outcome"] == "success"


def test_a_crawl_whose_turn_never_comes_says_so_within_its_time(site: CountingSite, tmp_path: Path) -> None:
    site.slow_for_s = 60
    hanging = begin(site, "ash", tmp_path, host_requests=1)
    site.wait_for("robots.txt")

    found = outcome(begin(site, "birch", tmp_path, host_requests=1, time_limit=1.5))

    hanging.kill()
    hanging.communicate()
    assert found["outcome"] == "timeout"
    assert "no turn at 127.0.0.1" in found["detail"]
    assert len(site.begun) == 1


def test_a_host_that_asks_one_crawl_to_wait_is_left_alone_by_the_next(hostile: HostileBoard, tmp_path: Path) -> None:
    site = CountingSite(url=hostile.url)
    hostile.paths["/ash/careers"] = body(b"slow down", status=429, Retry_After="900")
    hostile.paths["/birch/careers"] = body(b"<h1>Jobs</h1>")
    refused = outcome(begin(site, "ash", tmp_path))
    assert (refused["outcome"], refused["retry_after"]) == ("blocked", 900)
    asked = list(hostile.asked)

    left_alone = outcome(begin(site, "birch", tmp_path))

    assert left_alone["outcome"] == "blocked"
    assert 0 < left_alone["retry_after"] <= 900
    assert "asks to be left alone" in left_alone["detail"]
    assert hostile.asked == asked


def test_a_short_wait_a_host_asks_for_is_waited_for_by_the_next_crawl(hostile: HostileBoard, tmp_path: Path) -> None:
    site = CountingSite(url=hostile.url)
    host = SharedTurns(tmp_path / file_name(hostile.url.removeprefix("http://")).removesuffix(".lock"), 2)
    hostile.paths["/ash/careers"] = body(b"", status=404)
    until = time.time() + 4
    host.hold(until)

    outcome(begin(site, "ash", tmp_path))

    assert hostile.asked[0] == "/robots.txt"
    assert time.time() >= until


def test_a_board_of_ones_own_is_not_held_back_by_what_another_board_there_was_told(
    hostile: HostileBoard, tmp_path: Path
) -> None:
    site = CountingSite(url=hostile.url)
    hostile.paths["/ash/careers"] = body(b"slow down", status=429, Retry_After="900")
    posting = b'<script type="application/ld+json">{"@type":"JobPosting","title":"Nurse","identifier":"1"}</script>'
    hostile.paths["/birch/careers"] = body(posting, kind="text/html")
    own = {"throttled": None}

    assert outcome(begin(site, "ash", tmp_path, **own))["outcome"] == "blocked"
    assert outcome(begin(site, "birch", tmp_path, **own))["outcome"] == "success"
