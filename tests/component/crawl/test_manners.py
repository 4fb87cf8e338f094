"""How often a host is asked: by robots.txt, by how fast it answers, by what it says when it has had enough."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.component.crawl.conftest import HostileBoard, body, fetch
from tests.component.crawl.counting_site import POSTINGS, CountingSite, serving
from tests.component.crawl.hostile_answers import in_turn
from tests.component.crawl.hostile_set import LIST, PATHS

LEVER = PATHS["lever"]


def read(site: CountingSite, **job: object) -> float:
    """Seconds the crawl took."""
    fetched = fetch(HostileBoard(url=site.url), "jsonld", "/ash/careers", **job)
    assert (fetched.name, len(fetched.postings)) == ("success", POSTINGS)
    return float(fetched.outcome["seconds"])


@pytest.mark.parametrize("rule", ["Crawl-delay: 0.5", "Request-rate: 2/1"])
def test_the_delay_that_robots_txt_asks_for_is_kept(rule: str) -> None:
    with serving(CountingSite(slow_for_s=0, robots=f"User-agent: *\n{rule}")) as site:
        read(site)
    assert site.times()[-1] - site.times()[0] > 0.5 * POSTINGS  # seven pauses; the first request may have been late


def test_a_host_that_answers_slowly_is_asked_less_often() -> None:
    """AutoThrottle aims at two requests at a time: one half of the time an answer takes lies between them."""
    spans = {}
    for slow_for_s in (0.0, 1.0):
        with serving(CountingSite(slow_for_s=slow_for_s)) as site:
            read(site, throttled=True, host_delay=0)
            times = site.times("ash/jobs")
            spans[slow_for_s] = times[-1] - times[0]
    assert spans[1.0] > spans[0.0] + 0.3 * (POSTINGS - 1)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("kind", ["seconds", "date"])
def test_a_retry_after_is_waited_for(hostile: HostileBoard, status: int, kind: str) -> None:
    then = datetime.now(UTC) + timedelta(seconds=5)
    said = "2" if kind == "seconds" else format_datetime(then, usegmt=True)
    hostile.paths[LEVER] = in_turn(body(b"later", status=status, Retry_After=said), body(LIST))
    fetched = fetch(hostile, "lever", "hostile")
    assert fetched.name == "success"
    if kind == "seconds":
        assert fetched.outcome["seconds"] > 2
    else:
        assert datetime.now(UTC) > then - timedelta(seconds=1)  # the date has no fractions


@pytest.mark.parametrize(
    ("status", "name", "requests"), [(429, "blocked", 4), (500, "network", 4), (502, "network", 4), (403, "blocked", 1)]
)
def test_trouble_is_tried_again_a_few_times_with_longer_pauses_and_a_refusal_never(
    hostile: HostileBoard, status: int, name: str, requests: int
) -> None:
    hostile.paths[LEVER] = body(b"no", status=status)
    fetched = fetch(hostile, "lever", "hostile", retry_delays=[0.01, 0.01, 0.01])
    assert fetched.name == name
    assert hostile.asked.count(LEVER) == requests


def test_the_user_agent_names_the_program_and_an_address_to_complain_to_in_every_request(hostile: HostileBoard) -> None:
    hostile.paths[LEVER] = body(LIST)
    fetch(hostile, "lever", "hostile", contact="https://alerts.example/about")
    assert hostile.asked == ["/robots.txt", LEVER]
    assert hostile.user_agents == {"jobalerts/1 (+https://alerts.example/about)"}
