"""`jobalerts crawl` by hand stores what a worker's run would store."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from jobalerts import host_locks
from jobalerts.mongo.store import PostingStore
from jobalerts.sql.engine import read
from jobalerts.sql.tables import fences, outbox
from tests.component.scheduler.boards_on_loopback import POSTINGS, Boards

BOARD = "greenhouse/acme"


@pytest.fixture
def environment(
    tmp_path: Path, sqlite_engine: Engine, mongodb_url: str, mongodb_database: str, mongo: PostingStore
) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "JOBALERTS_HOME": str(tmp_path / "var"),
        "DATABASE_URL": str(sqlite_engine.url),
        "MONGODB_URL": mongodb_url,
        "MONGODB_DATABASE": mongodb_database,
        "SMTP_URL": "smtp://127.0.0.1:1",
    }


def crawl(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jobalerts", "crawl", *words],
        env=environment, cwd=environment["JOBALERTS_HOME"].removesuffix("/var"), capture_output=True, text=True,
        check=False, timeout=200,
    )  # fmt: skip


def test_an_unlisted_board_is_stored_and_its_matcher_woken(
    environment: dict[str, str], boards: Boards, mongo: PostingStore, sqlite_engine: Engine
) -> None:
    done = crawl(environment, "greenhouse", "acme", "--base-url", boards.url)

    assert (done.returncode, done.stdout) == (0, "")
    assert f"{BOARD}: seen {POSTINGS}, new {POSTINGS}, changed 0, closed 0" in done.stderr
    assert mongo.board_state(BOARD).open_count == POSTINGS
    with read(sqlite_engine) as connection:
        assert connection.execute(select(outbox.c.queue, outbox.c.body)).all() == [
            ("postings.new", {"v": 1, "board": BOARD})
        ]
        assert connection.execute(select(fences.c.epoch)).scalar_one() == 1


def test_a_crawl_that_fails_says_why_and_exits_with_1(environment: dict[str, str], boards: Boards) -> None:
    done = crawl(environment, "greenhouse", "acme", "--base-url", "http://127.0.0.1:1")

    assert done.returncode == 1
    assert done.stderr.startswith(f"network: {BOARD}")


def test_a_board_that_a_worker_crawls_right_now_is_left_alone(environment: dict[str, str], boards: Boards) -> None:
    lock = host_locks.acquire(
        Path(environment["JOBALERTS_HOME"]) / "locks", f"crawl:{BOARD}", patience=0, stop=threading.Event()
    )
    assert lock is not None

    done = crawl(environment, "greenhouse", "acme", "--base-url", boards.url)

    os.close(lock)
    assert done.returncode == 1
    assert "is being crawled right now" in done.stderr
    assert boards.reads == []


def test_a_filtered_crawl_closes_nothing(environment: dict[str, str], boards: Boards, mongo: PostingStore) -> None:
    crawl(environment, "greenhouse", "acme", "--base-url", boards.url)

    for _ in range(3):
        done = crawl(environment, "greenhouse", "acme", "--base-url", boards.url, "--job-type", "sales")
        assert done.returncode == 0, done.stderr

    assert mongo.board_state(BOARD).open_count == POSTINGS
