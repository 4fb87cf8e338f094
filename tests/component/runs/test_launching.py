"""Runs forked by the launcher: what they store, what they may know, and how they end."""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from jobalerts import host_locks
from jobalerts.mongo.store import PostingStore
from jobalerts.runs import STALE, STOPPED, RunOrder, RunResult
from scheduler.launching import Launcher, Run
from scheduler.supervision import Output, supervise
from tests.component.conftest import LaunchLocked
from tests.component.scheduler.boards_on_loopback import POSTINGS, Boards
from tests.component.scheduler.living import living

BOARD = "greenhouse/acme"
LOCK_KEY = f"crawl:{BOARD}"
SOON_S = 30
Launch = Callable[..., Run]


@pytest.fixture
def order(mongodb_url: str, mongodb_database: str, mongo: PostingStore) -> RunOrder:
    return RunOrder(
        board=BOARD,
        epoch=1,
        mongodb_url=mongodb_url,
        mongodb_database=mongodb_database,
        time_limit=60,
        token="secret of this run",
        report_url="http://127.0.0.1:1/nobody",
    )


@pytest.fixture
def launch(launch_locked: LaunchLocked, boards: Boards, order: RunOrder) -> Launch:
    def start(order: RunOrder = order, **job: object) -> Run:
        job = {"source": "greenhouse", "token": "acme", "company": "Acme", "base_url": boards.url, **job}
        return launch_locked(LOCK_KEY, job, order)

    return start


def ended(run: Run, launcher: Launcher, folder: Path, limit: float = 60) -> RunResult:
    output = Output(folder)
    try:
        return supervise(run, output, limit=limit, end=launcher.end)
    finally:
        output.close()


def while_reading(run: Run, boards: Boards) -> list[psutil.Process]:
    """The run and its fetch, once the board is asked."""
    deadline = time.monotonic() + SOON_S
    while not boards.reads:
        assert time.monotonic() < deadline, "the board was not read"
        time.sleep(0.02)
    process = psutil.Process(run.pid)
    return [process, *process.children()]


def is_locked(folder: Path) -> bool:
    lock = host_locks.acquire(folder, LOCK_KEY, patience=0, stop=threading.Event())
    if lock is not None:
        os.close(lock)
    return lock is None


def test_a_run_stores_the_board_and_says_so(
    launch: Launch, launcher: Launcher, folder: Path, mongo: PostingStore
) -> None:
    result = ended(launch(), launcher, folder)

    assert (result.outcome, result.counts["seen"], result.counts["new"]) == ("success", POSTINGS, POSTINGS)
    state = mongo.board_state(BOARD)
    assert state.open_count == POSTINGS
    assert state.last_records[-1].complete


def test_one_launcher_forks_many_runs(launch: Launch, launcher: Launcher, folder: Path) -> None:
    outcomes = [ended(launch(), launcher, folder).outcome for _ in range(3)]

    assert outcomes == ["success"] * 3


def test_a_fetch_knows_no_credentials_and_holds_the_lock(launch: Launch, boards: Boards, folder: Path) -> None:
    boards.slow_for_s = 60
    run = launch()
    run_process, fetch = while_reading(run, boards)

    launcher_process = run_process.parent()
    assert launcher_process is not None
    for process in (run_process, fetch, launcher_process):
        assert not any("mongodb" in text or "secret" in text for text in process.environ().values())
        assert not any("mongodb" in word or "secret" in word for word in process.cmdline())
    assert b"secret of this run" not in written_memory(fetch.pid)
    assert b"secret of this run" in written_memory(run_process.pid)
    assert is_locked(folder)


def written_memory(pid: int) -> bytes:
    """What the process has written to memory of its own; files that are mapped into it are left out."""
    found = []
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            addresses, rights, *_rest, name = [*line.split(maxsplit=5), ""][:6]
            if rights.startswith("rw") and (not name.strip() or "[heap]" in name):
                start, end = (int(number, 16) for number in addresses.split("-"))
                memory.seek(start)
                found.append(memory.read(end - start))
    return b"".join(found)


def test_a_run_whose_worker_lets_go_ends_with_all_it_started_and_frees_the_lock(
    launch: Launch, launcher: Launcher, boards: Boards, folder: Path
) -> None:
    boards.slow_for_s = 60
    run = launch()
    processes = while_reading(run, boards)

    run.stop()

    assert ended(run, launcher, folder).outcome == STOPPED
    assert living(processes) == []
    assert not is_locked(folder)


def test_a_run_over_its_limit_ends_itself_as_timeout(
    launch: Launch, launcher: Launcher, boards: Boards, order: RunOrder, folder: Path
) -> None:
    boards.slow_for_s = 60
    run = launch(replace(order, time_limit=1.0))

    result = ended(run, launcher, folder)

    assert (result.outcome, result.message) == ("timeout", "time limit 1 s exceeded")


def test_a_run_that_is_stopped_in_its_tracks_is_ended_by_its_worker(
    launch: Launch, launcher: Launcher, boards: Boards, folder: Path
) -> None:
    boards.slow_for_s = 60
    run = launch()
    processes = while_reading(run, boards)
    processes[0].suspend()

    result = ended(run, launcher, folder, limit=-2)

    assert result.outcome == "timeout"
    assert living(processes) == []


def test_a_run_under_a_stale_epoch_stores_nothing(
    launch: Launch, launcher: Launcher, order: RunOrder, mongo: PostingStore, folder: Path
) -> None:
    mongo.begin_crawl(BOARD, epoch=7)

    result = ended(launch(replace(order, epoch=6)), launcher, folder)

    assert result.outcome == STALE
    assert mongo.board_state(BOARD).open_count == 0


def test_a_run_without_mongodb_says_so_and_may_be_tried_again(
    launch: Launch, launcher: Launcher, order: RunOrder, folder: Path
) -> None:
    away = replace(order, mongodb_url="mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200")

    assert ended(launch(away), launcher, folder).outcome == "storage"


def test_an_unknown_board_is_not_found(launch: Launch, launcher: Launcher, boards: Boards, folder: Path) -> None:
    result = ended(launch(base_url=f"{boards.url}/nowhere", source="lever"), launcher, folder)

    assert result.outcome != "success"
    assert result.message
