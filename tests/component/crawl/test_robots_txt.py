"""What a robots.txt says, and what it means that there is none."""

import pytest

from tests.component.crawl.conftest import HostileBoard, Respond, body, fetch
from tests.component.crawl.hostile_answers import hung_up, in_turn, redirect
from tests.component.crawl.hostile_set import LIST, PATHS

LEVER = PATHS["lever"]
PLAIN = "text/plain"


def robots(text: str, *, status: int = 200) -> Respond:
    return body(text.encode(), status=status, kind=PLAIN)


@pytest.fixture
def board(hostile: HostileBoard) -> HostileBoard:
    hostile.paths[LEVER] = body(LIST)
    return hostile


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(robots("User-agent: *\nDisallow: /v0/"), id="all robots"),
        pytest.param(robots("User-agent: jobalerts\nDisallow: /\n\nUser-agent: *\nAllow: /"), id="us by name"),
        pytest.param(robots("\ufeffuser-AGENT: JobAlerts\nDISALLOW: /v0/*/hostile"), id="mark, case and wildcard"),
        pytest.param(robots("User-agent: *\nDisallow: /\n" + "# x\n" * 200_000), id="more than 500 KiB"),
        pytest.param(robots("User-agent: *\nCrawl-delay: 86400"), id="a request a day"),
    ],
)  # fmt: skip
def test_a_board_that_robots_txt_forbids_is_not_asked_for(board: HostileBoard, answer: Respond) -> None:
    board.paths["/robots.txt"] = answer
    fetched = fetch(board, "lever", "hostile")
    assert (fetched.name, fetched.exit_code, board.asked) == ("robots", 1, ["/robots.txt"])


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(robots("User-agent: *\nDisallow: /private\nAllow: /"), id="another path"),
        pytest.param(robots("User-agent: otherbot\nDisallow: /"), id="another robot"),
        pytest.param(robots("User-agent: *\nDisallow: /", status=404), id="a 404 that looks like one"),
        pytest.param(robots("User-agent: *\nDisallow: /", status=403), id="a 403 that looks like one"),
        pytest.param(redirect("/robots.txt"), id="a redirect loop"),
        pytest.param(redirect("http://127.0.0.1:1/robots.txt"), id="a redirect to where we do not go"),
        pytest.param(body(b"\xff\xfe\x00\x00" * 999, kind="image/png"), id="garbage"),
    ],
)
def test_what_forbids_nothing_forbids_nothing(board: HostileBoard, answer: Respond) -> None:
    board.paths["/robots.txt"] = answer
    assert fetch(board, "lever", "hostile").name == "success"


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        pytest.param(robots("oops", status=500), "network", id="500"),
        pytest.param(robots("busy", status=503), "network", id="503"),
        pytest.param(robots("slow down", status=429), "blocked", id="429"),
        pytest.param(hung_up, "network", id="hangs up"),
    ],
)
def test_a_server_that_cannot_say_its_rules_is_not_read(board: HostileBoard, answer: Respond, name: str) -> None:
    board.paths["/robots.txt"] = answer
    fetched = fetch(board, "lever", "hostile")
    assert (fetched.name, fetched.exit_code) == (name, 1)
    assert "robots.txt cannot be read" in fetched.outcome["detail"]
    assert LEVER not in board.asked


def test_a_robots_txt_that_comes_at_the_second_try_is_obeyed(board: HostileBoard) -> None:
    board.paths["/robots.txt"] = in_turn(robots("busy", status=503), robots("User-agent: *\nDisallow: /"))
    assert fetch(board, "lever", "hostile").name == "robots"
