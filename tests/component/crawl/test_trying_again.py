"""Trouble that passes within a crawl: the board is asked again after longer and longer waits, and not for ever."""

import itertools

import pytest

from tests.component.crawl.conftest import Fetched, HostileBoard, fetch
from tests.component.scheduler.boards_on_loopback import POSTINGS, Boards, Trouble

DELAYS = (0.1, 0.2, 0.4, 0.8)
CAME_EARLY_S = 0.02  # the server notes the end of an answer a moment after the crawl has it


@pytest.fixture
def boards(loopback_boards: Boards) -> Boards:
    return loopback_boards


def read(boards: Boards, **job: object) -> Fetched:
    job = {"retry_delays": DELAYS, "answer_timeout": 0.5, **job}
    return fetch(HostileBoard(url=boards.url), "greenhouse", "acme", **job)


def kept(waits: list[float], delays: tuple[float, ...]) -> bool:
    """Each wait is half of its delay at least; the other half is left to chance."""
    return all(wait > delay / 2 - CAME_EARLY_S for wait, delay in zip(waits, delays, strict=True))


@pytest.mark.parametrize("trouble", ["reset", "busy"])
@pytest.mark.parametrize("times", [1, 4])
def test_a_board_that_fails_a_few_times_is_read_after_growing_waits(
    boards: Boards, trouble: Trouble, times: int
) -> None:
    boards.trouble = itertools.repeat(trouble, times)
    fetched = read(boards)
    assert (fetched.name, len(fetched.postings)) == ("success", POSTINGS)
    assert len(boards.reads) == times + 1
    assert kept(boards.waits(), DELAYS[:times]), boards.waits()


def test_different_troubles_are_one_row_of_tries(boards: Boards) -> None:
    boards.trouble = iter(("reset", "busy", "silent", "reset"))
    fetched = read(boards)
    assert (fetched.name, len(fetched.postings)) == ("success", POSTINGS)
    assert kept(boards.waits()[:2], DELAYS[:2]), boards.waits()


def test_a_second_silence_ends_the_crawl(boards: Boards) -> None:
    """Each costs the whole time an answer may take."""
    boards.trouble = iter(("silent", "busy", "silent"))
    assert read(boards).name == "timeout"
    assert len(boards.reads) == 3


def test_a_board_that_is_silent_once_is_read(boards: Boards) -> None:
    boards.trouble = iter(("silent",))
    assert read(boards).name == "success"
    assert len(boards.reads) == 2


@pytest.mark.parametrize(
    ("trouble", "name", "reads"), [("reset", "network", 5), ("busy", "network", 5), ("silent", "timeout", 2)]
)
def test_after_the_last_wait_the_crawl_fails_under_the_name_of_its_trouble(
    boards: Boards, trouble: Trouble, name: str, reads: int
) -> None:
    boards.trouble = itertools.repeat(trouble)
    fetched = read(boards)
    assert (fetched.name, fetched.exit_code, fetched.postings) == (name, 1, [])
    assert len(boards.reads) == reads
    if trouble != "silent":
        assert kept(boards.waits(), DELAYS), boards.waits()


def test_waits_are_left_to_chance_so_that_crawls_that_failed_together_do_not_come_back_together(boards: Boards) -> None:
    delays = (0.2,) * 10
    boards.trouble = itertools.repeat("busy", len(delays))
    assert read(boards, retry_delays=delays).name == "success"
    assert max(boards.waits()) - min(boards.waits()) > 0.01
