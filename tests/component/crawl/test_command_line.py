"""`jobalerts crawl`: what is printed where, and the exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from jobalerts.domain.posting import POSTING_KEYS
from tests.component.crawl.conftest import HostileBoard, body

BOARD = (Path(__file__).parents[2] / "fixtures" / "sources" / "lever" / "response.json").read_bytes()


def crawl(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "crawler", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def board(hostile: HostileBoard) -> HostileBoard:
    hostile.paths["/v0/postings/kestrelpost"] = body(BOARD)
    return hostile


def test_a_dry_run_prints_one_posting_a_line_and_a_summary_on_stderr(board: HostileBoard) -> None:
    done = crawl("lever", "kestrelpost", "--base-url", board.url, "--dry-run", "--company", "Kestrel Post")
    postings = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [tuple(posting) for posting in postings] == [POSTING_KEYS] * 2
    assert {posting["company"] for posting in postings} == {"Kestrel Post"}
    assert done.stderr.startswith("lever/kestrelpost: seen 2, new 0, changed 0, closed 0, ")
    assert done.stderr.count("\n") == 1


def test_a_failed_crawl_says_outcome_board_and_what_to_do_in_one_line(board: HostileBoard) -> None:
    done = crawl("lever", "nobody", "--base-url", board.url, "--dry-run")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("not_found: lever/nobody (status 404); check the token")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("levr", "acme", "--dry-run"), ("levr", "lever", "greenhouse", "jsonld")),
        (("lever", "acme", "--dry-run", "--job-type", "software_enginer"), ("software_engineer",)),
        (("lever", "acme", "--dry-run", "--base-url", "127.0.0.1"), ("--base-url", "http://")),
        (("lever", "", "--dry-run"), ("TOKEN",)),
        (("lever",), ("TOKEN",)),
        (("lever", "acme", "--no-such-option"), ("--no-such-option",)),
    ],
)
def test_a_wrong_command_line_is_told_and_exits_2(arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    done = crawl(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert all(word in done.stderr for word in words)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        (("--job-type", "designer"), ["Product Designer"]),
        (("--location", "The Netherlands"), ["Product Designer"]),
        (("--location", "CANADA"), ["Courier (Toronto)"]),
        (("--location", "berlin"), ["Product Designer"]),
        (("--location", "remote"), ["Courier (Toronto)"]),
        (("--location", "Berlin", "--job-type", "sales"), []),
    ],
)
def test_filters_choose_what_is_printed(board: HostileBoard, options: tuple[str, ...], titles: list[str]) -> None:
    done = crawl("lever", "kestrelpost", "--base-url", board.url, "--dry-run", *options)
    assert done.returncode == 0
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == titles


def test_a_reader_that_goes_away_ends_the_crawl_without_a_traceback(board: HostileBoard) -> None:
    command = [sys.executable, "-m", "crawler", "lever", "kestrelpost", "--base-url", board.url, "--dry-run"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    assert errors == ""
